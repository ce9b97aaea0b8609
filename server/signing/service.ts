import { v7 } from 'uuid'
import { AppError, found } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type MinutesNode, suggestionsCitedIn } from '../../shared/minutes.ts'
import { keyOfPart } from '../../shared/minutes-parts.ts'
import { type CitationStanding, editionInForce, editionOf, type PublishedEdition } from '../../shared/minutes-published.ts'
import { type MinutesMove, type MinutesState, mayMove, minutesMoves, signsFor } from '../../shared/minutes-stages.ts'
import { type Actor, allow, can, signedIn } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { MinutesService } from '../minutes/service.ts'
import { findState, lockState, type StateRow, updateState } from '../minutes/stages.ts'
import type { SuggestionService } from '../suggestions/service.ts'
import type { Publish } from '../transport/publish.ts'
import type { VersionService } from '../versions/service.ts'
import { citedSteps, insertEdition, listEditions, openEdition, signaturesOf } from './editions.ts'
import { findForm } from './form.ts'
import { excuseFor, readMissing, requireParts } from './missing.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require' | 'byId'>
  minutes: Pick<MinutesService, 'atRest' | 'stored' | 'document' | 'closeMeeting'>
  versions: Pick<VersionService, 'keep' | 'signedDocument'>
  suggestions: Pick<SuggestionService, 'standings' | 'addStepSource'>
  publish: Publish
  now: () => Date
}
type OfMeeting = { meetingId: string }
type OfRegion = OfMeeting & { regionCode: string }
type Signing = OfRegion & { contentHash: string; formHash?: string | undefined }
type Under = { tx: Tx; state: StateRow; meeting: Meeting }

export type SigningService = ReturnType<typeof createSigningService>

