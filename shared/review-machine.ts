import { type Actor, can, type Subject } from './policy.ts'

/**
 * Where a proposal stands: being written, handed in and not yet signed for, in its first and second review, accepted as a
 * recommendation; or united with another one, or given up.
 */
export const proposalStatuses = ['draft', 'received', 'first-review', 'second-review', 'ready', 'merged', 'dropped'] as const
export type ProposalStatus = (typeof proposalStatuses)[number]

/** With the secretariat, which may still do anything with it. */
export const underReview = ['received', 'first-review', 'second-review'] as const satisfies ProposalStatus[]
export const isUnderReview = (status: ProposalStatus) => underReview.some((one) => one === status)

type Rule = {
  from: readonly ProposalStatus[]
  /** `before` is where it stood before it was united with another one. */
  to: ProposalStatus | 'before'
  by: 'proposal:write' | 'proposal:review'
  /** Only whoever has claimed it makes the move, or only while nobody has. */
  claim?: 'mine' | 'nobody'
  /** The claim ends with it. */
  frees?: true
}

/** Every move there is: from where to where, by whose right, and what it does with the claim. */
export const reviewMoves = {
  /** The proposer hands it in. */
  submit: { from: ['draft'], to: 'received', by: 'proposal:write' },
  withdraw: { from: ['received'], to: 'draft', by: 'proposal:write', claim: 'nobody' },
  drop: { from: ['draft'], to: 'dropped', by: 'proposal:write' },
  /** 签收, by the secretariat. */
  receive: { from: ['received'], to: 'first-review', by: 'proposal:review', claim: 'mine' },
  /** 预审 is passed. */
  pass: { from: ['first-review'], to: 'second-review', by: 'proposal:review', claim: 'mine', frees: true },
  /** 复审 is passed: it has its number, and may be issued to departments. */
  approve: { from: ['second-review'], to: 'ready', by: 'proposal:review', claim: 'mine', frees: true },
  /** Back to the proposer with the reason, to be mended and handed in again. */
  return: { from: underReview, to: 'draft', by: 'proposal:review', claim: 'mine', frees: true },
  /** 并案: what it asks for and what it came from goes with another one of the same meeting. */
  merge: { from: underReview, to: 'merged', by: 'proposal:review', claim: 'mine', frees: true },
  unmerge: { from: ['merged'], to: 'before', by: 'proposal:review' },
} as const satisfies Record<string, Rule>
export type ReviewMove = keyof typeof reviewMoves

const moves: Record<ReviewMove, Rule> = reviewMoves
export const reviewMoveNames = Object.keys(reviewMoves) as ReviewMove[]
export const reviewRuleOf = (move: ReviewMove): Rule => moves[move]
export const mayReview = (status: ProposalStatus, move: ReviewMove) => moves[move].from.includes(status)

/** What is asked of the policy: the proposer's own right, or that of the secretariats of the meeting's regions. */
export const reviewRight = (move: ReviewMove, { proposerId, meeting }: { proposerId: string; meeting: Subject }) => {
  const action = moves[move].by
  const subject: Subject = action === 'proposal:write' ? { ownerId: proposerId } : meeting
  return { action, subject }
}

type Claim = { accountId: string; until: string }
export const isLive = (claim: Claim | null, now: Date): claim is Claim => claim !== null && Date.parse(claim.until) > now.getTime()

export type Standing = {
  status: ProposalStatus
  proposerId: string
  meeting: Subject
  claim: Claim | null
  firstReviewerId: string | null
  /** The region lets one person do both reviews. */
  sameReviewer: boolean
  /** What it was united with is issued to a department, or accepted in a way that cannot be undone. */
  mergeIsFinal: boolean
}

/** Why somebody who has the right to a move may not make it now, or null. Of the same rules both ends judge by. */
export function whyNot(actor: Pick<Actor, 'accountId'>, standing: Standing, move: ReviewMove, now: Date): string | null {
  const { status, claim, firstReviewerId, sameReviewer, mergeIsFinal } = standing
  if (!mayReview(status, move)) return reviewRefusals[status]
  const held = isLive(claim, now) ? claim : null
  const rule = moves[move]
  if (rule.claim && held && held.accountId !== actor.accountId) return 'claimed-by-another'
  if (rule.claim === 'nobody' && held) return 'claimed-by-another'
  if (rule.claim === 'mine' && !held) return 'not-claimed'
  if (move === 'approve' && !sameReviewer && firstReviewerId === actor.accountId) return 'second-reviewer-needed'
  if (move === 'unmerge' && mergeIsFinal) return 'merge-is-final'
  return null
}

/** What somebody may do with a proposal now: exactly what is offered to them. */
export const reviewMovesFor = (actor: Actor, standing: Standing, now: Date): ReviewMove[] =>
  reviewMoveNames.filter((move) => {
    const { action, subject } = reviewRight(move, standing)
    return can(actor, action, subject) && whyNot(actor, standing, move, now) === null
  })

/** Why a move is refused that does not begin where the proposal stands. */
export const reviewRefusals: Record<ProposalStatus, string> = {
  draft: 'not-handed-in',
  received: 'already-handed-in',
  'first-review': 'already-received',
  'second-review': 'already-passed',
  ready: 'already-accepted',
  merged: 'already-merged',
  dropped: 'proposal-dropped',
}
