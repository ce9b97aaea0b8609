import { and, asc, eq, inArray, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { clockInRound } from '../../shared/assignment-machine.ts'
import type { Assignment, AssignmentStep } from '../../shared/recommendations.ts'
import { readWarningDays } from '../clocks/warnings.ts'
import type { Reader, Tx } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import { organizations } from '../regions/schema.ts'
import { readPaths } from '../regions/store.ts'
import { isPaused } from './clocks.ts'
import { readReplies } from './replies-store.ts'
import { assignmentClocks, assignmentSteps, assignments, recommendationSupervisors } from './schema.ts'

export type AssignmentRow = typeof assignments.$inferSelect

/** Assignments whole, in the order in which they were given. */
export async function readAssignments(reader: Reader, where: SQL): Promise<Assignment[]> {
  const issuer = alias(accounts, 'issuer')
  const rows = await reader
    .select({ assignment: assignments, organization: organizations, signedBy: accounts.name, issuedBy: issuer.name })
    .from(assignments)
    .innerJoin(organizations, eq(organizations.id, assignments.organizationId))
    .leftJoin(accounts, eq(accounts.id, assignments.signedBy))
    .leftJoin(issuer, eq(issuer.id, assignments.issuedBy))
    .where(where)
    .orderBy(asc(assignments.issuedAt), asc(assignments.id))
  const ids = rows.map(({ assignment }) => assignment.id)
  const paths = await readPaths(
    reader,
    rows.flatMap(({ organization, assignment }) => [organization.regionCode, assignment.hostCode]),
  )
  const answers = await readReplies(reader, ids)
  const clocks = await readClocks(reader, ids)
  const steps = await listSteps(reader, ids)
  const supervisors = await readSupervisors(
    reader,
    rows.map(({ assignment }) => assignment.recommendationId),
  )
  const warningDaysOf = await readWarningDays(
    reader,
    rows.map(({ organization }) => organization.regionCode),
  )
  return rows.map(({ assignment, organization, signedBy, issuedBy }) => {
    const given = answers.get(assignment.id) ?? []
    const reply = given.find(({ round, sentBack }) => round === assignment.round && sentBack === null) ?? null
    return {
      ...assignment,
      ...clocks.get(assignment.id)!,
      warningDays: warningDaysOf(organization.regionCode),
      steps: steps.get(assignment.id) ?? [],
      organizationName: organization.name,
      regionCode: organization.regionCode,
      regionPath: paths.get(organization.regionCode) ?? [],
      hostPath: paths.get(assignment.hostCode) ?? [],
      signedBy,
      issuedBy,
      reply,
      earlierReplies: given.filter((one) => one !== reply),
      supervisor: supervisors.get(placeOf(assignment)) ?? null,
    }
  })
}

const placeOf = ({ recommendationId, hostCode }: { recommendationId: string; hostCode: string }) => `${recommendationId} ${hostCode}`

async function readSupervisors(reader: Reader, recommendationIds: string[]) {
  if (recommendationIds.length === 0) return new Map<string, { id: string; name: string }>()
  const rows = await reader
    .select({ place: recommendationSupervisors, name: accounts.name })
    .from(recommendationSupervisors)
    .innerJoin(accounts, eq(accounts.id, recommendationSupervisors.accountId))
    .where(inArray(recommendationSupervisors.recommendationId, recommendationIds))
  return new Map(rows.map(({ place, name }) => [placeOf(place), { id: place.accountId, name }]))
}

/** Gives the task to somebody, or with null to nobody. Returns false when that was so before. */
export async function putSupervisor(tx: Tx, recommendationId: string, hostCode: string, accountId: string | null): Promise<boolean> {
  const mine = and(eq(recommendationSupervisors.recommendationId, recommendationId), eq(recommendationSupervisors.hostCode, hostCode))
  const [now] = await tx.select({ accountId: recommendationSupervisors.accountId }).from(recommendationSupervisors).where(mine)
  if ((now?.accountId ?? null) === accountId) return false
  await tx.delete(recommendationSupervisors).where(mine)
  if (accountId) await tx.insert(recommendationSupervisors).values({ recommendationId, hostCode, accountId })
  return true
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
    found.set(assignmentId, own)
    own.push({ move, at, byName, reason, proposed: proposedId && proposed ? { id: proposedId, name: proposed } : null })
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
  const second = rows.filter(({ kind }) => kind === 'second-reply').map(({ assignmentId }) => assignmentId)
  const replyKindOf = new Map(assignmentIds.map((id) => [id, clockInRound('reply', second.includes(id) ? 2 : 1)]))
  for (const row of rows) {
    const dates = found.get(row.assignmentId) ?? { signDueAt: row.dueAt, replyDueAt: row.dueAt, paused: false }
    if (row.stoppedAt === null && isPaused(row)) dates.paused = true
    if (row.kind === 'sign') dates.signDueAt = row.dueAt
    if (row.kind === replyKindOf.get(row.assignmentId)) dates.replyDueAt = row.dueAt
    found.set(row.assignmentId, dates)
  }
  return found
}

/** Returns false when the id is taken, or the department has it already. */
export async function insertAssignment(tx: Tx, assignment: typeof assignments.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(assignments).values(assignment).onConflictDoNothing().returning({ id: assignments.id })
  return rows.length > 0
}

export async function findAssignment(reader: Reader, assignmentId: string): Promise<AssignmentRow | undefined> {
  const [row] = await reader.select().from(assignments).where(eq(assignments.id, assignmentId))
  return row
}

export async function updateAssignment(tx: Tx, assignmentId: string, changes: Partial<Omit<AssignmentRow, 'id'>>) {
  await tx.update(assignments).set(changes).where(eq(assignments.id, assignmentId))
}
