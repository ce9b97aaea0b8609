import { and, asc, eq, inArray } from 'drizzle-orm'
import { AppError, found } from '../../shared/errors.ts'
import { type Meeting, mainRegionOf } from '../../shared/meetings.ts'
import { type Actor, allow, rules, signedIn } from '../../shared/policy.ts'
import type { Proposal, ProposalDraft } from '../../shared/proposals.ts'
import { isUnderReview, reviewRefusals } from '../../shared/review-machine.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import { participants } from '../meetings/schema.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { RegionService } from '../regions/service.ts'
import type { SettingService } from '../regions/settings.ts'
import type { SuggestionService } from '../suggestions/service.ts'
import type { ProposalReading } from './reading.ts'
import { proposalPassages, proposalSigners } from './schema.ts'
import { readSources, replaceSources, requireOfMeeting, type Sources } from './sources.ts'
import * as store from './store.ts'

export type DraftDeps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require' | 'byId'>
  regions: Pick<RegionService, 'requireRegions'>
  settings: Pick<SettingService, 'holding'>
  suggestions: Pick<SuggestionService, 'ofMeeting'>
  reading: ProposalReading
  /** Texts of blocks of a meeting's minutes, as stored now. */
  passageTexts(meetingId: string, blockIds: string[]): Promise<{ blockId: string; text: string }[]>
  tell(tx: Tx, id: string): Promise<Proposal>
  /** Whether a recommendation has this id that was never a proposal. */
  isRecommendation(reader: Reader, id: string): Promise<boolean>
  now: () => Date
}

export type Drafts = ReturnType<typeof createDrafts>

/** Writing a proposal, and asking others to sign it. */
export function createDrafts(deps: DraftDeps) {
  const { db, audit, meetings, regions, settings, suggestions, reading, passageTexts, tell, isRecommendation, now } = deps
  const instant = () => now().toISOString()

  /** @throws AppError `conflict` before the meeting has opened. */
  async function meetingFor(actor: Actor, action: 'proposal:propose' | 'recommendation:create', meetingId: string): Promise<Meeting> {
    const meeting = await meetings.require(db.reader, actor, action, meetingId)
    if (meeting.status === 'scheduled') throw new AppError('conflict', 'meeting-not-open-yet')
    return meeting
  }

  /** By whose rules it goes: the region that is named, which has to be the meeting's, or the one that the meeting is held in. */
  async function regionFor(meeting: Meeting, named: string | undefined): Promise<string> {
    if (named === undefined) return mainRegionOf(meeting)
    if (!meeting.regions.some(({ code }) => named.startsWith(code)))
      throw new AppError('invalid-input', 'not-a-region-of-the-meeting', { regionCode: 'not-a-region-of-the-meeting' })
    await regions.requireRegions(db.reader, [named])
    return named
  }

  /** What is cited already stays as it read then, also when it is gone from the minutes; what is new is taken from them now. */
  async function passagesFor({ id, meetingId, blockIds }: ProposalDraft): Promise<Sources['passages']> {
    const stored = await db.reader.select().from(proposalPassages).where(eq(proposalPassages.proposalId, id))
    const texts = new Map(stored.map((passage) => [passage.blockId, passage.text]))
    const wanted = [...new Set(blockIds)]
    const fresh = wanted.filter((blockId) => !texts.has(blockId))
    for (const { blockId, text } of fresh.length > 0 ? await passageTexts(meetingId, fresh) : []) texts.set(blockId, text)
    return wanted.map((blockId) => ({ blockId, text: texts.get(blockId)! }))
  }

  /** All that is read outside of the transaction that stores a draft. */
  async function prepare(actor: Actor, action: 'proposal:propose' | 'recommendation:create', draft: ProposalDraft) {
    const meeting = await meetingFor(actor, action, draft.meetingId)
    return { draft, regionCode: await regionFor(meeting, draft.regionCode), passages: await passagesFor(draft) }
  }

  /**
   * Stores a draft, new or over the version that was being edited; null is over any. Gives what is stored already when it is the
   * same, as after a lost answer.
   * @throws AppError `conflict` for an id that is another's, or what somebody changed meanwhile or handed in
   */
  async function put(tx: Tx, actor: Actor, { draft, regionCode, passages }: Awaited<ReturnType<typeof prepare>>, edited: number | null) {
    const { id, meetingId, title, body, measures } = draft
    const suggestionIds = [...new Set(draft.suggestionIds)]
    const voteIds = [...new Set(draft.voteIds)]
    await suggestions.ofMeeting(tx, meetingId, suggestionIds)
    const themes = await requireOfMeeting(tx, meetingId, voteIds, [...new Set(draft.themeIds)])
    const sources = { suggestionIds, passages, voteIds, themes }
    const proposerId = signedIn(actor)
    const words = { title, body, measures, regionCode }
    if (await isRecommendation(tx, id)) throw new AppError('conflict', 'id-taken')
    if (await store.insertProposal(tx, { id, meetingId, proposerId, createdAt: instant(), ...words })) {
      await replaceSources(tx, id, sources)
      await audit.record(tx, actor, 'proposal:save', id, { meetingId, title })
      return
    }
    const [row] = await store.lockProposals(tx, [id])
    if (row?.proposerId !== proposerId || row.meetingId !== meetingId) throw new AppError('conflict', 'id-taken')
    if (row.status !== 'draft') throw new AppError('conflict', reviewRefusals[row.status])
    if (await isSame(tx, row, words, sources)) return
    if (edited !== null && row.textVersion !== edited) throw new AppError('conflict', 'changed-meanwhile')
    await replaceSources(tx, id, sources)
    await store.updateProposal(tx, id, { ...words, textVersion: row.textVersion + 1 })
    await audit.record(tx, actor, 'proposal:save', id, { meetingId, title })
  }

  const lock = async (tx: Tx, id: string): Promise<store.Row> => found((await store.lockProposals(tx, [id]))[0], 'no-such-proposal')

  return {
    prepare,
    put,

    async save(actor: Actor, { textVersion, ...draft }: ProposalDraft & { textVersion: number }): Promise<Proposal> {
      const prepared = await prepare(actor, 'proposal:propose', draft)
      return db.transaction(async (tx) => {
        await put(tx, actor, prepared, textVersion)
        return tell(tx, draft.id)
      })
    },

    /** Asks somebody who takes part in the meeting. An answer that was given under what is handed in stays. */
    async invite(actor: Actor, { proposalId, accountId, invited }: { proposalId: string; accountId: string; invited: boolean }) {
      signedIn(actor)
      return db.transaction(async (tx) => {
        const row = await lock(tx, proposalId)
        allow(actor, 'proposal:write', { ownerId: row.proposerId })
        requireUnderWay(row)
        const known = (await store.listSigners(tx, [proposalId])).find((signer) => signer.accountId === accountId)
        if (invited === (known !== undefined)) return reading.whole(tx, proposalId)
        if (invited) {
          if (accountId === row.proposerId || (await peopleOf(tx, row.meetingId, accountId)).length === 0)
            throw new AppError('not-found', 'no-such-participant')
          await tx.insert(proposalSigners).values({ proposalId, accountId, invitedAt: instant() })
        } else {
          if (row.status !== 'draft' && known?.answer !== 'invited') throw new AppError('conflict', 'already-answered')
          await tx.delete(proposalSigners).where(signerOf(proposalId, accountId))
        }
        await audit.record(tx, actor, invited ? 'proposal:invite' : 'proposal:uninvite', proposalId, { accountId })
        await store.updateProposal(tx, proposalId, {})
        return tell(tx, proposalId)
      })
    },

    /** @throws AppError `conflict` when the words are no longer those that were read. */
    async answer(actor: Actor, { proposalId, sign, textVersion }: { proposalId: string; sign: boolean; textVersion: number }) {
      const accountId = signedIn(actor)
      return db.transaction(async (tx) => {
        const row = await lock(tx, proposalId)
        const mine = (await store.listSigners(tx, [proposalId])).find((signer) => signer.accountId === accountId)
        allow(actor, 'proposal:co-sign', { ownerId: mine?.accountId ?? null })
        requireUnderWay(row)
        if (row.textVersion !== textVersion) throw new AppError('conflict', 'words-changed')
        const answer = sign ? 'signed' : 'declined'
        if (mine?.answer === answer && mine.textVersion === textVersion) return reading.whole(tx, proposalId)
        await tx.update(proposalSigners).set({ answer, answeredAt: instant(), textVersion }).where(signerOf(proposalId, accountId))
        await audit.record(tx, actor, 'proposal:answer', proposalId, { answer, textVersion })
        await store.updateProposal(tx, proposalId, {})
        return tell(tx, proposalId)
      })
    },

    /** By which rules a proposal of this meeting is judged, and who may be asked to sign. */
    async form(actor: Actor, { meetingId, regionCode: named }: { meetingId: string; regionCode?: string | undefined }) {
      const meeting = await meetings.require(db.reader, actor, 'proposal:propose', meetingId)
      const regionCode = await regionFor(meeting, named)
      const people = (await peopleOf(db.reader, meetingId)).filter(({ id }) => id !== actor.accountId)
      return { regionCode, rules: await settings.holding(db.reader, regionCode, 'proposals'), people }
    },
  }
}

