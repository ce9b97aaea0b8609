import { eq } from 'drizzle-orm'
import { found } from '../../shared/errors.ts'
import { type Actor, allow, can, type Grant, rules, signedIn } from '../../shared/policy.ts'
import type { Near, Proposal, ProposalSummary } from '../../shared/proposals.ts'
import type { Db, Reader } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import type { SettingService } from '../regions/settings.ts'
import { listNear } from './near.ts'
import { proposals } from './schema.ts'
import { familyOf, readSources } from './sources.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  settings: Pick<SettingService, 'holding'>
  recommendations: Pick<RecommendationService, 'get' | 'byId' | 'near'>
  now: () => Date
}

type Listing = Pick<store.Which, 'meetingId' | 'shelf' | 'after' | 'limit'> & { which: 'open' | 'all' }

export type ProposalReading = ReturnType<typeof createProposalReading>

/** Proposals as they are shown, and to whom. */
export function createProposalReading({ db, settings, recommendations, now }: Deps) {
  async function listed(reader: Reader, ids: readonly string[]): Promise<ProposalSummary[]> {
    const rows = await store.readListed(reader, ids, now().toISOString())
    const codes = [...new Set(rows.map(({ regionCode }) => regionCode))]
    const same = new Map<string, boolean>()
    for (const code of codes) same.set(code, (await settings.holding(reader, code, 'proposals')).sameReviewer)
    return rows.map((row) => ({ ...row, sameReviewer: same.get(row.regionCode) ?? false }))
  }

  async function whole(reader: Reader, id: string): Promise<Proposal> {
    const summary = found((await listed(reader, [id]))[0], 'no-such-proposal')
    const { body, measures, textVersion, mergedIntoId } = found(await store.findProposal(reader, id), 'no-such-proposal')
    return {
      ...summary,
      ...{ body, measures, textVersion },
      ...(await readSources(reader, await familyOf(reader, id))),
      steps: await store.listSteps(reader, id),
      rules: await settings.holding(reader, summary.regionCode, 'proposals'),
      mergedInto: mergedIntoId === null ? null : await targetOf(reader, mergedIntoId),
      merged: await othersOf(reader, id),
      number: summary.status === 'ready' ? (await recommendations.byId(reader, id)).number : null,
    }
  }

  /** What a proposal was united with, and whether that can still be undone. */
  async function targetOf(reader: Reader, id: string): Promise<NonNullable<Proposal['mergedInto']>> {
    const { title, proposer } = found((await listed(reader, [id]))[0], 'no-such-proposal')
    const root = await rootOf(reader, id)
    const final = root.status === 'ready' && (await recommendations.byId(reader, root.id)).assignments.length > 0
    return { id, title, proposerName: proposer.name, final }
  }

  /** Of proposals that were united with one another, the one that goes on. */
  async function rootOf(reader: Reader, id: string): Promise<store.Row> {
    const row = found(await store.findProposal(reader, id), 'no-such-proposal')
    return row.mergedIntoId === null ? row : rootOf(reader, row.mergedIntoId)
  }

  /** @throws AppError unless it is one's own, one was asked to sign it, one reviews it, or may read what became of it. */
  async function requireReadable(actor: Actor, proposal: ProposalSummary) {
    const { id, meetingId, regionCodes, status, proposer, signers } = proposal
    if (can(actor, 'proposal:write', { ownerId: proposer.id })) return
    if (signers.some(({ accountId }) => can(actor, 'proposal:co-sign', { ownerId: accountId }))) return
    if (status === 'ready') await recommendations.get(actor, { recommendationId: id })
    else if (status === 'draft' || status === 'dropped') allow(actor, 'proposal:write', { ownerId: proposer.id })
    else allow(actor, 'proposal:review', { meetingId, regionCodes })
  }

  return {
    whole,
    listed,
    rootOf,

    async get(actor: Actor, { proposalId }: { proposalId: string }): Promise<Proposal> {
      signedIn(actor)
      const proposal = await whole(db.reader, proposalId)
      await requireReadable(actor, proposal)
      return proposal
    },

    async list(actor: Actor, { which, ...input }: Listing): Promise<ProposalSummary[]> {
      const reach = {
        ...input,
        accountId: signedIn(actor),
        reviewing: reviewingGrants(actor),
        open: which === 'open',
        at: now().toISOString(),
      }
      return listed(db.reader, await store.listIds(db.reader, reach))
    },

    /** Recommendations, and what I review, that resemble a title or come from the same suggestions. */
    async near(actor: Actor, sought: { title: string; suggestionIds: string[]; exceptId?: string | undefined }): Promise<Near[]> {
      const wish = { ...sought, exceptId: sought.exceptId }
      const all = [...(await recommendations.near(actor, wish)), ...(await listNear(db.reader, reviewingGrants(actor), wish))]
      return all.sort((one, other) => other.sharedSuggestions - one.sharedSuggestions || other.likeness - one.likeness).slice(0, 5)
    },
  }
}

const othersOf = (reader: Reader, id: string) =>
  reader
    .select({ id: proposals.id, title: proposals.title, proposerName: accounts.name })
    .from(proposals)
    .innerJoin(accounts, eq(accounts.id, proposals.proposerId))
    .where(eq(proposals.mergedIntoId, id))
    .orderBy(proposals.id)

function reviewingGrants(actor: Actor): Grant[] {
  const reviewers: readonly string[] = rules['proposal:review'].roles
  return actor.grants.filter(({ role }) => reviewers.includes(role))
}
