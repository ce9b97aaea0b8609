import { and, asc, desc, eq, exists, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Grant } from '../../shared/policy.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import type { Reader, Tx } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import { meetingRegions, meetings } from '../meetings/schema.ts'
import { suggestions } from '../suggestions/schema.ts'
import { readAssignments } from './assignments-store.ts'
import { assignments, recommendationPassages, recommendationProposers, recommendationSuggestions, recommendations } from './schema.ts'

/** Recommendations whole, in the order of `ids`. */
export async function readRecommendations(reader: Reader, ids: string[]): Promise<Recommendation[]> {
  if (ids.length === 0) return []
  const rows = await reader
    .select({ recommendation: recommendations, meetingTitle: meetings.title })
    .from(recommendations)
    .innerJoin(meetings, eq(meetings.id, recommendations.meetingId))
    .where(inArray(recommendations.id, ids))
  const sources = await reader
    .select({
      recommendationId: recommendationSuggestions.recommendationId,
      id: suggestions.id,
      text: suggestions.text,
      authorName: suggestions.authorName,
    })
    .from(recommendationSuggestions)
    .innerJoin(suggestions, eq(suggestions.id, recommendationSuggestions.suggestionId))
    .where(inArray(recommendationSuggestions.recommendationId, ids))
    .orderBy(asc(suggestions.createdAt))
  const passages = await reader
    .select()
    .from(recommendationPassages)
    .where(inArray(recommendationPassages.recommendationId, ids))
    .orderBy(asc(recommendationPassages.position))
  const proposers = await reader
    .select({
      recommendationId: recommendationProposers.recommendationId,
      accountId: recommendationProposers.accountId,
      name: accounts.name,
    })
    .from(recommendationProposers)
    .innerJoin(accounts, eq(accounts.id, recommendationProposers.accountId))
    .where(inArray(recommendationProposers.recommendationId, ids))
    .orderBy(asc(recommendationProposers.position))
  const given = await readAssignments(reader, inArray(assignments.recommendationId, ids))
  const whole = ({ recommendation, meetingTitle }: (typeof rows)[number]): Recommendation => {
    const own = <T extends { recommendationId: string }>(all: T[]) => all.filter((one) => one.recommendationId === recommendation.id)
    const { id, meetingId, number, title, body, createdAt, version } = recommendation
    return {
      ...{ id, meetingId, meetingTitle, number, title, body, createdAt, version },
      proposers: own(proposers).map(({ accountId, name }) => ({ accountId, name })),
      suggestions: own(sources).map((source) => ({ id: source.id, text: source.text, authorName: source.authorName })),
      passages: own(passages).map(({ blockId, text }) => ({ blockId, text })),
      assignments: own(given),
    }
  }
  const byId = new Map(rows.map((row) => [row.recommendation.id, whole(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** The newest recommendations that grants of these kinds reach: of a region's or a meeting's consultations, or given to an organization. */
export async function listIds(reader: Reader, grants: Grant[], meetingId: string | undefined, limit: number): Promise<string[]> {
  if (grants.length === 0) return []
  const rows = await reader
    .select({ id: recommendations.id })
    .from(recommendations)
    .where(and(meetingId ? eq(recommendations.meetingId, meetingId) : undefined, or(...grants.map((grant) => reachedBy(reader, grant)))))
    .orderBy(desc(recommendations.createdAt), desc(recommendations.id))
    .limit(limit)
  return rows.map((row) => row.id)
}

export function reachedBy(reader: Reader, { scope }: Grant): SQL {
  switch (scope.kind) {
    case 'meeting':
      return eq(recommendations.meetingId, scope.meetingId)
    case 'organization':
      return exists(
        reader
          .select({ one: sql`1` })
          .from(assignments)
          .where(and(eq(assignments.recommendationId, recommendations.id), eq(assignments.organizationId, scope.organizationId))),
      )
    case 'region':
      return exists(
        reader
          .select({ one: sql`1` })
          .from(meetingRegions)
          .where(
            and(
              eq(meetingRegions.meetingId, recommendations.meetingId),
              gte(meetingRegions.regionCode, scope.regionCode),
              lt(meetingRegions.regionCode, `${scope.regionCode}:`),
            ),
          ),
      )
  }
}

/** Numbers count from 1 within a year of a region; the lock keeps two from taking the same, and is held until they are stored. */
export async function nextSerial(tx: Tx, regionCode: string, year: number): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`recommendation-number ${regionCode}`}), ${year})`)
  const [row] = await tx
    .select({ last: sql<number | null>`max(${recommendations.serial})` })
    .from(recommendations)
    .where(and(eq(recommendations.regionCode, regionCode), eq(recommendations.year, year)))
  return (row?.last ?? 0) + 1
}

export async function findMeetingId(reader: Reader, recommendationId: string): Promise<string | null> {
  const [row] = await reader
    .select({ meetingId: recommendations.meetingId })
    .from(recommendations)
    .where(eq(recommendations.id, recommendationId))
  return row?.meetingId ?? null
}

/** The accounts of those whose it is, the proposer first. */
export async function listProposers(reader: Reader, recommendationId: string): Promise<string[]> {
  const rows = await reader
    .select({ id: recommendationProposers.accountId })
    .from(recommendationProposers)
    .where(eq(recommendationProposers.recommendationId, recommendationId))
    .orderBy(asc(recommendationProposers.position))
  return rows.map(({ id }) => id)
}

/** Where a recommendation comes from, and whose it is: the proposer first. */
export type Links = { suggestionIds: string[]; passages: { blockId: string; text: string }[]; proposerIds: string[] }
export type New = Omit<typeof recommendations.$inferInsert, 'version'> & Links

export async function insertRecommendation(tx: Tx, { suggestionIds, passages, proposerIds, ...row }: New) {
  await tx.insert(recommendations).values(row)
  await insertLinks(tx, row.id, { suggestionIds, passages, proposerIds })
}

/** Puts these in the place of all that a recommendation came from, and of those whose it is. */
export async function replaceLinks(tx: Tx, recommendationId: string, links: Links) {
  for (const table of [recommendationSuggestions, recommendationPassages, recommendationProposers])
    await tx.delete(table).where(eq(table.recommendationId, recommendationId))
  await insertLinks(tx, recommendationId, links)
}

async function insertLinks(tx: Tx, recommendationId: string, { suggestionIds, passages, proposerIds }: Links) {
  const suggested = suggestionIds.map((suggestionId) => ({ recommendationId, suggestionId }))
  const cited = passages.map(({ blockId, text }, position) => ({ recommendationId, position, blockId, text }))
  const proposed = proposerIds.map((accountId, position) => ({ recommendationId, position, accountId }))
  if (suggested.length > 0) await tx.insert(recommendationSuggestions).values(suggested)
  if (cited.length > 0) await tx.insert(recommendationPassages).values(cited)
  if (proposed.length > 0) await tx.insert(recommendationProposers).values(proposed)
}

/** Adds one to its version. */
export async function touch(tx: Tx, recommendationId: string) {
  await tx
    .update(recommendations)
    .set({ version: sql`${recommendations.version} + 1` })
    .where(eq(recommendations.id, recommendationId))
}
