import { type Actor, can, rules } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { dueOf } from '../recommendations/due.ts'

export type Task = { key: string; kind: 'sign' | 'reply' | 'issue'; recommendation: Recommendation; assignment: Assignment | null }

/** What the actor is expected to do next, the nearest deadline first. */
export function tasksOf(recommendations: readonly Recommendation[], actor: Actor): Task[] {
  const handling = recommendations.flatMap((recommendation) => assignmentsOf(recommendation, actor))
  const issuing = issues(actor) ? recommendations.filter(({ assignments }) => assignments.every(({ status }) => status === 'returned')) : []
  return [
    ...handling.sort((one, other) => dueOrLast(one).localeCompare(dueOrLast(other))),
    ...issuing.map((recommendation) => ({ key: recommendation.id, kind: 'issue' as const, recommendation, assignment: null })),
  ]
}

function assignmentsOf(recommendation: Recommendation, actor: Actor): Task[] {
  return recommendation.assignments
    .filter(
      ({ status, organizationId }) => (status === 'issued' || status === 'signed') && can(actor, 'assignment:handle', { organizationId }),
    )
    .map((assignment) => ({ key: assignment.id, kind: assignment.status === 'issued' ? 'sign' : 'reply', recommendation, assignment }))
}

const issues = (actor: Actor) =>
  actor.grants.some(({ role }) => role !== 'admin' && rules['assignment:issue'].roles.some((allowed) => allowed === role))

const dueOrLast = ({ assignment }: Task) => (assignment && dueOf(assignment)) ?? '9'
