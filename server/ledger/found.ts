import { type SQL, sql } from 'drizzle-orm'
import type { Reader } from '../db/db.ts'
import { ledgerTexts } from './schema.ts'
import { tsqueryOf } from './terms.ts'

/** What is found by words is counted up to here: a word that stands in every text says nothing of what somebody is looking for. */
export const mostCounted = 10_000

/**
 * The first so many that a search finds in these regions, null for all. The function of the database reads the index alone: what
 * it costs to look at a text itself the planner does not know, and would read them all.
 */
export function firstFound(typed: string, regions: readonly string[] | null, most: number): SQL | null {
  const query = tsqueryOf(typed)
  if (query === null) return null
  return sql`ledger_found(${query}::tsquery, ${regions === null ? null : sql.param(regions)}::text[], ${most}::int)`
}

/** Those whose words contain all of what was typed, as a query for their ids; null when nothing was typed that could be found. */
export function subjectsFoundBy(reader: Reader, typed: string) {
  const query = tsqueryOf(typed)
  if (query === null) return null
  return reader.select({ id: ledgerTexts.subjectId }).from(ledgerTexts).where(sql`${ledgerTexts.terms} @@ ${query}::tsquery`)
}
