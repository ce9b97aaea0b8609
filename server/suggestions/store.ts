import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { Suggestion } from '../../shared/suggestions.ts'
import type { Reader, Tx } from '../db/db.ts'
import { suggestionSteps, suggestions } from './schema.ts'

export type Row = typeof suggestions.$inferSelect
export type Step = typeof suggestionSteps.$inferSelect

/** What the public may know of a suggestion. */
export function publicSuggestionOf(row: Row): Suggestion {
  const { authorId, receipt, via, flags, mergedDirectlyId, statusBeforeMerge, ...suggestion } = row
  return suggestion
}

/** What the room knows besides: by which code it came, and why it deserves a look. */
export function suggestionOf(row: Row): Suggestion {
  const { via, flags } = row
  return { ...publicSuggestionOf(row), ...(via && { via }), ...(flags.length > 0 && { flags }) }
}

/** Gives what was inserted; an id that is taken is left out. In the order of ids, so that two transactions cannot wait for each other. */
export async function insertSuggestions(tx: Tx, rows: (typeof suggestions.$inferInsert)[]): Promise<Row[]> {
  if (rows.length === 0) return []
  const inOrder = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return tx.insert(suggestions).values(inOrder).onConflictDoNothing({ target: suggestions.id }).returning()
}

export const findSuggestions = (reader: Reader, ids: string[]): Promise<Row[]> =>
  reader.select().from(suggestions).where(inArray(suggestions.id, ids))

export async function findSuggestion(reader: Reader, suggestionId: string): Promise<Row | undefined> {
  const [row] = await reader.select().from(suggestions).where(eq(suggestions.id, suggestionId))
  return row
}

export async function findByReceipt(reader: Reader, receipt: string): Promise<Row | undefined> {
  const [row] = await reader.select().from(suggestions).where(eq(suggestions.receipt, receipt))
  return row
}

/** Locks the rows in the order of their ids, so that two merges cannot wait for each other. */
export const lockSuggestions = (tx: Tx, ids: string[]): Promise<Row[]> =>
  tx.select().from(suggestions).where(inArray(suggestions.id, ids)).orderBy(asc(suggestions.id)).for('update')

export const listSuggestions = (
  reader: Reader,
  meetingId: string,
  statuses: Suggestion['status'][] | undefined,
  limit: number,
): Promise<Row[]> =>
  reader
    .select()
    .from(suggestions)
    .where(and(eq(suggestions.meetingId, meetingId), statuses ? inArray(suggestions.status, statuses) : undefined))
    .orderBy(desc(suggestions.createdAt), desc(suggestions.id))
    .limit(limit)

export const listByAuthor = (reader: Reader, meetingId: string, authorId: string): Promise<Row[]> =>
  reader
    .select()
    .from(suggestions)
    .where(and(eq(suggestions.meetingId, meetingId), eq(suggestions.authorId, authorId)))
    .orderBy(desc(suggestions.createdAt))
    .limit(500)

export async function updateSuggestion(tx: Tx, suggestionId: string, changes: Partial<Omit<Row, 'id' | 'version'>>): Promise<Row> {
  const [row] = await tx
    .update(suggestions)
    .set({ ...changes, version: sql`${suggestions.version} + 1` })
    .where(eq(suggestions.id, suggestionId))
    .returning()
  return row!
}

/** What was merged into a suggestion now follows the one that it is merged into itself. */
export async function redirectMerged(tx: Tx, fromId: string, toId: string): Promise<Row[]> {
  return tx
    .update(suggestions)
    .set({ mergedIntoId: toId, version: sql`${suggestions.version} + 1` })
    .where(eq(suggestions.mergedIntoId, fromId))
    .returning()
}

export const insertStep = (tx: Tx, step: Omit<Step, 'id'>) => insertSteps(tx, [step])

export async function insertSteps(tx: Tx, steps: Omit<Step, 'id'>[]) {
  await tx.insert(suggestionSteps).values(steps.map((step) => ({ id: v7(), ...step })))
}

export const listSteps = (reader: Reader, suggestionIds: string[]): Promise<Step[]> =>
  reader
    .select()
    .from(suggestionSteps)
    .where(inArray(suggestionSteps.suggestionId, suggestionIds))
    .orderBy(desc(suggestionSteps.at), desc(suggestionSteps.id))
