import { type Actor, can } from '../../shared/policy.ts'
import type { ProposalShelf, ProposalSummary } from '../../shared/proposals.ts'
import { isLive, isUnderReview } from '../../shared/review-machine.ts'

export type Task = 'mend' | 'co-sign' | 'review'

/** What somebody is expected to do with a proposal next: mend it, sign it or decline, or review it as nobody else does. */
export function taskOf(one: ProposalSummary, actor: Actor, now = new Date()): Task | null {
  if (one.status === 'draft' && one.returned !== null && one.proposer.id === actor.accountId) return 'mend'
  const asked = one.signers.find(({ accountId }) => accountId === actor.accountId)
  if (
    asked &&
    (one.status === 'draft' || isUnderReview(one.status)) &&
    (asked.answer === 'invited' || (asked.answer === 'signed' && !asked.current))
  )
    return 'co-sign'
  return waitsForReview(one, actor, now) ? 'review' : null
}

function waitsForReview(one: ProposalSummary, actor: Actor, now: Date): boolean {
  if (!isUnderReview(one.status) || !reviews(one, actor)) return false
  if (isLive(one.claim, now)) return one.claim.accountId === actor.accountId
  return !(one.status === 'second-review' && one.firstReviewer?.id === actor.accountId && !one.sameReviewer)
}

const reviews = ({ meetingId, regionCodes }: ProposalSummary, actor: Actor) => can(actor, 'proposal:review', { meetingId, regionCodes })

export const isOnShelf = (one: ProposalSummary, actor: Actor, shelf: ProposalShelf): boolean => {
  switch (shelf) {
    case 'waiting':
      return taskOf(one, actor) !== null
    case 'review':
      return isUnderReview(one.status) && reviews(one, actor)
    case 'mine':
      return one.proposer.id === actor.accountId
    case 'all':
      return true
  }
}
