import { and, eq } from 'drizzle-orm'
import type { Chairing } from '../../shared/chairing.ts'
import { AppError, found } from '../../shared/errors.ts'
import type { MediaSource } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import type { Reader, Tx } from '../db/db.ts'
import type { MediaService } from '../media/service.ts'
import { participants } from '../meetings/schema.ts'
import type { ChairingDeps, Desk } from './desk.ts'
import type { Lobby } from './lobby.ts'
import * as store from './store.ts'

type Deps = ChairingDeps & { desk: Desk; lobby: Pick<Lobby, 'letAllIn'>; media: Pick<MediaService, 'hold' | 'remove'> }
type Rules = { meetingId: string; entry?: Chairing['entry'] | undefined; locked?: boolean | undefined; quorum?: number | null | undefined }
type Whom = { kind: 'participant'; participantId: string } | { kind: 'site'; siteId: string } | { kind: 'all' }

/** Who presides, by which rules people come in, and who is silenced or sent out. */
export function createOrder({ audit, meetings, now, desk, lobby, media }: Deps) {
  const participantOf = async (reader: Reader, meetingId: string, id: string) =>
    found(await store.findParticipant(reader, meetingId, { id }), 'no-such-participant')

  /** @throws AppError `conflict` for somebody who may not chair this meeting, or is not there. */
  async function candidate(tx: Tx, meetingId: string, participantId: string) {
    const person = await participantOf(tx, meetingId, participantId)
    if (!person.mayChair) throw new AppError('conflict', 'may-not-chair')
    if (!person.present) throw new AppError('conflict', 'not-present')
    return person
  }

  meetings.onOpen(async (tx, actor, meeting) => {
    await store.lockChairing(tx, meeting.id)
    await store.updateChairing(tx, meeting.id, { chairId: signedIn(actor) })
    await desk.tellRoom(tx, meeting.id)
  })

  return {
    /** What is not named stays as it is. Opening the lobby lets in everybody who waits there. */
    set: (actor: Actor, { meetingId, ...rules }: Rules): Promise<Chairing> =>
      desk.chairing(actor, meetingId, async (tx) => {
        const before = await store.readChairing(tx, meetingId)
        const given = Object.entries(rules).filter(([name, value]) => value !== undefined && before[name as keyof typeof rules] !== value)
        if (given.length === 0) return before
        await store.updateChairing(tx, meetingId, Object.fromEntries(given))
        await audit.record(tx, actor, 'chairing:set', meetingId, Object.fromEntries(given))
        const after = await desk.tellRoom(tx, meetingId)
        if (after.entry === 'open' && !after.locked) await lobby.letAllIn(tx, meetingId)
        return after
      }),

    /** @throws AppError `conflict` when another presides and is in the room: the chair is given, not taken. */
    handOver: (actor: Actor, { meetingId, participantId }: { meetingId: string; participantId: string }): Promise<Chairing> =>
      desk.chairingLive(actor, meetingId, async (tx) => {
        const before = await store.readChairing(tx, meetingId)
        const next = await candidate(tx, meetingId, participantId)
        if (before.chair?.accountId === next.accountId) return before
        const holder = before.chair && (await store.findParticipant(tx, meetingId, { accountId: before.chair.accountId }))
        if (holder?.present && holder.accountId !== actor.accountId) throw new AppError('conflict', 'chair-is-present')
        await store.updateChairing(tx, meetingId, { chairId: next.accountId })
        await audit.record(tx, actor, 'chair:hand-over', participantId, { meetingId })
        return desk.tellRoom(tx, meetingId)
      }),

    seat: (actor: Actor, wish: { meetingId: string; regionCode: string; participantId: string | null }): Promise<Chairing> =>
      desk.chairingLive(actor, wish.meetingId, async (tx, meeting) => {
        const { meetingId, regionCode, participantId } = wish
        if (!meeting.regions.some(({ code }) => code === regionCode)) throw new AppError('not-found', 'no-such-region')
        const next = participantId === null ? null : await candidate(tx, meetingId, participantId)
        await store.putSecondChair(tx, meetingId, regionCode, next?.accountId ?? null)
        await store.updateChairing(tx, meetingId, {})
        await audit.record(tx, actor, 'chair:seat', participantId ?? meetingId, { meetingId, regionCode })
        return desk.tellRoom(tx, meetingId)
      }),

    hold: (actor: Actor, { meetingId, whom, source, held }: { meetingId: string; whom: Whom; source: MediaSource; held: boolean }) =>
      desk.chairingLive(actor, meetingId, async (tx, meeting) => {
        const ids = await idsOf(tx, meeting, whom)
        const participantIds = await media.hold(tx, ids, source, held ? actor.name : null)
        for (const id of participantIds) await audit.record(tx, actor, held ? 'room:hold' : 'room:let-go', id, { meetingId, source })
        return { participantIds }
      }),

    remove: (actor: Actor, { meetingId, participantId, bar }: { meetingId: string; participantId: string; bar: boolean }) =>
      desk.chairingLive(actor, meetingId, async (tx) => {
        const { accountId, name, mayChair } = await participantOf(tx, meetingId, participantId)
        if (mayChair) throw new AppError('conflict', 'of-the-chairs-side')
        const at = now().toISOString()
        await store.sendBack(tx, meetingId, participantId, at)
        if (bar) await store.insertBar(tx, { meetingId, accountId, name, at })
        await audit.record(tx, actor, bar ? 'room:bar' : 'room:remove', participantId, { meetingId })
        await desk.tellDesk(tx, meetingId)
        tx.afterCommit(() => void media.remove(meetingId, participantId))
        return {}
      }),

    unbar: (actor: Actor, { meetingId, accountId }: { meetingId: string; accountId: string }) =>
      desk.chairing(actor, meetingId, async (tx) => {
        if (!(await store.deleteBar(tx, meetingId, accountId))) return store.readDesk(tx, meetingId)
        await audit.record(tx, actor, 'room:unbar', accountId, { meetingId })
        return desk.tellDesk(tx, meetingId)
      }),
  }

  /** Of many, the chair's side is left alone: somebody must be able to give the microphones back. */
  async function idsOf(tx: Tx, meeting: Meeting, whom: Whom): Promise<string[]> {
    if (whom.kind === 'participant') return [(await participantOf(tx, meeting.id, whom.participantId)).id]
    const there = whom.kind === 'site' ? and(store.isPresent, eq(participants.siteId, whom.siteId)) : and(store.isPresent)
    const people = await store.participantsWhere(tx, meeting.id, there)
    return people.filter(({ mayChair }) => !mayChair).map(({ id }) => id)
  }
}
