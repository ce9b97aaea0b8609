import { aliasedTable, and, asc, desc, eq, exists, gte, inArray, lt, ne, not, or, type SQL, sql } from 'drizzle-orm'
import { type Grant, type Role, rules } from '../../shared/policy.ts'
import type { Reader } from '../db/db.ts'
import { meetingRegions } from '../meetings/schema.ts'
import { assignmentClocks, assignments, recommendationSupervisors, recommendations } from './schema.ts'

const most = 200

/** The recommendations that somebody has something to do with now: those with a deadline first, the nearest one before. */
export async function worklistIds(reader: Reader, accountId: string, grants: Grant[]): Promise<string[]> {
  const due = sql<string>`min(${assignmentClocks.dueAt}) filter (where ${assignmentClocks.stoppedAt} is null)`
  const waiting = await reader
    .select({ id: assignments.recommendationId })
    .from(assignments)
    .innerJoin(assignmentClocks, eq(assignmentClocks.assignmentId, assignments.id))
    .where(or(...grants.flatMap((grant) => waitsFor(reader, grant)), supervisedBy(reader, accountId)))
    .groupBy(assignments.recommendationId)
    .orderBy(sql`${due} asc nulls last`, asc(assignments.recommendationId))
    .limit(most)
  return [...waiting.map(({ id }) => id), ...(await notGiven(reader, grants))].filter((id, place, all) => all.indexOf(id) === place)
}

const has = (roles: readonly Role[], { role }: Grant) => roles.includes(role)

function waitsFor(reader: Reader, grant: Grant): SQL[] {
  const { scope } = grant
  if (scope.kind === 'organization' && has(rules['assignment:handle'].roles, grant))
    return [and(eq(assignments.organizationId, scope.organizationId), inArray(assignments.status, ['issued', 'signed', 'drafted']))!]
  if (scope.kind === 'region' && has(rules['assignment:review'].roles, grant))
    return [and(within(assignments.hostCode, scope.regionCode), or(eq(assignments.status, 'replied'), leftBehind(reader)))!]
  return []
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

function supervisedBy(reader: Reader, accountId: string): SQL {
  const mine = reader
    .select({ one: sql`1` })
    .from(recommendationSupervisors)
    .where(
      and(
        eq(recommendationSupervisors.accountId, accountId),
        eq(recommendationSupervisors.recommendationId, assignments.recommendationId),
        eq(recommendationSupervisors.hostCode, assignments.hostCode),
      ),
    )
  return and(eq(assignments.status, 'replied'), exists(mine))!
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
    .limit(most)
  return rows.map(({ id }) => id)
}
