import type { ClockKind } from './clocks.ts'
import { type Action, type Actor, can, type Subject } from './policy.ts'

/**
 * Where an assignment stands: given, signed for, its answer waiting for the head's signature, counter-signed by a co-handler, answered,
 * found complete, or sent back as not the department's own; and once it was judged, done with or registered as not adopted.
 */
export const assignmentStatuses = [
  'issued',
  'signed',
  'drafted',
  'countersigned',
  'replied',
  'accepted',
  'returned',
  'closed',
  'registered',
] as const
export type AssignmentStatus = (typeof assignmentStatuses)[number]

/** Of each co-hosting region one department leads and answers (主办); others have a part in it and counter-sign theirs (协办). */
export const assignmentParts = ['lead', 'co-handler'] as const
export type AssignmentPart = (typeof assignmentParts)[number]

type Rule = {
  from: readonly AssignmentStatus[]
  to: AssignmentStatus
  by: 'assignment:handle' | 'assignment:answer' | 'assignment:review' | 'assignment:issue'
  /** Whose move it is, where it is not everybody's. */
  part?: AssignmentPart
  /** These deadlines begin, or begin anew. */
  starts?: readonly ClockKind[]
  stops?: readonly ClockKind[]
  /** What was stopped runs on; the time between does not count. */
  resumes?: readonly ClockKind[]
}

/** Every move there is: from where to where, by whose right and part, and what it does to the deadlines. */
export const assignmentMoves = {
  sign: { from: ['issued'], to: 'signed', by: 'assignment:handle', stops: ['sign'] },
  /** What the department means to answer, laid before its head; a newer one takes the place of the one that waits. */
  draft: { from: ['signed', 'drafted'], to: 'drafted', by: 'assignment:handle', part: 'lead' },
  /** The head gives the draft back to whoever wrote it. */
  redraft: { from: ['drafted'], to: 'signed', by: 'assignment:answer', part: 'lead' },
  /** 会签: a co-handler's part, which it may put anew until the lead has answered. */
  countersign: { from: ['signed', 'countersigned'], to: 'countersigned', by: 'assignment:handle', part: 'co-handler', stops: ['reply'] },
  /** The head signs the answer, and with that it is given. */
  reply: { from: ['signed', 'drafted'], to: 'replied', by: 'assignment:answer', part: 'lead', stops: ['reply'] },
  /** 退回补充: the answer leaves something open. It stays as an earlier version. */
  incomplete: { from: ['replied'], to: 'signed', by: 'assignment:review', part: 'lead', resumes: ['reply'] },
  accept: { from: ['replied'], to: 'accepted', by: 'assignment:review', part: 'lead', starts: ['evaluation'] },
  /** 退办: not ours, with the reason, and whose it may be. */
  return: { from: ['issued', 'signed', 'drafted'], to: 'returned', by: 'assignment:handle', stops: ['sign', 'reply'] },
  /** The secretariat takes it back by itself, as from a co-handler that is not needed after all. */
  recall: { from: ['issued', 'signed', 'drafted'], to: 'returned', by: 'assignment:issue', stops: ['sign', 'reply'] },
  /** The secretariat gives it to the same department once more. To another one it is issued as a new assignment. */
  insist: { from: ['returned'], to: 'issued', by: 'assignment:issue', starts: ['sign', 'reply'] },
} as const satisfies Record<string, Rule>
export type AssignmentMove = keyof typeof assignmentMoves

const moves: Record<AssignmentMove, Rule> = assignmentMoves
export const moveNames = Object.keys(assignmentMoves) as AssignmentMove[]

/** Whether an assignment that stands there may make this move, as far as it depends on itself. */
export const mayMove = (status: AssignmentStatus, move: AssignmentMove, part: AssignmentPart = 'lead') =>
  moves[move].from.includes(status) && (moves[move].part ?? part) === part
export const ruleOf = (move: AssignmentMove): Rule => moves[move]

type FollowingRule = Pick<Rule, 'from' | 'to' | 'starts' | 'stops'> & {
  /** The command from which it follows. */
  after: 'evaluation:close' | 'look-back:record'
  /** The department answers once more. */
  nextRound?: true
}
const lookBacks = ['first-look-back', 'second-look-back'] as const

/** What nobody does by itself: it follows from how the answer was judged, and from what was found on looking back. */
export const followingMoves = {
  close: { from: ['accepted'], to: 'closed', after: 'evaluation:close', stops: ['evaluation'], starts: lookBacks },
  /** 二轮办理: signed for already, and answered anew within a time of its own. */
  reopen: { from: ['accepted'], to: 'signed', after: 'evaluation:close', stops: ['evaluation'], starts: ['second-reply'], nextRound: true },
  /** 登记造册: not adopted after two rounds. */
  register: { from: ['accepted'], to: 'registered', after: 'evaluation:close', stops: ['evaluation'], starts: lookBacks },
  /** 销号: it was done after all. */
  settle: { from: ['registered'], to: 'closed', after: 'look-back:record' },
  /** What was promised was not kept. */
  lapse: { from: ['closed'], to: 'registered', after: 'look-back:record' },
} as const satisfies Record<string, FollowingRule>
export type FollowingMove = keyof typeof followingMoves