/** The minutes on their way from what recorders write to what every region has signed, and back only with everybody's consent. */
export function createSigningService({ db, audit, meetings, minutes, versions, suggestions, publish, now }: Deps) {
  suggestions.addStepSource(citedSteps)
  const at = () => now().toISOString()
  const blockers: ((tx: Tx, meetingId: string) => Promise<string | null>)[] = []

  /** Locks the state, lets `decide` change it, and tells of the result. Nothing is told when nothing changed. */
  const changing = (meetingId: string, decide: (under: Under) => Promise<StateRow | null>): Promise<MinutesState> =>
    db.transaction(async (tx) => {
      const meeting = await meetings.byId(tx, meetingId)
      const before = await lockState(tx, meetingId)
      const after = await decide({ tx, state: before, meeting })
      const state = await store.wholeState(tx, after ?? before)
      if (after) publish(tx, meetingId, ['room'], 'minutes:state-changed', state)
      return state
    })

  /** Signatures are of one text at one stage: with either they end. */
  async function endSignatures(tx: Tx, actor: Actor, meetingId: string, why: 'change' | 'stage' | 'unlock') {
    const regionCodes = await store.endSignatures(tx, meetingId, why, at())
    if (regionCodes.length > 0) await audit.record(tx, actor, 'minutes:signatures-end', meetingId, { regionCodes, why })
  }

  /** Nobody may write before or after, but why not is another reason: connections come back and are told. */
  const readmit = (tx: Tx, meetingId: string) => tx.afterCommit(() => minutes.closeMeeting(meetingId))

  async function move(actor: Actor, meetingId: string, name: MinutesMove, despiteMissing?: string): Promise<MinutesState> {
    await meetings.require(db.reader, actor, 'minutes:stage', meetingId)
    const { to } = minutesMoves[name]
    // Asked before the connections are ended: a second press, or one that cannot succeed, disturbs nobody.
    const now = await findState(db.reader, meetingId)
    if (now.stage === to) return store.wholeState(db.reader, now)
    if (!mayMove(name, now.stage)) throw new AppError('conflict', 'wrong-stage')
    return minutes.atRest(meetingId, () => changing(meetingId, (under) => moved(actor, name, despiteMissing, under)))
  }

  async function moved(actor: Actor, name: MinutesMove, despiteMissing: string | undefined, { tx, state, meeting }: Under) {
    const { to } = minutesMoves[name]
    if (state.stage === to) return null
    if (!mayMove(name, state.stage)) throw new AppError('conflict', 'wrong-stage')
    if (to === 'draft' && meeting.status !== 'ended') throw new AppError('conflict', 'meeting-not-ended')
    const kept = await versions.keep(tx, meeting.id, { kind: 'auto', edition: state.edition })
    if (!kept) throw new AppError('conflict', 'minutes-not-begun')
    await endSignatures(tx, actor, meeting.id, 'stage')
    const settles = to === 'amending'
    const excuse = settles ? await excuseFor(tx, meeting, kept.document, { actor, despiteMissing, at: at() }) : null
    await audit.record(tx, actor, `minutes:${name}`, meeting.id, {
      from: state.stage,
      edition: state.edition,
      contentHash: kept.version.contentHash,
      ...(excuse && { despiteMissing: excuse.reason, missing: excuse.parts.map(keyOfPart) }),
    })
    return updateState(tx, meeting.id, { stage: to, contentHash: settles ? kept.version.contentHash : null, excuse })
  }

  /** @throws AppError `not-found` for a region that does not host the meeting, `not-allowed` for whoever does not sign for it. */
  function requireSignatory(actor: Actor, meeting: Meeting, regionCode: string) {
    allow(actor, 'minutes:sign', { regionCodes: [regionCode] })
    if (!meeting.regions.some(({ code }) => code === regionCode)) throw new AppError('not-found', 'no-such-region')
  }

  async function signed(actor: Actor, wish: Signing, { tx, state, meeting }: Under): Promise<StateRow | null> {
    const accountId = signedIn(actor)
    requireSignatory(actor, meeting, wish.regionCode)
    const own = (await store.listSignatures(tx, meeting.id)).find(({ regionCode }) => regionCode === wish.regionCode)
    if (own?.accountId === accountId && own.contentHash === wish.contentHash) return null
    requireAmending(state)
    if (own) throw new AppError('conflict', 'already-signed')
    const stored = await minutes.stored(tx, meeting.id)
    if (!stored || state.contentHash !== wish.contentHash) throw new AppError('conflict', 'content-moved')
    const formHash = (await findForm(tx, meeting.id))?.hash ?? null
    if (formHash !== (wish.formHash ?? null)) throw new AppError('conflict', 'content-moved')
    for (const blocker of blockers) {
      const reason = await blocker(tx, meeting.id)
      if (reason) throw new AppError('conflict', reason)
    }
    await requireParts(tx, meeting, stored.document, state.excuse)
    await requireFirst(tx, meeting.id, accountId)
    const { id: meetingId } = meeting
    const { regionCode, contentHash } = wish
    const { edition } = state
    await store.insertSignature(tx, { id: v7(), meetingId, edition, regionCode, accountId, name: actor.name, contentHash, signedAt: at() })
    await audit.record(tx, actor, 'minutes:sign', meetingId, { meetingId, regionCode, contentHash, formHash, edition })
    return (await isComplete(tx, meeting, wish.contentHash)) ? lock(tx, actor, state, meetingId) : updateState(tx, meetingId, {})
  }

  async function requireFirst(tx: Tx, meetingId: string, accountId: string) {
    const signatures = await store.listSignatures(tx, meetingId)
    if (signatures.some((signature) => signature.accountId === accountId)) throw new AppError('conflict', 'signed-for-another')
  }

  async function isComplete(tx: Tx, meeting: Meeting, contentHash: string) {
    const signatures = await store.listSignatures(tx, meeting.id)
    return meeting.regions.every(({ code }) =>
      signatures.some((signature) => signature.regionCode === code && signature.contentHash === contentHash),
    )
  }

  /** What is stored is hashed once more: a text that is not the one that was signed is never locked, wherever it came from. */
  async function lock(tx: Tx, actor: Actor, state: StateRow, meetingId: string): Promise<StateRow> {
    const { edition } = state
    const kept = await versions.keep(tx, meetingId, { kind: 'signed', edition })
    if (kept?.version.contentHash !== state.contentHash) throw new AppError('conflict', 'content-moved')
    readmit(tx, meetingId)
    const { contentHash } = kept.version
    const standings = await suggestions.standings(tx, suggestionsCitedIn([kept.document]))
    const lockedAt = at()
    const { form, hash: formHash } = (await findForm(tx, meetingId)) ?? { form: null, hash: null }
    await insertEdition(tx, { meetingId, edition, contentHash, lockedAt, standings, form })
    await audit.record(tx, actor, 'minutes:lock', meetingId, { edition, contentHash, formHash })
    return updateState(tx, meetingId, { stage: 'signed', lockedAt })
  }

  async function withdrawn(actor: Actor, { regionCode }: OfRegion, { tx, state, meeting }: Under): Promise<StateRow | null> {
    requireSignatory(actor, meeting, regionCode)
    const own = (await store.listSignatures(tx, meeting.id)).find((signature) => signature.regionCode === regionCode)
    if (!own && state.stage !== 'signed') return null
    requireAmending(state)
    if (own?.accountId !== actor.accountId) throw new AppError('not-allowed', 'not-your-signature')
    await store.endSignatures(tx, meeting.id, 'signer', at(), regionCode)
    await audit.record(tx, actor, 'minutes:withdraw-signature', meeting.id, { regionCode, edition: state.edition })
    return updateState(tx, meeting.id, {})
  }

  async function unlocked(actor: Actor, { regionCode, reason }: OfRegion & { reason?: string | undefined }, { tx, state, meeting }: Under) {
    const accountId = signedIn(actor)
    requireSignatory(actor, meeting, regionCode)
    if (state.stage !== 'signed') throw new AppError('conflict', 'wrong-stage')
    const asking = state.unlockReason === null
    if (asking && reason === undefined) throw new AppError('invalid-input', 'reason-needed', { reason: 'reason-needed' })
    const given = (await store.wholeState(tx, state)).unlocking?.consents ?? []
    if (given.some((consent) => consent.regionCode === regionCode)) return null
    if (given.some((consent) => consent.accountId === accountId)) throw new AppError('conflict', 'signed-for-another')
    await store.insertConsent(tx, { meetingId: meeting.id, regionCode, accountId, name: actor.name, at: at() })
    const why = state.unlockReason ?? reason!
    await audit.record(tx, actor, 'minutes:unlock', meeting.id, { regionCode, reason: why, edition: state.edition })
    const consenting = new Set([...given.map((consent) => consent.regionCode), regionCode])
    if (meeting.regions.every(({ code }) => consenting.has(code))) return open(tx, actor, state, why)
    return updateState(tx, meeting.id, asking ? { unlockReason: why, unlockAskedAt: at() } : {})
  }

  /** Open to amendments as a new edition; the one that was signed stays what it was, among the versions. */
  async function open(tx: Tx, actor: Actor, { meetingId, edition }: StateRow, reason: string): Promise<StateRow> {
    await store.deleteConsents(tx, meetingId)
    await endSignatures(tx, actor, meetingId, 'unlock')
    await openEdition(tx, meetingId, edition, { openedAt: at(), openReason: reason })
    readmit(tx, meetingId)
    await audit.record(tx, actor, 'minutes:open-edition', meetingId, { edition: edition + 1, reason })
    return updateState(tx, meetingId, { stage: 'amending', edition: edition + 1, lockedAt: null, unlockReason: null, unlockAskedAt: null })
  }

  return {
    /** Gives a reason for which nobody may sign yet. */
    addBlocker: (blocker: (typeof blockers)[number]) => void blockers.push(blocker),

    /** To be called within the transaction that changed the text, under the lock of its state. */
    async contentChanged(tx: Tx, actor: Actor, meetingId: string, contentHash: string) {
      await endSignatures(tx, actor, meetingId, 'change')
      const state = await store.wholeState(tx, await updateState(tx, meetingId, { contentHash }))
      publish(tx, meetingId, ['room'], 'minutes:state-changed', state)
    },

    /** Within the transaction that changed what stands around the text: it is signed with the text. */
    async formChanged(tx: Tx, actor: Actor, meetingId: string) {
      await endSignatures(tx, actor, meetingId, 'change')
      publish(tx, meetingId, ['room'], 'minutes:state-changed', await store.wholeState(tx, await updateState(tx, meetingId, {})))
    },

    async state(actor: Actor, { meetingId }: OfMeeting): Promise<MinutesState> {
      await meetings.require(db.reader, actor, 'minutes:read', meetingId)
      return store.wholeState(db.reader, await findState(db.reader, meetingId))
    },
    /** The editions that everybody may read, newest first. */
    async editions(actor: Actor, { meetingId }: OfMeeting): Promise<PublishedEdition[]> {
      const meeting = await meetings.require(db.reader, actor, 'minutes:read-published', meetingId)
      const mine = can(actor, 'minutes:read', subjectOfMeeting(meeting))
      return (await listEditions(db.reader, meetingId)).filter(({ form }) => mine || form?.audience !== 'participants')
    },
    /** Whether there is such an edition, whoever may read it. */
    hasEdition: async (meetingId: string, edition: number | undefined) =>
      editionOf(await listEditions(db.reader, meetingId), edition) !== undefined,
    /** What stands behind the suggestions that this text cites: now, and of signed minutes as it was at the last signature. */
    async standings(meetingId: string, document: MinutesNode): Promise<CitationStanding[]> {
      const inForce = editionInForce(await listEditions(db.reader, meetingId))
      return inForce?.standings ?? suggestions.standings(db.reader, suggestionsCitedIn([document]))
    },
    /** What stands around the text now; null where nobody has filled it in. */
    form: async (meetingId: string) => (await findForm(db.reader, meetingId))?.form ?? null,
    /** An edition's text and signatures. @throws AppError `not-found`. */
    async edition(meetingId: string, edition: number) {
      const document = found(await versions.signedDocument(db.reader, meetingId, edition), 'no-such-edition')
      return { document, signatures: await signaturesOf(db.reader, meetingId, edition) }
    },
    async missing(actor: Actor, { meetingId }: OfMeeting) {
      const meeting = await meetings.require(db.reader, actor, 'minutes:read', meetingId)
      return readMissing(db.reader, meeting, await minutes.document(meetingId))
    },
    toDraft: (actor: Actor, { meetingId }: OfMeeting) => move(actor, meetingId, 'to-draft'),
    /** @throws AppError `conflict`: `parts-missing` when something required is, and nobody says why it goes without. */
    toAmending: (actor: Actor, { meetingId, despiteMissing }: OfMeeting & { despiteMissing?: string | undefined }) =>
      move(actor, meetingId, 'to-amending', despiteMissing),
    toLive: (actor: Actor, { meetingId }: OfMeeting) => move(actor, meetingId, 'to-live'),

    /** @throws AppError `conflict`: `content-moved` when the text is not any more what was to be signed. */
    sign: (actor: Actor, wish: Signing) => changing(wish.meetingId, (under) => signed(actor, wish, under)),
    withdraw: (actor: Actor, wish: OfRegion) => changing(wish.meetingId, (under) => withdrawn(actor, wish, under)),
    /** @throws AppError `invalid-input` without a reason, for whoever asks first. */
    unlock: (actor: Actor, wish: OfRegion & { reason?: string | undefined }) =>
      changing(wish.meetingId, (under) => unlocked(actor, wish, under)),
    keepLocked: (actor: Actor, { meetingId }: OfMeeting) =>
      changing(meetingId, async ({ tx, state, meeting }) => {
        requireSignatory(actor, meeting, signsFor(actor, meeting)[0] ?? meeting.regions[0]!.code)
        if (state.unlockReason === null) return null
        await store.deleteConsents(tx, meetingId)
        await audit.record(tx, actor, 'minutes:keep-locked', meetingId, { edition: state.edition })
        return updateState(tx, meetingId, { unlockReason: null, unlockAskedAt: null })
      }),
  }
}

function requireAmending({ stage }: StateRow) {
  if (stage === 'signed') throw new AppError('conflict', 'minutes-locked')
  if (stage !== 'amending') throw new AppError('conflict', 'wrong-stage')
}
