import { aliasedTable, and, asc, desc, eq, exists, gte, inArray, lt, ne, not, or, type SQL, sql } from 'drizzle-orm'
import { type Grant, type Role, rules } from '../../shared/policy.ts'
import type { Reader } from '../db/db.ts'
import { meetingRegions } from '../meetings/schema.ts'
import { assignmentClocks, assignments, recommendationSupervisors, recommendations } from './schema.ts'

/** Whoever has more waiting sees the rest as these are done with. */
const most = 100
/** Of each kind of thing that waits for a secretariat. */
const mostOfKind = 50

type Waiting = { id: string; due: string | null }

/**
 * The recommendations that somebody has something to do with now: those with a deadline first, the nearest one before. What waits for
 * each of the ways in which it is theirs is asked for by itself: together, none of the indexes would serve.
 */
export async function worklistIds(reader: Reader, accountId: string, grants: Grant[]): Promise<string[]> {
  const asked = [...grants.flatMap((grant) => waitsFor(reader, grant)), supervised(reader, accountId)]
  const [fresh, ...waiting] = await Promise.all([notGiven(reader, grants), ...asked])
  const first = waiting.flat().sort(byDeadline).slice(0, most)
  return [...new Set([...first.map(({ id }) => id), ...fresh])]
}

const byDeadline = (one: Waiting, other: Waiting) => (one.due ?? '~').localeCompare(other.due ?? '~') || one.id.localeCompare(other.id)

const has = (roles: readonly Role[], { role }: Grant) => roles.includes(role)

function waitsFor(reader: Reader, grant: Grant): Promise<Waiting[]>[] {
  const { scope } = grant
  if (scope.kind === 'organization' && has(rules['assignment:handle'].roles, grant)) return [ofDepartment(reader, scope.organizationId)]
  if (scope.kind === 'region' && has(rules['assignment:review'].roles, grant)) {
    const hosted = within(assignments.hostCode, scope.regionCode)
    return [toReview(reader, and(hosted, eq(assignments.status, 'replied'))), toReview(reader, and(hosted, leftBehind(reader)))]
  }
  return []
}

/** What a department has still to do, with the nearest deadline. */
async function ofDepartment(reader: Reader, organizationId: string): Promise<Waiting[]> {
  const due = sql<string | null>`min(${assignmentClocks.dueAt}) filter (where ${assignmentClocks.stoppedAt} is null)`.mapWith(
    assignmentClocks.dueAt,
  )
  return reader
    .select({ id: assignments.recommendationId, due })
    .from(assignments)
    .innerJoin(assignmentClocks, eq(assignmentClocks.assignmentId, assignments.id))
    .where(and(eq(assignments.organizationId, organizationId), inArray(assignments.status, ['issued', 'signed', 'drafted'])))
    .groupBy(assignments.recommendationId)
    .orderBy(sql`${due} asc nulls last`, asc(assignments.recommendationId))
    .limit(most)
}

/** What was answered or sent back: its deadlines have stopped. */
async function toReview(reader: Reader, which: SQL | undefined): Promise<Waiting[]> {
  const rows = await reader
    .selectDistinct({ id: assignments.recommendationId })
    .from(assignments)
    .where(which)
    .orderBy(asc(assignments.recommendationId))
    .limit(mostOfKind)
  return rows.map(({ id }) => ({ id, due: null }))
}

const within = (column: typeof assignments.hostCode | typeof meetingRegions.regionCode, code: string) =>
  and(gte(column, code), lt(column, `${code}:`))

/** Sent back, and nobody leads in its place. */
function leftBehind(reader: Reader): SQL {
  const other = aliasedTable(assignments, 'other')
  const leads = and(
    eq(other.recommendationId, assignments.recommendationId),
    eq(other.hostCode, assignments.hostCode),
    eq(other.part, 'lead'),
    ne(other.status, 'returned'),
  )
  const another = reader.select({ one: sql`1` }).from(other).where(leads)
  return and(eq(assignments.status, 'returned'), eq(assignments.part, 'lead'), not(exists(another)))!
}

/** The answers in those parts of recommendations that somebody supervises. */
async function supervised(reader: Reader, accountId: string): Promise<Waiting[]> {
  const rows = await reader
    .selectDistinct({ id: assignments.recommendationId })
    .from(recommendationSupervisors)
    .innerJoin(
      assignments,
      and(
        eq(assignments.recommendationId, recommendationSupervisors.recommendationId),
        eq(assignments.hostCode, recommendationSupervisors.hostCode),
      ),
    )
    .where(and(eq(recommendationSupervisors.accountId, accountId), eq(assignments.status, 'replied')))
    .orderBy(asc(assignments.recommendationId))
    .limit(most)
  return rows.map(({ id }) => ({ id, due: null }))
}

/** What no department of the secretariat's region was ever given, the newest first. */
async function notGiven(reader: Reader, grants: Grant[]): Promise<string[]> {
  const codes = grants.flatMap((grant) => (grant.scope.kind === 'region' && grant.role === 'secretary' ? [grant.scope.regionCode] : []))
  if (codes.length === 0) return []
  const ofRegion = (code: string) => {
    const hosts = and(eq(meetingRegions.meetingId, recommendations.meetingId), within(meetingRegions.regionCode, code))
    const given = and(eq(assignments.recommendationId, recommendations.id), within(assignments.hostCode, code))
    return and(
      exists(reader.select({ one: sql`1` }).from(meetingRegions).where(hosts)),
      not(exists(reader.select({ one: sql`1` }).from(assignments).where(given))),
    )
  }
  const rows = await reader
    .select({ id: recommendations.id })
    .from(recommendations)
    .where(or(...codes.map(ofRegion)))
    .orderBy(desc(recommendations.createdAt))
    .limit(mostOfKind)
  return rows.map(({ id }) => id)
}
