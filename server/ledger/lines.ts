import type { LedgerLine } from '../../shared/ledger.ts'
import { type Assignment, deadlineOf, type Recommendation, replyGrades } from '../../shared/recommendations.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { ledgerLines } from './schema.ts'

export type Line = typeof ledgerLines.$inferInsert

/** A deadline that does not run; later than any that does. */
export const never = '9999-12-31T00:00:00.000Z'

const dayMs = 86_400_000

/** What a recommendation does not say of itself. */
export type Facts = { proposerId: string; proposerName: string; year: number; regionCodes: string[] }

/** The regions themselves and all above them. */
export const scopesOf = (codes: readonly string[]) => [...new Set(codes.flatMap(lineageOf))].sort()

/** The lines of a recommendation: one for each department that has it, or one for itself while nobody has. */
export function linesOf(recommendation: Recommendation, { proposerId, year, regionCodes }: Facts, changedAt: string): Line[] {
  const { id, meetingId, createdAt, version, assignments } = recommendation
  const scopes = scopesOf(regionCodes)
  const common = { subjectId: id, recommendationId: id, pastId: null, meetingId, proposerId, year, scopes, createdAt, changedAt, version }
  const still = { paused: false, warnAt: never, dueAt: never }
  const unissued: Line = { ...common, ...still, id, organizationId: null, state: 'to-issue', grade: null, regionCode: null, places: scopes }
  if (assignments.length === 0) return [unissued]
  return assignments.map((assignment) => ({
    ...common,
    ...still,
    ...runningOf(assignment),
    id: assignment.id,
    organizationId: assignment.organizationId,
    state: assignment.status,
    grade: worstGrade(assignment.reply?.items ?? []),
    regionCode: assignment.regionCode,
    places: scopesOf([assignment.regionCode]),
    paused: assignment.paused,
  }))
}

function runningOf(assignment: Assignment): Pick<Line, 'dueAt' | 'warnAt'> | null {
  const deadline = deadlineOf(assignment)
  return deadline && { dueAt: deadline.dueAt, warnAt: new Date(Date.parse(deadline.dueAt) - deadline.warningDays * dayMs).toISOString() }
}

function worstGrade(items: readonly { grade: LedgerLine['grade'] }[]): LedgerLine['grade'] {
  return replyGrades.findLast((grade) => items.some((item) => item.grade === grade)) ?? null
}

/** All words by which a recommendation is found. */
export const wordsOf = (
  { number, title, body, meetingTitle, proposers, assignments }: Recommendation,
  { proposerName }: Facts,
): string[] => [
  ...[number, title, body, meetingTitle, proposerName],
  ...proposers.map(({ name }) => name),
  ...assignments.map(({ organizationName }) => organizationName),
]
