import { AppError, found } from '../../shared/errors.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow, signedIn } from '../../shared/policy.ts'
import { brokenRules, fieldOf, numberOf, wholeText } from '../../shared/proposal-rules.ts'
import { idsUnder, type Proposal } from '../../shared/proposals.ts'
import { isUnderReview, type ReviewMove, reviewRight, reviewRuleOf, type Standing, whyNot } from '../../shared/review-machine.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import type { RegionService } from '../regions/service.ts'
import type { SettingService } from '../regions/settings.ts'
import { claimantOf, noClaim } from './claims.ts'
import type { ProposalReading } from './reading.ts'
import { familyOf, readSources } from './sources.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'byId'>
  regions: Pick<RegionService, 'paths'>
  settings: Pick<SettingService, 'holding'>
  recommendations: Pick<RecommendationService, 'accept' | 'relink' | 'isIssued'>
  reading: ProposalReading
  tell(tx: Tx, id: string): Promise<Proposal>
  now: () => Date
}

type Changes = Parameters<typeof store.updateProposal>[2]
type Wish = { proposalId: string; reason?: string; intoId?: string; atOnce?: true }

/** The moves of a proposal from draft to recommendation. */
export function createReview({ db, audit, meetings, regions, settings, recommendations, reading, tell, now }: Deps) {
  const instant = () => now().toISOString()

  /** What each move does beside changing where a proposal stands; it may refuse. */
  const work: Partial<Record<ReviewMove, (tx: Tx, actor: Actor, row: store.Row, wish: Wish) => Promise<Changes>>> = {
    async submit(tx, _actor, row) {
      await requireForm(tx, row)
      return { submittedAt: instant(), returned: null, firstReviewerId: null }
    },
    withdraw: async () => ({ submittedAt: null }),
    async drop(tx, _actor, { id }) {
      // They would be lost with it.
      if ((await familyOf(tx, id)).length > 1) throw new AppError('conflict', 'others-united')
      return {}
    },
    pass: async (_tx, actor) => ({ firstReviewerId: signedIn(actor) }),
    return: async (_tx, _actor, _row, { reason = '' }) => ({ returned: reason, submittedAt: null, firstReviewerId: null }),
    async merge(tx, _actor, row, { intoId }) {
      const target = found(await store.findProposal(tx, intoId!), 'no-such-proposal')
      await requireMergeable(tx, row, target)
      return { mergedIntoId: target.id, statusBefore: row.status }
    },
    async unmerge(tx, _actor, row) {
      const root = await reading.rootOf(tx, row.id)
      if (root.status === 'ready' && (await recommendations.isIssued(tx, root.id))) throw new AppError('conflict', 'merge-is-final')
      return { mergedIntoId: null, statusBefore: null, status: row.statusBefore! }
    },
  }

  /**
   * Makes one move for whoever has the right to it. Asked for again by who made it last, as after a lost answer, it is made once.
   * @throws AppError `conflict` for a move that does not begin where the proposal stands, or that another reviewer has claimed
   */
  async function move(tx: Tx, actor: Actor, name: ReviewMove, wish: Wish): Promise<Proposal> {
    const { proposalId, reason = '' } = wish
    const row = await lockWith(tx, wish)
    const meeting = await meetings.byId(tx, row.meetingId)
    const right = reviewRight(name, { proposerId: row.proposerId, meeting: subjectOfMeeting(meeting) })
    allow(actor, right.action, right.subject)
    if (await isRepeated(tx, actor, row, name, wish)) return reading.whole(tx, proposalId)
    const { sameReviewer } = await settings.holding(tx, row.regionCode, 'proposals')
    const refusal = whyNot(actor, standingOf(row, right.subject, sameReviewer), name, now())
    if (refusal) throw new AppError('conflict', refusal)

    const rule = reviewRuleOf(name)
    const changes = (await work[name]?.(tx, actor, row, wish)) ?? {}
    const status = rule.to === 'before' ? {} : { status: rule.to }
    // Where it goes on is found before it stands alone again.
    const root = name === 'unmerge' ? await reading.rootOf(tx, proposalId) : null
    await store.updateProposal(tx, proposalId, { ...status, ...changes, ...(rule.frees ? noClaim : {}) })
    await store.insertStep(tx, store.stepOf(actor, proposalId, name, reason, now()))
    await audit.record(tx, actor, `proposal:${name}`, proposalId, { reason, intoId: wish.intoId, atOnce: wish.atOnce })
    if (name === 'approve') await accept(tx, actor, row)
    if (name === 'merge') await unite(tx, await reading.rootOf(tx, proposalId))
    if (root) await unite(tx, root)
    return tell(tx, proposalId)
  }

  /** Locks a proposal, and with it the other one that the move is about, in the order of their ids. */
  async function lockWith(tx: Tx, { proposalId, intoId }: Wish): Promise<store.Row> {
    const known = await store.findProposal(tx, proposalId)
    const root = known?.mergedIntoId ? await reading.rootOf(tx, proposalId) : null
    const rows = await store.lockProposals(tx, [proposalId, ...(intoId ? [intoId] : []), ...(root ? [root.id] : [])])
    return found(
      rows.find(({ id }) => id === proposalId),
      'no-such-proposal',
    )
  }

  async function isRepeated(reader: Reader, actor: Actor, row: store.Row, name: ReviewMove, { reason = '', intoId }: Wish) {
    const { to } = reviewRuleOf(name)
    if (to === 'before' ? !isUnderReview(row.status) : row.status !== to) return false
    const last = await store.lastStep(reader, row.id)
    const same = last?.move === name && last.byId === actor.accountId && last.reason === reason
    return same && (intoId === undefined || row.mergedIntoId === intoId)
  }

  function standingOf(row: store.Row, meeting: Standing['meeting'], sameReviewer: boolean): Standing {
    const claimant = claimantOf(row, now())
    const { status, proposerId, firstReviewerId, claimedUntil } = row
    const claim = claimant === null || claimedUntil === null ? null : { accountId: claimant, until: claimedUntil }
    return { status, proposerId, meeting, claim, firstReviewerId, sameReviewer, mergeIsFinal: false }
  }

  /** @throws AppError `invalid-input`, each broken rule named by its field. */
  async function requireForm(tx: Tx, row: store.Row) {
    const sources = await readSources(tx, await familyOf(tx, row.id))
    const count = Object.values(sources).reduce((sum, list) => sum + list.length, 0)
    const broken = brokenRules(await settings.holding(tx, row.regionCode, 'proposals'), row, count)
    if (broken.length === 0) return
    const fields = broken.map((one, place) => [`${fieldOf(one)}.${place}`, one.rule])
    throw new AppError('invalid-input', 'form-rules-broken', Object.fromEntries(fields))
  }

  async function requireMergeable(tx: Tx, row: store.Row, target: store.Row) {
    if (target.id === row.id) throw new AppError('invalid-input', 'merge-with-itself', { intoId: 'merge-with-itself' })
    if (target.meetingId !== row.meetingId) throw new AppError('conflict', 'other-meeting')
    const open = isUnderReview(target.status) || target.status === 'ready'
    if (!open) throw new AppError('conflict', 'not-to-merge-into')
    const claimant = claimantOf(target, now())
    if (claimant !== null && claimant !== row.claimedBy) throw new AppError('conflict', 'target-claimed')
    if (target.status === 'ready' && (await recommendations.isIssued(tx, target.id))) throw new AppError('conflict', 'merge-target-issued')
  }

  /** What an accepted proposal came from and whose it is, with all that were united with it. */
  async function linksOf(tx: Tx, id: string) {
    const family = await familyOf(tx, id)
    const { suggestions, passages } = await readSources(tx, family)
    const proposerIds = [...new Set((await reading.listed(tx, family)).flatMap(idsUnder))]
    return { suggestionIds: suggestions.map((one) => one.id), passages, proposerIds }
  }

  async function accept(tx: Tx, actor: Actor, { id, meetingId, regionCode, title, body, measures, proposerId }: store.Row) {
    const { number } = await settings.holding(tx, regionCode, 'proposals')
    const region = (await regions.paths(tx, [regionCode])).get(regionCode)?.at(-1) ?? ''
    const accepted = { id, meetingId, regionCode, title, body: wholeText({ body, measures }), proposerId, ...(await linksOf(tx, id)) }
    await recommendations.accept(tx, actor, accepted, (year, n) => numberOf(number, { region, year, n }))
  }

  /** The one that goes on shows, and if it is accepted its recommendation has, what the others brought or took away. */
  async function unite(tx: Tx, { id, status }: store.Row) {
    await store.updateProposal(tx, id, {})
    if (status === 'ready') await recommendations.relink(tx, id, await linksOf(tx, id))
    await tell(tx, id)
  }

  const command = (name: ReviewMove) => (actor: Actor, wish: Wish) => {
    signedIn(actor)
    return db.transaction((tx) => move(tx, actor, name, wish))
  }
  const remarked =
    (name: ReviewMove) =>
    (actor: Actor, { proposalId, remark }: { proposalId: string; remark: string }) =>
      command(name)(actor, { proposalId, reason: remark })

  return {
    move,
    submit: command('submit'),
    withdraw: command('withdraw'),
    drop: command('drop'),
    receive: command('receive'),
    pass: remarked('pass'),
    approve: remarked('approve'),
    sendBack: command('return'),
    merge: command('merge'),
    unmerge: command('unmerge'),
  }
}
