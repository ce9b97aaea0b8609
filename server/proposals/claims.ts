import { AppError, found } from '../../shared/errors.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { type Action, type Actor, allow, signedIn } from '../../shared/policy.ts'
import type { Proposal } from '../../shared/proposals.ts'
import { isUnderReview, reviewRefusals } from '../../shared/review-machine.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { SettingService } from '../regions/settings.ts'
import type { ProposalReading } from './reading.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'byId'>
  settings: Pick<SettingService, 'holding'>
  reading: ProposalReading
  tell(tx: Tx, id: string): Promise<Proposal>
  now: () => Date
}

export const noClaim = { claimedBy: null, claimedAt: null, claimedUntil: null }
const hourMs = 3_600_000

/** The account that has claimed a proposal, or null once that has run out. */
export const claimantOf = ({ claimedBy, claimedUntil }: store.Row, now: Date): string | null =>
  claimedBy !== null && claimedUntil !== null && Date.parse(claimedUntil) > now.getTime() ? claimedBy : null

/** Who reviews which proposal now, so that no two do so unaware of each other. */
export function createClaims({ db, audit, meetings, settings, reading, tell, now }: Deps) {
  /** Locks a proposal that is under review for somebody with the right to it. `change` gives false when the wish was fulfilled before. */
  async function claiming(
    actor: Actor,
    action: Action,
    proposalId: string,
    change: (tx: Tx, row: store.Row, claimant: string | null) => Promise<boolean>,
  ) {
    signedIn(actor)
    return db.transaction(async (tx) => {
      const row = found((await store.lockProposals(tx, [proposalId]))[0], 'no-such-proposal')
      allow(actor, action, subjectOfMeeting(await meetings.byId(tx, row.meetingId)))
      if (!isUnderReview(row.status)) throw new AppError('conflict', reviewRefusals[row.status])
      return (await change(tx, row, claimantOf(row, now()))) ? tell(tx, proposalId) : reading.whole(tx, proposalId)
    })
  }

  async function put(tx: Tx, actor: Actor, { id, regionCode }: store.Row) {
    const { claimHours } = await settings.holding(tx, regionCode, 'proposals')
    const at = now()
    const claimedUntil = new Date(at.getTime() + claimHours * hourMs).toISOString()
    await store.updateProposal(tx, id, { claimedBy: signedIn(actor), claimedAt: at.toISOString(), claimedUntil })
  }

  return {
    put,

    /** @throws AppError `conflict` when another reviewer has it. */
    claim: (actor: Actor, { proposalId }: { proposalId: string }) =>
      claiming(actor, 'proposal:review', proposalId, async (tx, row, claimant) => {
        if (claimant === actor.accountId) return false
        if (claimant !== null) throw new AppError('conflict', 'claimed-by-another')
        await put(tx, actor, row)
        await audit.record(tx, actor, 'proposal:claim', proposalId)
        return true
      }),

    release: (actor: Actor, { proposalId }: { proposalId: string }) =>
      claiming(actor, 'proposal:review', proposalId, async (tx, _row, claimant) => {
        if (claimant === null) return false
        if (claimant !== actor.accountId) throw new AppError('conflict', 'claimed-by-another')
        await store.updateProposal(tx, proposalId, noClaim)
        await audit.record(tx, actor, 'proposal:release', proposalId)
        return true
      }),

    /** @throws AppError `conflict` when whom it is taken from no longer has it. */
    takeOver: (actor: Actor, { proposalId, fromId, reason }: { proposalId: string; fromId: string; reason: string }) =>
      claiming(actor, 'proposal:take-over', proposalId, async (tx, row, claimant) => {
        if (claimant === actor.accountId) return false
        if (claimant !== fromId) throw new AppError('conflict', claimant === null ? 'not-claimed' : 'claimed-by-another')
        await put(tx, actor, row)
        await store.insertStep(tx, store.stepOf(actor, proposalId, 'take-over', reason, now()))
        await audit.record(tx, actor, 'proposal:take-over', proposalId, { fromId, reason })
        return true
      }),
  }
}
