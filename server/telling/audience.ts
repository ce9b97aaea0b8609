import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Role, rules } from '../../shared/policy.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { Reader } from '../db/db.ts'
import { roleGrants } from '../identity/schema.ts'
import { assignments, recommendationSupervisors } from '../recommendations/schema.ts'
import { receiptClaims, suggestions } from '../suggestions/schema.ts'

/** Those who work on what a department is given, its head among them; or those in one of these roles alone. */
export const workersOf = (reader: Reader, organizationId: string, roles: readonly Role[] = workingRoles) =>
  workersOfAll(reader, [organizationId], roles)

async function workersOfAll(reader: Reader, organizationIds: string[], roles: readonly Role[]): Promise<string[]> {
  const rows = await reader
    .selectDistinct({ accountId: roleGrants.accountId })
    .from(roleGrants)
    .where(
      and(eq(roleGrants.scopeKind, 'organization'), inArray(roleGrants.scopeId, organizationIds), inArray(roleGrants.role, [...roles])),
    )
  return rows.map(({ accountId }) => accountId)
}

const workingRoles = rules['assignment:handle'].roles

/** Those who work in any of the departments that a recommendation is given to. */
export const departmentsOf = (reader: Reader, { assignments: given }: Pick<Recommendation, 'assignments'>) =>
  workersOfAll(
    reader,
    given.map(({ organizationId }) => organizationId),
    workingRoles,
  )

/** The secretariat that sees to a region: its own, or the nearest one above that has anybody in it. */
export async function secretariatOf(reader: Reader, regionCode: string): Promise<string[]> {
  const rows = await reader
    .selectDistinct({ accountId: roleGrants.accountId, scopeId: roleGrants.scopeId })
    .from(roleGrants)
    .where(
      and(
        eq(roleGrants.scopeKind, 'region'),
        eq(roleGrants.role, 'secretary'),
        inArray(roleGrants.scopeId, ['', ...lineageOf(regionCode)]),
      ),
    )
  const nearest = Math.max(...rows.map(({ scopeId }) => scopeId.length))
  return rows.filter(({ scopeId }) => scopeId.length === nearest).map(({ accountId }) => accountId)
}

/** Who reviews what is proposed to a region: its secretariat, and whom those of it and above it have appointed. */
export async function reviewersOf(reader: Reader, regionCode: string): Promise<string[]> {
  const rows = await reader
    .selectDistinct({ accountId: roleGrants.accountId })
    .from(roleGrants)
    .where(
      and(eq(roleGrants.scopeKind, 'region'), eq(roleGrants.role, 'reviewer'), inArray(roleGrants.scopeId, ['', ...lineageOf(regionCode)])),
    )
  return [...new Set([...(await secretariatOf(reader, regionCode)), ...rows.map(({ accountId }) => accountId)])]
}

/** The leader who supervises an assignment's region in its recommendation, if one was named. */
export async function supervisorsOf(reader: Reader, assignmentId: string): Promise<string[]> {
  const place = and(
    eq(recommendationSupervisors.recommendationId, assignments.recommendationId),
    eq(recommendationSupervisors.hostCode, assignments.hostCode),
  )
  const rows = await reader
    .select({ accountId: recommendationSupervisors.accountId })
    .from(assignments)
    .innerJoin(recommendationSupervisors, place)
    .where(eq(assignments.id, assignmentId))
  return rows.map(({ accountId }) => accountId)
}

type Asker = { accountId: string; receipt: string; text: string }

/** Everybody whose words these are or became part of, with the receipt that follows them: authors, and who keeps the receipt with an account. */
export async function askersOf(reader: Reader, suggestionIds: readonly string[]): Promise<Asker[]> {
  if (suggestionIds.length === 0) return []
  const { rows } = await reader.execute<Asker>(sql`
    with own as (
      select id, author_id, receipt, text from ${suggestions}
      where id = any(${sql.param(suggestionIds)}::uuid[]) or merged_into_id = any(${sql.param(suggestionIds)}::uuid[]))
    select distinct on (account_id) account_id as "accountId", receipt, text from (
      select author_id as account_id, receipt, text from own
      union all
      select claim.account_id, own.receipt, own.text from own join ${receiptClaims} claim on claim.suggestion_id = own.id) as asked
    order by account_id, receipt`)
  return rows
}
