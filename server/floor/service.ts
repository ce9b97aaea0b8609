import { AppError, found } from '../../shared/errors.ts'
import type { Floor, FloorMode, FloorRequest, Speech, SpeechEndReason } from '../../shared/floor.ts'
import type { FloorRule } from '../../shared/floor-order.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type Action, type Actor, allow, can, signedIn, stranger } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import { type MeetingService, requireLive } from '../meetings/service.ts'
import type { Publish } from '../transport/publish.ts'
import * as store from './store.ts'

export type FloorService = ReturnType<typeof createFloorService>
export type FloorListener = (floor: Floor) => void
/** Throws when the word cannot be given in this meeting now. */
export type Objection = (tx: Tx, meetingId: string) => Promise<void>

type Deps = { db: Db; audit: AuditService; meetings: MeetingService; publish: Publish; now: () => Date }

/** Who waits to speak, who speaks, and what was spoken: one speech at a time in a meeting. */
export function createFloorService({ db, audit, meetings, publish, now }: Deps) {
  const instant = () => now().toISOString()
  const listeners: FloorListener[] = []
  const objections: Objection[] = []

  /** Locks the floor of a live meeting, lets `change` do its work, and tells the room of the result. */
  async function changing(
    actor: Actor,
    action: Action,
    meetingId: string,
    change: (tx: Tx, meeting: Meeting) => Promise<boolean>,
  ): Promise<Floor> {
    return db.transaction(async (tx) => {
      await meetings.require(tx, actor, action, meetingId)
      await store.lockFloor(tx, meetingId)
      // Read once the lock is held: the meeting may have ended while this waited for it.
      const meeting = await meetings.byId(tx, meetingId)
      requireLive(meeting)
      return (await change(tx, meeting)) ? tell(tx, meetingId) : store.readFloor(tx, meetingId)
    })
  }

  async function tell(tx: Tx, meetingId: string, changes: Partial<Pick<Floor, 'mode' | 'rule'>> = {}): Promise<Floor> {
    await store.updateFloor(tx, meetingId, changes)
    const floor = await store.readFloor(tx, meetingId)
    publish(tx, meetingId, ['room'], 'floor:changed', floor)
    tx.afterCommit(() => {
      for (const listener of listeners) listener(floor)
    })
    return floor
  }

  async function endCurrent(tx: Tx, actor: Actor, meetingId: string, reason: SpeechEndReason): Promise<boolean> {
    const ended = await store.endSpeech(tx, meetingId, instant(), reason)
    if (ended) await audit.record(tx, actor, 'speech:end', ended, { meetingId, reason })
    return ended !== null
  }

  meetings.onEnd(async (tx, actor, { id }) => {
    await store.lockFloor(tx, id)
    await endCurrent(tx, actor, id, 'meeting-ended')
    await store.settleAll(tx, id, instant())
    await tell(tx, id)
  })

  type Turn = { meetingId: string; participantId: string; speechId: string; requestId: string | undefined }

  /** Begins a speech, and ends the one before. */
  async function begin(tx: Tx, actor: Actor, meeting: Meeting, { meetingId, participantId, speechId, requestId }: Turn): Promise<void> {
    for (const object of objections) await object(tx, meetingId)
    const { siteId } = found(await store.findParticipant(tx, meetingId, participantId), 'no-such-participant')
    const present = await store.listPresent(tx, meetingId)
    if (!present.has(participantId)) throw new AppError('conflict', 'speaker-not-present')
    const { requests } = await store.readFloor(tx, meetingId)
    const next = requests.find((request) => present.has(request.participantId))
    await endCurrent(tx, actor, meetingId, 'taken')
    if (requestId) await store.settleRequest(tx, requestId, instant())
    await store.insertSpeech(tx, { ...speechOf(meeting, speechId, instant()), participantId, siteId })
    const overruled = next !== undefined && next.participantId !== participantId
    await audit.record(tx, actor, 'floor:give', speechId, { meetingId, requestId: requestId ?? null, ...(overruled && { overruled }) })
  }

  async function isBegun(tx: Tx, meetingId: string, speechId: string): Promise<boolean> {
    const known = await store.findSpeechMeeting(tx, speechId)
    if (known && known !== meetingId) throw new AppError('conflict', 'id-taken')
    return known !== null
  }

  return {
    /** Called after each change of a floor is stored, on the node that made it. */
    onChange: (listener: FloorListener) => void listeners.push(listener),
    /** Asked before the word is given. */
    onGive: (objection: Objection) => void objections.push(objection),
    /** Ends the speech in progress within a transaction of somebody else, and holds the floor's lock until that ends. */
    async suspend(tx: Tx, actor: Actor, meetingId: string): Promise<void> {
      await store.lockFloor(tx, meetingId)
      if (await endCurrent(tx, actor, meetingId, 'taken')) await tell(tx, meetingId)
    },
    /** Who is heard in these meetings, as stored; a meeting whose floor was never used is not among them. */
    holders: (meetingIds: string[]): Promise<store.Holder[]> => store.readHolders(db.reader, meetingIds),

    async get(actor: Actor, { meetingId }: { meetingId: string }): Promise<Floor> {
      await meetings.require(db.reader, actor, 'room:enter', meetingId)
      return store.readFloor(db.reader, meetingId)
    },

    /** All speeches of a meeting as stored, the one in progress among them, in the order in which they began. */
    spoken: (reader: Reader, meetingId: string): Promise<Speech[]> => store.listSpeeches(reader, meetingId),

    async speeches(actor: Actor, { meetingId }: { meetingId: string }): Promise<Speech[]> {
      await meetings.require(db.reader, actor, 'room:enter', meetingId)
      return store.listSpeeches(db.reader, meetingId)
    },

    /** @throws AppError `conflict` for somebody who never entered the room, or who waits already. */
    request: (actor: Actor, { id, meetingId, kind }: { id: string; meetingId: string; kind: FloorRequest['kind'] }): Promise<Floor> =>
      changing(actor, 'floor:request', meetingId, async (tx) => {
        const participantId = await store.findParticipantId(tx, meetingId, signedIn(actor))
        if (!participantId) throw new AppError('conflict', 'not-in-the-room')
        const waiting = await store.findWaiting(tx, meetingId, id)
        if (waiting?.participantId === participantId) return false
        const inserted = await store.insertRequest(tx, { id, meetingId, participantId, kind, requestedAt: instant() })
        if (!inserted) throw new AppError('conflict', 'already-waiting')
        await audit.record(tx, actor, 'floor:request', id, { meetingId, kind })
        return true
      }),

    /** One's own, or anybody's by whoever gives the floor. */
    withdraw: (actor: Actor, { meetingId, requestId }: { meetingId: string; requestId: string }): Promise<Floor> =>
      changing(actor, 'floor:request', meetingId, async (tx, meeting) => {
        const request = await store.findWaiting(tx, meetingId, requestId)
        if (!request) return false
        if (request.accountId !== actor.accountId && !can(actor, 'floor:give', subjectOfMeeting(meeting))) {
          throw new AppError('not-allowed', 'not-allowed')
        }
        await store.settleRequest(tx, requestId, instant())
        await audit.record(tx, actor, 'floor:withdraw', requestId, { meetingId })
        return true
      }),

    /**
     * Gives the word to any who waits; whoever was not first by the rule is logged as overruled.
     * @throws AppError `not-found` when the request no longer waits, `conflict` when its owner is not in the room.
     */
    give: (actor: Actor, { meetingId, requestId, speechId }: { meetingId: string; requestId: string; speechId: string }): Promise<Floor> =>
      changing(actor, 'floor:give', meetingId, async (tx, meeting) => {
        if (await isBegun(tx, meetingId, speechId)) return false
        const { participantId } = found(await store.findWaiting(tx, meetingId, requestId), 'no-such-request')
        await begin(tx, actor, meeting, { meetingId, participantId, speechId, requestId })
        return true
      }),

    /** Calls upon somebody who is in the room; a request of theirs is settled with it. */
    call: (
      actor: Actor,
      { meetingId, participantId, speechId }: { meetingId: string; participantId: string; speechId: string },
    ): Promise<Floor> =>
      changing(actor, 'floor:give', meetingId, async (tx, meeting) => {
        if (await isBegun(tx, meetingId, speechId)) return false
        const { requests } = await store.readFloor(tx, meetingId)
        const requestId = requests.find((request) => request.participantId === participantId)?.id
        await begin(tx, actor, meeting, { meetingId, participantId, speechId, requestId })
        return true
      }),

    /** Takes the floor back. Whoever speaks may also give it back. */
    end: async (actor: Actor, { meetingId }: { meetingId: string }): Promise<Floor> =>
      changing(actor, 'floor:request', meetingId, async (tx, meeting) => {
        const { current } = await store.readFloor(tx, meetingId)
        if (!current) return false
        const own = (await store.findParticipantId(tx, meetingId, signedIn(actor))) === current.participantId
        if (!own) allow(actor, 'floor:give', subjectOfMeeting(meeting))
        return endCurrent(tx, actor, meetingId, own ? 'given-back' : 'taken')
      }),

    /** @throws AppError `conflict` when that speech is over, or its limit has changed since it was seen. */
    extend: (
      actor: Actor,
      { meetingId, speechId, minutes, limitSeconds }: { meetingId: string; speechId: string; minutes: number; limitSeconds: number },
    ): Promise<Floor> =>
      changing(actor, 'floor:give', meetingId, async (tx) => {
        const { current } = await store.readFloor(tx, meetingId)
        if (current?.id !== speechId) throw new AppError('conflict', 'speech-is-over')
        const extended = limitSeconds + minutes * 60
        if (current.limitSeconds === extended) return false
        if (current.limitSeconds !== limitSeconds) throw new AppError('conflict', 'changed-meanwhile')
        await store.setLimit(tx, speechId, extended)
        await audit.record(tx, actor, 'floor:extend', speechId, { meetingId, minutes })
        return true
      }),

    setMode: (actor: Actor, { meetingId, mode }: { meetingId: string; mode: FloorMode }): Promise<Floor> =>
      settling(actor, meetingId, 'floor:mode', { mode }),
    setRule: (actor: Actor, { meetingId, rule }: { meetingId: string; rule: FloorRule }): Promise<Floor> =>
      settling(actor, meetingId, 'floor:rule', { rule }),

    /** Ends speeches whose time is up, and those whose speakers left before `leftBefore`. Any node may ask at any time: each ends once. */
    async endOverdue(leftBefore: string): Promise<void> {
      const timedOut = (await store.listTimedOut(db.reader, instant())).map((speech) => ({ ...speech, reason: 'time' as const }))
      const left = (await store.listAbandoned(db.reader, leftBefore)).map((speech) => ({ ...speech, reason: 'left' as const }))
      for (const speech of [...timedOut, ...left]) await endOverdue(speech, leftBefore)
    },
  }

  async function endOverdue({ id, meetingId, reason }: { id: string; meetingId: string; reason: 'time' | 'left' }, leftBefore: string) {
    await db.transaction(async (tx) => {
      await store.lockFloor(tx, meetingId)
      // Asked again under the lock: it may have been extended or ended, by the chair or by another node.
      const due = reason === 'time' ? await store.listTimedOut(tx, instant()) : await store.listAbandoned(tx, leftBefore)
      if (!due.some((speech) => speech.id === id)) return
      await endCurrent(tx, stranger, meetingId, reason)
      await tell(tx, meetingId)
    })
  }

  async function settling(actor: Actor, meetingId: string, name: string, changes: Partial<Pick<Floor, 'mode' | 'rule'>>): Promise<Floor> {
    return db.transaction(async (tx) => {
      const meeting = await meetings.require(tx, actor, 'floor:give', meetingId)
      if (meeting.status === 'ended') throw new AppError('conflict', 'meeting-ended')
      await store.lockFloor(tx, meetingId)
      const before = await store.readFloor(tx, meetingId)
      if (Object.entries(changes).every(([key, one]) => before[key as keyof Floor] === one)) return before
      await audit.record(tx, actor, name, meetingId, changes)
      return tell(tx, meetingId, changes)
    })
  }
}

/** Five minutes, unless the agenda item is shorter. */
const defaultLimitSeconds = 300

function speechOf(meeting: Meeting, id: string, startedAt: string) {
  const item = meeting.agenda.find((one) => one.id === meeting.currentAgendaItemId)
  const limitSeconds = Math.min(defaultLimitSeconds, (item?.minutes ?? Number.POSITIVE_INFINITY) * 60)
  return { id, meetingId: meeting.id, agendaItemId: item?.id ?? null, startedAt, limitSeconds }
}
