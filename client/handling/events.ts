import type { Assignment, AssignmentStep, Recommendation, Reply } from '../../shared/recommendations.ts'

export type HandlingEvent = {
  key: string
  at: string
  word: 'issued' | AssignmentStep['move']
  department: string
  part: Assignment['part']
  byName: string
  reason: string
  proposed: string | null
  reply: Reply | null
}

/** All that happened to all of a recommendation's assignments, as one story. */
export const eventsOf = ({ assignments }: Pick<Recommendation, 'assignments'>): HandlingEvent[] =>
  assignments.flatMap(ofAssignment).sort((one, other) => Date.parse(one.at) - Date.parse(other.at))

function ofAssignment(assignment: Assignment): HandlingEvent[] {
  const { id, organizationName: department, part, issuedAt, issuedBy, steps, reply, earlierReplies } = assignment
  const replies = [...earlierReplies, ...(reply ? [reply] : [])]
  const common = { department, part, reason: '', proposed: null, reply: null }
  const issued: HandlingEvent = { ...common, key: id, at: issuedAt, word: 'issued', byName: issuedBy ?? '' }
  return [
    issued,
    ...steps.map(({ move, at, byName, reason, proposed }, place) => ({
      ...common,
      key: `${id} ${place}`,
      at,
      word: move,
      byName,
      reason,
      proposed: proposed?.name ?? null,
      reply: move === 'reply' ? (replies.shift() ?? null) : null,
    })),
  ]
}
