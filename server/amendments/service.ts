import type { z } from 'zod'
import { type Amendment, type amendmentCommands, isAmendable, passageWords } from '../../shared/amendments.ts'
import { AppError, found } from '../../shared/errors.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { contentHash, type MinutesNode } from '../../shared/minutes.ts'
import { type Actor, can, signedIn, stranger } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { SectionService } from '../minutes/sections.ts'
import type { MinutesService } from '../minutes/service.ts'
import { lockState } from '../minutes/stages.ts'
import type { createPublisher } from '../transport/publish.ts'
import { rewrite } from './rewriting.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require' | 'byId'>
  minutes: Pick<MinutesService, 'stored' | 'inscribe'>
  sections: Pick<SectionService, 'requirePassage'>
  publisher: Pick<ReturnType<typeof createPublisher>, 'publish' | 'publishTo'>
  now: () => Date
}
type Wish = z.output<(typeof amendmentCommands)['amendment:propose']['input']>
type OfAmendment = { amendmentId: string }
type Accepted = (tx: Tx, actor: Actor, meetingId: string, contentHash: string) => Promise<void>

export type AmendmentService = ReturnType<typeof createAmendmentService>

/** Proposed changes of minutes whose text stands: who proposes what and why, and who accepted or refused it. */
export function createAmendmentService({ db, audit, meetings, minutes, sections, publisher, now }: Deps) {
  const acceptedListeners: Accepted[] = []

  /** Everybody in the meeting hears of it, and its author wherever they are. */
  function tell(tx: Tx, amendment: Amendment): Amendment {
    publisher.publish(tx, amendment.meetingId, ['room'], 'amendment:changed', amendment)
    publisher.publishTo(tx, amendment.authorId, 'amendment:changed', amendment)
    return amendment
  }

  /** @throws AppError `conflict` where the passage does not say any more what it said to its amender, or its lines do not correspond. */
  function requireSame(document: MinutesNode | undefined, { kind, blockId, before, proposed }: Omit<Wish, 'id' | 'meetingId' | 'reason'>) {
    if (kind === 'add' && blockId === null) return
    const block = found(
      document?.content?.find(({ attrs }) => attrs?.blockId === blockId),
      'passage-not-found',
    )
    if (kind === 'add') return
    if (passageWords(block) !== before) throw new AppError('conflict', 'passage-changed')
    if (kind === 'remove') return
    if (!isAmendable(block)) throw new AppError('conflict', 'passage-without-words')
    if (before.split('\n').length !== proposed.split('\n').length) throw new AppError('conflict', 'lines-differ')
  }

  async function requireMayPropose(tx: Tx, actor: Actor, meetingId: string) {
    const meeting = await meetings.require(tx, actor, 'minutes:amend', meetingId)
    const { stage } = await lockState(tx, meetingId)
    if (stage === 'amending') return
    const late = stage !== 'live' && can(actor, 'minutes:edit', subjectOfMeeting(meeting))
    if (!late) throw new AppError('conflict', stage === 'signed' ? 'minutes-locked' : 'wrong-stage')
  }

  /** Locks the minutes and then the amendment, always in this order. A decided one is given to `decided`. */
  const deciding = (
    actor: Actor,
    id: string,
    {
      allowed,
      again,
      decide,
    }: {
      allowed(tx: Tx, amendment: Amendment): Promise<unknown>
      /** The state that this decision would lead to: arriving twice it changes nothing. */
      again: Amendment['status']
      decide(tx: Tx, amendment: Amendment, stage: string): Promise<string>
    },
  ): Promise<Amendment> =>
    db.transaction(async (tx) => {
      signedIn(actor)
      const { meetingId } = found(await store.findAmendment(tx, id), 'no-such-amendment')
      const { stage } = await lockState(tx, meetingId)
      const amendment = found(await store.lockAmendment(tx, id), 'no-such-amendment')
      await allowed(tx, amendment)
      if (amendment.status === again) return amendment
      if (amendment.status !== 'open') throw new AppError('conflict', 'amendment-decided')
      const decisionReason = await decide(tx, amendment, stage)
      const by = { decidedBy: actor.accountId, decidedByName: actor.name, decidedAt: now().toISOString() }
      await audit.record(tx, actor, `amendment:${again}`, id, { meetingId, blockId: amendment.blockId })
      return tell(tx, await store.decideAmendment(tx, id, { ...by, status: again, decisionReason }))
    })

  /** Whoever proposed a change does not decide on it too. */
  async function mayDecide(tx: Tx, actor: Actor, { meetingId, authorId, blockId }: Amendment) {
    const meeting = await meetings.require(tx, actor, 'minutes:edit', meetingId)
    await sections.requirePassage(tx, actor, meeting, blockId)
    if (authorId === actor.accountId) throw new AppError('not-allowed', 'own-amendment')
  }

  async function write(tx: Tx, actor: Actor, amendment: Amendment) {
    const { meetingId, authorId, authorName } = amendment
    requireSame((await minutes.stored(tx, meetingId))?.document, amendment)
    const author: Actor = { ...stranger, accountId: authorId, name: authorName }
    await minutes.inscribe(tx, author, meetingId, (doc) => rewrite(doc, amendment))
    const hash = await contentHash((await minutes.stored(tx, meetingId))!.document)
    for (const listener of acceptedListeners) await listener(tx, actor, meetingId, hash)
  }

  return {
    /** Called within the transaction that changes the text, with its new hash. */
    onAccept: (listener: Accepted) => void acceptedListeners.push(listener),
    /** A reason against signing: what is proposed is decided first. */
    blocksSigning: async (tx: Tx, meetingId: string) => ((await store.hasOpen(tx, meetingId)) ? 'amendments-open' : null),

    async list(actor: Actor, { meetingId }: { meetingId: string }): Promise<Amendment[]> {
      await meetings.require(db.reader, actor, 'minutes:read', meetingId)
      return store.listAmendments(db.reader, meetingId)
    },

    /** @throws AppError `conflict` when the passage has changed meanwhile, or may not be amended now. */
    propose: (actor: Actor, wish: Wish): Promise<Amendment> =>
      db.transaction(async (tx) => {
        const authorId = signedIn(actor)
        const known = await store.findAmendment(tx, wish.id)
        if (known?.authorId === authorId && known.meetingId === wish.meetingId) return known
        await requireMayPropose(tx, actor, wish.meetingId)
        requireSame((await minutes.stored(tx, wish.meetingId))?.document, wish)
        const before = wish.kind === 'add' ? '' : wish.before
        const row = { ...wish, before, authorId, authorName: actor.name, createdAt: now().toISOString() }
        const amendment = await store.insertAmendment(tx, row)
        if (!amendment) throw new AppError('conflict', 'id-taken')
        await audit.record(tx, actor, 'amendment:propose', wish.id, { meetingId: wish.meetingId, blockId: wish.blockId, kind: wish.kind })
        return tell(tx, amendment)
      }),

    withdraw: (actor: Actor, { amendmentId }: OfAmendment) =>
      deciding(actor, amendmentId, {
        again: 'withdrawn',
        allowed: async (_, { authorId }) => {
          if (authorId !== actor.accountId) throw new AppError('not-allowed', 'not-allowed')
        },
        decide: async () => '',
      }),

    accept: (actor: Actor, { amendmentId }: OfAmendment) =>
      deciding(actor, amendmentId, {
        again: 'accepted',
        allowed: (tx, amendment) => mayDecide(tx, actor, amendment),
        decide: async (tx, amendment, stage) => {
          if (stage !== 'amending') throw new AppError('conflict', stage === 'signed' ? 'minutes-locked' : 'wrong-stage')
          await write(tx, actor, amendment)
          return ''
        },
      }),

    refuse: (actor: Actor, { amendmentId, reason }: OfAmendment & { reason: string }) =>
      deciding(actor, amendmentId, {
        again: 'refused',
        allowed: (tx, amendment) => mayDecide(tx, actor, amendment),
        decide: async () => reason,
      }),
  }
}