const following: Record<FollowingMove, FollowingRule> = followingMoves
export const followingNames = Object.keys(followingMoves) as FollowingMove[]
export const followingRuleOf = (move: FollowingMove): FollowingRule => following[move]

/** Everything that can stand in an assignment's history. */
export const stepNames = [...moveNames, ...followingNames]

/** In the second round the time to reply is that of the second round. */
export const clockInRound = (kind: ClockKind, round: number): ClockKind => (kind === 'reply' && round > 1 ? 'second-reply' : kind)

/** The department still has to do something. */
export const isWorking = (status: AssignmentStatus) => status === 'issued' || status === 'signed' || status === 'drafted'
/** The department has done its part: answered, or counter-signed. */
export const isDone = (status: AssignmentStatus) => status !== 'returned' && !isWorking(status)

/** What the rules look at: an assignment, and beside it those of the same recommendation. */
export type Party = {
  id: string
  status: AssignmentStatus
  part: AssignmentPart
  organizationId: string
  /** The department's own region. */
  regionCode: string
  /** The co-hosting region that the department is of, whose part it answers for. */
  hostCode: string
  /** 2 once a second round was opened. */
  round: number
  supervisor: { id: string } | null
}
type Place = Pick<Party, 'hostCode'>

const sameRegion = <T extends Place>({ hostCode }: Place, all: readonly T[]) => all.filter((one) => one.hostCode === hostCode)

/** The department that answers for a region. */
export const leadOf = <T extends Party>(place: Place, all: readonly T[]): T | undefined =>
  sameRegion(place, all).find(({ part, status }) => part === 'lead' && status !== 'returned')

/** The co-handlers whose counter-signature the answer of their region waits for. */
export const missingCountersigns = <T extends Party>(place: Place, all: readonly T[]): T[] =>
  sameRegion(place, all).filter(({ part, status }) => part === 'co-handler' && isWorking(status))

/** The answer of a region is given: nobody's part in it can change, and nobody joins. */
export const isAnswered = (place: Place, all: readonly Party[]) => {
  const lead = leadOf(place, all)
  return lead !== undefined && isDone(lead.status)
}

/** Why a move has to wait for others, or null when it has not. */
export function hindrance(move: AssignmentMove, assignment: Party, all: readonly Party[]): string | null {
  switch (move) {
    case 'reply':
      return missingCountersigns(assignment, all).length > 0 ? 'countersignatures-missing' : null
    case 'countersign':
    case 'insist':
      return isAnswered(assignment, all) ? 'already-replied' : null
    // It answered for it in the first round: given to another now, it would begin anew, and never reach the register.
    case 'return':
      return assignment.round > 1 ? 'second-round-is-yours' : null
    default:
      return null
  }
}

/** Why a department cannot be given this part in a region, or null when it can. */
export function issueHindrance(part: AssignmentPart, place: Place, all: readonly Party[]): string | null {
  if (isAnswered(place, all)) return 'already-replied'
  return part === 'lead' && leadOf(place, all) ? 'lead-already-there' : null
}

/** What is asked of the policy: a department's own right, or that of its region's secretariat and of the supervising leader. */
export const rightFor = (
  move: AssignmentMove,
  { organizationId, regionCode, supervisor }: Pick<Party, 'organizationId' | 'regionCode' | 'supervisor'>,
) => {
  const action: Action = moves[move].by
  const ofDepartment = action === 'assignment:handle' || action === 'assignment:answer'
  const subject: Subject = ofDepartment ? { organizationId } : { regionCodes: [regionCode], ownerId: supervisor?.id ?? null }
  return { action, subject }
}

/** What somebody may do with an assignment now, among those of its recommendation: exactly what is offered to them. */
export const movesFor = (actor: Actor, assignment: Party, all: readonly Party[]): AssignmentMove[] =>
  moveNames.filter((move) => {
    const { action, subject } = rightFor(move, assignment)
    return mayMove(assignment.status, move, assignment.part) && can(actor, action, subject) && hindrance(move, assignment, all) === null
  })

const refusals: Record<AssignmentStatus, string> = {
  issued: 'not-signed-for',
  signed: 'already-signed-for',
  drafted: 'draft-waits',
  countersigned: 'already-countersigned',
  replied: 'already-replied',
  accepted: 'reply-accepted',
  closed: 'already-closed',
  registered: 'already-registered',
  returned: 'assignment-returned',
}
/** What has to have happened before these moves, where it has not. */
const before: Partial<Record<AssignmentMove, string>> = {
  redraft: 'no-draft-waits',
  incomplete: 'not-replied-yet',
  accept: 'not-replied-yet',
  insist: 'not-returned',
}

/** Why a move is refused that does not begin where the assignment stands. */
export function refusalOf(move: AssignmentMove, { status, part }: Pick<Party, 'status' | 'part'>): string {
  const wanted = moves[move].part
  if (wanted && wanted !== part) return wanted === 'lead' ? 'only-the-lead' : 'only-a-co-handler'
  return (isWorking(status) && before[move]) || refusals[status]
}
