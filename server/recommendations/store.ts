import { aliasedTable, and, asc, desc, eq, exists, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Grant } from '../../shared/policy.ts'
import type { Assignment, AssignmentStep, Recommendation, Reply } from '../../shared/recommendations.ts'
import type { ReceiptStep } from '../../shared/suggestions.ts'
import { readWarningDays } from '../clocks/warnings.ts'
import type { Reader, Tx } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import { meetingRegions, meetings } from '../meetings/schema.ts'
import { organizations } from '../regions/schema.ts'
import { readPaths } from '../regions/store.ts'
import { suggestions } from '../suggestions/schema.ts'
import { isPaused } from './clocks.ts'
import { readPublicities } from './publicity.ts'
import {
  assignmentClocks,
  assignmentSteps,
  assignments,
  recommendationPassages,
  recommendationProposers,
  recommendationSuggestions,
  recommendations,
  replies,
  replyItems,
} from './schema.ts'

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

async function readAssignments(reader: Reader, where: SQL): Promise<Assignment[]> {
  const rows = await reader
    .select({ assignment: assignments, organization: organizations, signedBy: accounts.name })
    .from(assignments)
    .innerJoin(organizations, eq(organizations.id, assignments.organizationId))
    .leftJoin(accounts, eq(accounts.id, assignments.signedBy))
    .where(where)
    .orderBy(asc(assignments.issuedAt), asc(assignments.id))
  const paths = await readPaths(
    reader,
    rows.map((row) => row.organization.regionCode),
  )
  const answers = await readReplies(
    reader,
    rows.map((row) => row.assignment.id),
  )
  const clocks = await readClocks(
    reader,
    rows.map((row) => row.assignment.id),
  )
  const steps = await listSteps(
    reader,
    rows.map((row) => row.assignment.id),
  )
  const warningDaysOf = await readWarningDays(
    reader,
    rows.map((row) => row.organization.regionCode),
  )
  return rows.map(({ assignment, organization, signedBy }) => ({
    ...assignment,
    ...clocks.get(assignment.id)!,
    warningDays: warningDaysOf(organization.regionCode),
    steps: steps.get(assignment.id) ?? [],
    organizationName: organization.name,
    regionCode: organization.regionCode,
    regionPath: paths.get(organization.regionCode) ?? [],
    signedBy,
    reply: answers.get(assignment.id) ?? null,
  }))
}

async function listSteps(reader: Reader, assignmentIds: string[]): Promise<Map<string, AssignmentStep[]>> {
  if (assignmentIds.length === 0) return new Map()
  const rows = await reader
    .select({ step: assignmentSteps, proposed: organizations.name })
    .from(assignmentSteps)
    .leftJoin(organizations, eq(organizations.id, assignmentSteps.proposedId))
    .where(inArray(assignmentSteps.assignmentId, assignmentIds))
    .orderBy(asc(assignmentSteps.at), asc(assignmentSteps.id))
  const found = new Map<string, AssignmentStep[]>()
  for (const { step, proposed } of rows) {
    const { assignmentId, move, at, byName, reason, proposedId } = step
    const own = found.get(assignmentId) ?? []
    found.set(assignmentId, [
      ...own,
      { move, at, byName, reason, proposed: proposedId && proposed ? { id: proposedId, name: proposed } : null },
    ])
  }
  return found
}

export async function insertStep(tx: Tx, step: typeof assignmentSteps.$inferInsert) {
  await tx.insert(assignmentSteps).values(step)
}

type Dates = Pick<Assignment, 'signDueAt' | 'replyDueAt' | 'paused'>

async function readClocks(reader: Reader, assignmentIds: string[]): Promise<Map<string, Dates>> {
  if (assignmentIds.length === 0) return new Map()
  const rows = await reader.select().from(assignmentClocks).where(inArray(assignmentClocks.assignmentId, assignmentIds))
  const found = new Map<string, Dates>()
  for (const row of rows) {
    const dates = found.get(row.assignmentId) ?? { signDueAt: row.dueAt, replyDueAt: row.dueAt, paused: false }
    if (row.stoppedAt === null && isPaused(row)) dates.paused = true
    found.set(row.assignmentId, { ...dates, [row.kind === 'sign' ? 'signDueAt' : 'replyDueAt']: row.dueAt })
  }
  return found
}