const signerOf = (proposalId: string, accountId: string) =>
  and(eq(proposalSigners.proposalId, proposalId), eq(proposalSigners.accountId, accountId))

function requireUnderWay({ status }: store.Row) {
  if (status !== 'draft' && !isUnderReview(status)) throw new AppError('conflict', reviewRefusals[status])
}

type Words = Pick<store.Row, 'title' | 'body' | 'measures'>
const sameWords = (one: Words, other: Words) =>
  JSON.stringify([one.title, one.body, one.measures]) === JSON.stringify([other.title, other.body, other.measures])

async function isSame(reader: Reader, row: store.Row, words: Words & { regionCode: string }, wished: Sources): Promise<boolean> {
  if (!sameWords(row, words) || row.regionCode !== words.regionCode) return false
  const stored = await readSources(reader, [row.id])
  const keys = (lists: string[][]) => JSON.stringify(lists.map((ids) => [...ids].sort()))
  const ids = (list: { id: string }[]) => list.map(({ id }) => id)
  const blocks = (list: { blockId: string }[]) => list.map(({ blockId }) => blockId)
  return (
    keys([ids(stored.suggestions), blocks(stored.passages), ids(stored.votes), ids(stored.themes)]) ===
    keys([wished.suggestionIds, blocks(wished.passages), wished.voteIds, ids(wished.themes)])
  )
}

/** Who took part in a meeting with an account of their own and in a role that may propose. */
function peopleOf(reader: Reader, meetingId: string, accountId?: string): Promise<{ id: string; name: string }[]> {
  return reader
    .select({ id: participants.accountId, name: participants.name })
    .from(participants)
    .innerJoin(accounts, eq(accounts.id, participants.accountId))
    .where(
      and(
        eq(participants.meetingId, meetingId),
        accountId === undefined ? undefined : eq(participants.accountId, accountId),
        eq(accounts.isAnonymous, false),
        inArray(participants.role, [...rules['proposal:propose'].roles]),
      ),
    )
    .orderBy(asc(participants.name), asc(participants.accountId))
    .limit(1_000)
}
