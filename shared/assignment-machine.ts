import type { ClockKind } from './clocks.ts'
import { type Action, type Actor, can, type Subject } from './policy.ts'

/** Where an assignment stands: given, signed for, answered, or sent back as not the department's own. */
export const assignmentStatuses = ['issued', 'signed', 'replied', 'returned'] as const
export type AssignmentStatus = (typeof assignmentStatuses)[number]

type Rule = {
  from: readonly AssignmentStatus[]
  to: AssignmentStatus
  by: 'assignment:handle' | 'assignment:issue'
  starts?: true
  stops?: readonly ClockKind[]
}

/** Every move there is: from where to where, by whose right, whether the deadlines begin anew with it, and which end. */
export const assignmentMoves = {
  sign: { from: ['issued'], to: 'signed', by: 'assignment:handle', stops: ['sign'] },
  reply: { from: ['signed'], to: 'replied', by: 'assignment:handle', stops: ['reply'] },
  /** 退办: not ours, with the reason, and whose it may be. */
  return: { from: ['issued', 'signed'], to: 'returned', by: 'assignment:handle', stops: ['sign', 'reply'] },
  /** The secretariat gives it to the same department once more. To another one it is issued as a new assignment. */
  insist: { from: ['returned'], to: 'issued', by: 'assignment:issue', starts: true },
} as const satisfies Record<string, Rule>
export type AssignmentMove = keyof typeof assignmentMoves

const moves: Record<AssignmentMove, Rule> = assignmentMoves
export const moveNames = Object.keys(assignmentMoves) as AssignmentMove[]

/** Whether an assignment that stands there may make this move. */
export const mayMove = (status: AssignmentStatus, move: AssignmentMove) => moves[move].from.includes(status)
export const ruleOf = (move: AssignmentMove): Rule => moves[move]

/** What is asked of the policy: a department's own right, or that of its region's secretariat. */
export const rightFor = (move: AssignmentMove, { organizationId, regionCode }: { organizationId: string; regionCode: string }) => {
  const action: Action = moves[move].by
  const subject: Subject = action === 'assignment:handle' ? { organizationId } : { regionCodes: [regionCode] }
  return { action, subject }
}

/** What somebody may do with an assignment now: exactly what is offered to them. */
export const movesFor = (
  actor: Actor,
  assignment: { status: AssignmentStatus; organizationId: string; regionCode: string },
): AssignmentMove[] =>
  moveNames.filter((move) => {
    const { action, subject } = rightFor(move, assignment)
    return mayMove(assignment.status, move) && can(actor, action, subject)
  })

/** Why a move is refused that does not begin where the assignment stands. */
export const refusals: Record<AssignmentStatus, string> = {
  issued: 'not-signed-for',
  signed: 'already-signed-for',
  replied: 'already-replied',
  returned: 'assignment-returned',
}