async function readReplies(reader: Reader, assignmentIds: string[]): Promise<Map<string, Reply>> {
  if (assignmentIds.length === 0) return new Map()
  const rows = await reader
    .select({ reply: replies, repliedBy: accounts.name })
    .from(replies)
    .innerJoin(accounts, eq(accounts.id, replies.repliedBy))
    .where(inArray(replies.assignmentId, assignmentIds))
  if (rows.length === 0) return new Map()
  const items = await reader
    .select()
    .from(replyItems)
    .where(
      inArray(
        replyItems.replyId,
        rows.map((row) => row.reply.id),
      ),
    )
  return new Map(
    rows.map(({ reply: { id, assignmentId, text, repliedAt }, repliedBy }) => {
      const own = items.filter((item) => item.replyId === id).map(({ replyId: _, ...item }) => item)
      return [assignmentId, { id, text, repliedAt, repliedBy, items: own }]
    }),
  )
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

/** Locks the recommendation by adding one to its version. */
export async function touch(tx: Tx, recommendationId: string) {
  await tx
    .update(recommendations)
    .set({ version: sql`${recommendations.version} + 1` })
    .where(eq(recommendations.id, recommendationId))
}

/** Returns false when the id is taken, or the department has it already. */
export async function insertAssignment(tx: Tx, assignment: typeof assignments.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(assignments).values(assignment).onConflictDoNothing().returning({ id: assignments.id })
  return rows.length > 0
}

export async function findAssignment(reader: Reader, assignmentId: string) {
  const [row] = await reader.select().from(assignments).where(eq(assignments.id, assignmentId))
  return row
}

export async function lockAssignment(tx: Tx, assignmentId: string) {
  const [row] = await tx.select().from(assignments).where(eq(assignments.id, assignmentId)).for('update')
  return row
}

export async function updateAssignment(tx: Tx, assignmentId: string, changes: Partial<Omit<typeof assignments.$inferSelect, 'id'>>) {
  await tx.update(assignments).set(changes).where(eq(assignments.id, assignmentId))
}

/** Returns false when the id is taken. */
export async function insertReply(tx: Tx, { items, ...reply }: typeof replies.$inferInsert & { items: Reply['items'] }): Promise<boolean> {
  const inserted = await tx.insert(replies).values(reply).onConflictDoNothing().returning({ id: replies.id })
  if (inserted.length === 0) return false
  if (items.length > 0) await tx.insert(replyItems).values(items.map((item) => ({ replyId: reply.id, ...item })))
  return true
}

/** What became of suggestions after the meeting, for whoever holds a receipt. */
export async function readSteps(reader: Reader, suggestionIds: string[]): Promise<ReceiptStep[]> {
  const own = aliasedTable(replyItems, 'own_item')
  const rows = await reader
    .select({
      recommendation: recommendations,
      assignment: assignments,
      replyDueAt: assignmentClocks.dueAt,
      organization: organizations.name,
      reply: replies,
      item: own,
    })
    .from(recommendationSuggestions)
    .innerJoin(recommendations, eq(recommendations.id, recommendationSuggestions.recommendationId))
    .leftJoin(assignments, eq(assignments.recommendationId, recommendations.id))
    .leftJoin(assignmentClocks, and(eq(assignmentClocks.assignmentId, assignments.id), eq(assignmentClocks.kind, 'reply')))
    .leftJoin(organizations, eq(organizations.id, assignments.organizationId))
    .leftJoin(replies, eq(replies.assignmentId, assignments.id))
    .leftJoin(own, and(eq(own.replyId, replies.id), eq(own.suggestionId, recommendationSuggestions.suggestionId)))
    .where(inArray(recommendationSuggestions.suggestionId, suggestionIds))
  const publicityOf = await readPublicities(
    reader,
    rows.map(({ recommendation }) => recommendation.id),
  )
  const seen = new Set<string>()
  return rows.flatMap(({ recommendation, assignment, replyDueAt, organization, reply, item }) => {
    const { number } = recommendation
    const publicity = publicityOf(recommendation.id)
    if (publicity === 'withheld') return []
    const steps: ReceiptStep[] = []
    if (!seen.has(recommendation.id)) steps.push({ kind: 'recommended', at: recommendation.createdAt, number, title: recommendation.title })
    seen.add(recommendation.id)
    if (!assignment || organization === null || replyDueAt === null || seen.has(assignment.id)) return steps
    seen.add(assignment.id)
    // Whoever asked is told who answers for it, and not who does not.
    if (assignment.status === 'returned') return steps
    steps.push({ kind: 'assigned', at: assignment.issuedAt, number, organization, replyDueAt })
    if (assignment.signedAt) steps.push({ kind: 'signed', at: assignment.signedAt, number, organization })
    // That there is an answer is told, so that nobody waits for ever.
    if (reply && publicity === 'reply-withheld') steps.push({ kind: 'replied-withheld', at: reply.repliedAt, number, organization })
    else if (reply && item) {
      const { outcome, grade, text: itemText } = item
      steps.push({ kind: 'replied', at: reply.repliedAt, number, organization, text: reply.text, outcome, grade, itemText })
    }
    return steps
  })
}
