import { leadOf, missingCountersigns, movesFor } from '../../shared/assignment-machine.ts'
import { type Actor, can, rules } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { dueOf } from '../recommendations/due.ts'

/** What there is to do, in the order in which it is shown; the last two wait for somebody else. */
export const taskKinds = [
  'sign',
  'complete',
  'again',
  'redo',
  'answer',
  'countersign',
  'reply',
  'review',
  'issue',
  'countersigns',
  'head',
] as const
export type TaskKind = (typeof taskKinds)[number]
export type Task = { key: string; kind: TaskKind; recommendation: Recommendation; assignment: Assignment | null }

/** Whether the actor has to act, and not somebody else. */
export const isMine = ({ kind }: Task) => kind !== 'countersigns' && kind !== 'head'

/** What the actor is expected to do next and waits for, the nearest deadline first. */
export function tasksOf(recommendations: readonly Recommendation[], actor: Actor): Task[] {
  const handling = recommendations.flatMap((recommendation) => assignmentsOf(recommendation, actor))
  const issuing = recommendations.filter((recommendation) => mustIssue(recommendation, actor))
  return [
    ...handling.sort((one, other) => dueOrLast(one).localeCompare(dueOrLast(other))),
    ...issuing.map((recommendation) => ({ key: recommendation.id, kind: 'issue' as const, recommendation, assignment: null })),
  ]
}

const assignmentsOf = (recommendation: Recommendation, actor: Actor): Task[] =>
  recommendation.assignments.flatMap((assignment) => {
    const kind = kindOf(assignment, recommendation, actor)
    return kind ? [{ key: assignment.id, kind, recommendation, assignment }] : []
  })

function kindOf(assignment: Assignment, { assignments }: Recommendation, actor: Actor): TaskKind | null {
  const moves = movesFor(actor, assignment, assignments)
  const { status, part, steps, organizationId } = assignment
  if (moves.includes('sign')) return 'sign'
  if (moves.includes('accept')) return 'review'
  if (!can(actor, 'assignment:handle', { organizationId })) return null
  if (status === 'signed' && part === 'co-handler') return 'countersign'
  const waits = missingCountersigns(assignment, assignments).length > 0
  if (status === 'drafted') return moves.includes('reply') ? 'answer' : waits ? 'countersigns' : 'head'
  if (status !== 'signed') return null
  const last = steps.at(-1)?.move
  if (last === 'incomplete') return 'complete'
  if (last === 'redraft') return 'redo'
  if (last === 'reopen') return 'again'
  return 'reply'
}

/** A region's secretariat gives what no department of its own leads; an administrator may, and is not expected to. */
const mustIssue = ({ assignments }: Recommendation, actor: Actor) => {
  const mine = actor.grants.filter(({ role }) => role !== 'admin' && rules['assignment:issue'].roles.some((allowed) => allowed === role))
  if (mine.length === 0) return false
  const own = assignments.filter(({ hostCode }) => can({ ...actor, grants: mine }, 'assignment:issue', { regionCodes: [hostCode] }))
  return own.length === 0 ? assignments.every(({ status }) => status === 'returned') : own.some((one) => !leadOf(one, assignments))
}

const dueOrLast = ({ assignment }: Task) => (assignment && dueOf(assignment)) ?? '9'
