import { and, asc, eq, exists, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { type LookBack, lookBackClocks } from '../../shared/look-backs.ts'
import type { Reader, Tx } from '../db/db.ts'
import { assignmentClocks, assignmentSteps, assignments } from '../recommendations/schema.ts'
import { organizations } from '../regions/schema.ts'
import { inSubtree } from '../regions/store.ts'
import { evaluations, lookBacks, lookBackTopics } from './schema.ts'

export type Place = { assignmentId: string; recommendationId: string }
/** The regions under which somebody follows up; `''` is the whole country. */
export type Under = readonly string[]

const place = { assignmentId: assignments.id, recommendationId: assignments.recommendationId }
const below = (under: Under): SQL | undefined =>
  under.includes('') ? undefined : or(...under.map((code) => inSubtree(organizations.regionCode, code)))

/** What stands in the register, or was settled since, the earliest first. */
export async function listRegistered(reader: Reader, under: Under, settled: boolean, limit: number): Promise<Place[]> {
  if (under.length === 0) return []
  const wasSettled = exists(
    reader
      .select({ one: sql`1` })
      .from(assignmentSteps)
      .where(and(eq(assignmentSteps.assignmentId, assignments.id), eq(assignmentSteps.move, 'settle'))),
  )
  return reader
    .select(place)
    .from(assignments)
    .innerJoin(organizations, eq(organizations.id, assignments.organizationId))
    .where(and(below(under), settled ? and(eq(assignments.status, 'closed'), wasSettled) : eq(assignments.status, 'registered')))
    .orderBy(asc(assignments.issuedAt), asc(assignments.id))
    .limit(limit)
}

/** What is to be looked back on, the nearest date first. */
export async function listToLookBack(reader: Reader, under: Under, limit: number): Promise<Place[]> {
  if (under.length === 0) return []
  // At most two run for each assignment, and the nearer one comes first.
  const running = Object.values(lookBackClocks)
  const rows = await reader
    .select(place)
    .from(assignmentClocks)
    .innerJoin(assignments, eq(assignments.id, assignmentClocks.assignmentId))
    .innerJoin(organizations, eq(organizations.id, assignments.organizationId))
    .where(and(below(under), isNull(assignmentClocks.stoppedAt), inArray(assignmentClocks.kind, running)))
    .orderBy(asc(assignmentClocks.dueAt), asc(assignments.id))
    .limit(limit * running.length)
  return [...new Map(rows.map((row) => [row.assignmentId, row])).values()].slice(0, limit)
}

export async function readLookBacks(reader: Reader, assignmentIds: readonly string[]): Promise<(LookBack & { assignmentId: string })[]> {
  if (assignmentIds.length === 0) return []
  return reader
    .select()
    .from(lookBacks)
    .where(inArray(lookBacks.assignmentId, [...assignmentIds]))
    .orderBy(asc(lookBacks.at))
}

/** Look-backs that are still to be done, the nearest first. */
export const readNext = (reader: Reader, assignmentIds: readonly string[]) =>
  assignmentIds.length === 0
    ? Promise.resolve([])
    : reader
        .select({ assignmentId: assignmentClocks.assignmentId, kind: assignmentClocks.kind, dueAt: assignmentClocks.dueAt })
        .from(assignmentClocks)
        .where(
          and(
            inArray(assignmentClocks.assignmentId, [...assignmentIds]),
            inArray(assignmentClocks.kind, Object.values(lookBackClocks)),
            isNull(assignmentClocks.stoppedAt),
          ),
        )
        .orderBy(asc(assignmentClocks.dueAt))

/** When the last evaluation of each closed. */
export async function readConcluded(reader: Reader, assignmentIds: readonly string[]): Promise<Map<string, string | null>> {
  if (assignmentIds.length === 0) return new Map()
  const rows = await reader
    .select({ assignmentId: evaluations.assignmentId, closedAt: evaluations.closedAt })
    .from(evaluations)
    .where(inArray(evaluations.assignmentId, [...assignmentIds]))
    .orderBy(asc(evaluations.round))
  return new Map(rows.map(({ assignmentId, closedAt }) => [assignmentId, closedAt]))
}

/** Returns false when the id or the stage is taken. */
export async function insertLookBack(tx: Tx, row: LookBack & { assignmentId: string }): Promise<boolean> {
  const rows = await tx.insert(lookBacks).values(row).onConflictDoNothing().returning({ id: lookBacks.id })
  return rows.length > 0
}

export async function linkTopic(tx: Tx, topicId: string, assignmentId: string) {
  await tx.insert(lookBackTopics).values({ topicId, assignmentId }).onConflictDoNothing()
}
