import { sql } from 'drizzle-orm'
import { AppError } from '../../shared/errors.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import type { Proposal, ProposalDraft } from '../../shared/proposals.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import type { RegionService } from '../regions/service.ts'
import type { SettingService } from '../regions/settings.ts'
import type { SuggestionService } from '../suggestions/service.ts'
import type { createPublisher } from '../transport/publish.ts'
import { createClaims } from './claims.ts'
import { createDrafts, type DraftDeps } from './drafts.ts'
import { createProposalReading } from './reading.ts'
import { createReview } from './review.ts'
import { findProposal } from './store.ts'

export type ProposalService = ReturnType<typeof createProposalService>

type Deps = {
  db: Db
  audit: AuditService
  meetings: MeetingService
  regions: RegionService
  settings: SettingService
  suggestions: SuggestionService
  recommendations: RecommendationService
  passageTexts: DraftDeps['passageTexts']
  publisher: Pick<ReturnType<typeof createPublisher>, 'publish' | 'publishTo'>
  now: () => Date
}

/** Recommendations on their way: written, signed by others too, handed in, reviewed twice, and accepted under a number. */
export function createProposalService({ db, audit, publisher, meetings, regions, settings, suggestions, recommendations, ...deps }: Deps) {
  const { passageTexts, now } = deps
  const reading = createProposalReading({ db, settings, recommendations, now })

  /** Whoever shows it is told to read it again. Of a draft only those hear whose it is. */
  async function tell(tx: Tx, id: string): Promise<Proposal> {
    const proposal = await reading.whole(tx, id)
    const { meetingId, version, status, proposer, signers } = proposal
    const changed = { id, meetingId, version }
    if (status !== 'draft' && status !== 'dropped') publisher.publish(tx, meetingId, ['room'], 'proposal:changed', changed)
    for (const accountId of new Set([proposer.id, ...signers.map((signer) => signer.accountId)]))
      publisher.publishTo(tx, accountId, 'proposal:changed', changed)
    return proposal
  }
  const isRecommendation = async (reader: Reader, id: string) =>
    (await findProposal(reader, id)) === undefined && (await recommendations.meetingOf(reader, id)) !== null

  const common = { db, audit, meetings, regions, settings, reading, tell, now }
  const drafts = createDrafts({ ...common, suggestions, passageTexts, isRecommendation })
  const claims = createClaims(common)
  const review = createReview({ ...common, recommendations })

  /** What was made of a draft already, when the same wish comes again. */
  async function madeOf(reader: Reader, actor: Actor, { id, meetingId }: ProposalDraft): Promise<Recommendation | null> {
    const row = await findProposal(reader, id)
    if (row?.status !== 'ready') return null
    if (row.meetingId !== meetingId || row.proposerId !== actor.accountId) throw new AppError('conflict', 'id-taken')
    return recommendations.byId(reader, id)
  }

  return {
    ...reading,
    ...drafts,
    ...claims,
    ...review,

    /**
     * Every step at once, each of them kept: what a secretariat writes and reviews by itself.
     * @throws AppError `conflict` where the region wants two people for the two reviews
     */
    async create(actor: Actor, draft: ProposalDraft): Promise<Recommendation> {
      const proposalId = draft.id
      const prepared = await drafts.prepare(actor, 'recommendation:create', draft)
      return db.transaction(async (tx) => {
        // The same wish that runs at the same time waits here, and finds what was made.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${proposalId}, 0))`)
        const made = await madeOf(tx, actor, draft)
        if (made) return made
        await drafts.put(tx, actor, prepared, null)
        await review.move(tx, actor, 'submit', { proposalId, atOnce: true })
        for (const move of ['receive', 'pass', 'approve'] as const) {
          const row = await findProposal(tx, proposalId)
          await claims.put(tx, actor, row!)
          await review.move(tx, actor, move, { proposalId })
        }
        return recommendations.byId(tx, proposalId)
      })
    },

    /** Near ones of what is being written for a meeting. */
    async nearOf(
      actor: Actor,
      { meetingId, ...sought }: { meetingId: string; title: string; suggestionIds: string[]; exceptId?: string | undefined },
    ) {
      signedIn(actor)
      await meetings.require(db.reader, actor, 'proposal:propose', meetingId)
      return reading.near(actor, sought)
    },
  }
}
