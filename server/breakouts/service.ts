import { type Breakout, type BreakoutNote, type BreakoutPlan, groupOf } from '../../shared/breakouts.ts'
import { AppError, found } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, can, signedIn, stranger } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import { findParticipant, lockChairing, participantsWhere } from '../chairing/store.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { FloorService } from '../floor/service.ts'
import type { MediaService } from '../media/service.ts'
import { type MeetingService, requireLive } from '../meetings/service.ts'
import type { Publish } from '../transport/publish.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require' | 'byId' | 'onEnd'>
  floor: Pick<FloorService, 'suspend' | 'onGive'>
  media: Pick<MediaService, 'part'>
  publish: Publish
  now: () => Date
}

type Round = { breakoutId: string }
type Opening = { id: string; meetingId: string; minutes: number; plan: BreakoutPlan }

export type BreakoutService = ReturnType<typeof createBreakoutService>

const minutesAfter = (instant: string, minutes: number) => new Date(Date.parse(instant) + minutes * 60_000).toISOString()

/** Groups of a meeting: opened for a time, visited, spoken to, called back. All under the meeting's one lock of chairing. */
export function createBreakoutService({ db, audit, meetings, floor, media, publish, now }: Deps) {
  const instant = () => now().toISOString()
  const resultListeners: ((meetingId: string) => void)[] = []
  const tellResult = (tx: Tx, meetingId: string) =>
    tx.afterCommit(() => {
      for (const listener of resultListeners) listener(meetingId)
    })
  const meetingOf = async (breakoutId: string) => found(await store.findBreakout(db.reader, breakoutId), 'no-such-breakout').meetingId

  async function tell(tx: Tx, id: string): Promise<Breakout> {
    const breakout = found(await store.findBreakout(tx, id), 'no-such-breakout')
    publish(tx, breakout.meetingId, ['room'], 'breakout:changed', breakout)
    tx.afterCommit(() => media.part(breakout))
    return breakout
  }

  /** Lets `change` do its work on a round that is open, and stores what it gives; null says that nothing was to be done. */
  async function changing(
    actor: Actor,
    action: 'room:chair' | 'room:enter',
    breakoutId: string,
    change: (tx: Tx, breakout: Breakout, meeting: Meeting) => Promise<Parameters<typeof store.updateBreakout>[2] | null>,
  ): Promise<Breakout> {
    const meetingId = await meetingOf(breakoutId)
    return db.transaction(async (tx) => {
      const meeting = await meetings.require(tx, actor, action, meetingId)
      await lockChairing(tx, meetingId)
      const breakout = found(await store.findBreakout(tx, breakoutId), 'no-such-breakout')
      if (breakout.closedAt !== null) throw new AppError('conflict', 'groups-are-closed')
      const changes = await change(tx, breakout, meeting)
      if (changes === null) return breakout
      await store.updateBreakout(tx, breakoutId, changes)
      return tell(tx, breakoutId)
    })
  }

  async function end(tx: Tx, actor: Actor, { id, meetingId }: Pick<Breakout, 'id' | 'meetingId'>): Promise<Breakout> {
    await store.updateBreakout(tx, id, { closedAt: instant(), voiceId: null })
    await audit.record(tx, actor, 'breakout:close', id, { meetingId })
    tellResult(tx, meetingId)
    return tell(tx, id)
  }

  /** Whoever asks, as a participant. @throws AppError `conflict` for somebody who never entered. */
  async function self(tx: Tx, actor: Actor, meetingId: string) {
    const person = await findParticipant(tx, meetingId, { accountId: signedIn(actor) })
    if (!person) throw new AppError('conflict', 'not-in-the-room')
    return person
  }

  /** Guests have a name only within the meeting. */
  const nameOf = async (tx: Tx, actor: Actor, meetingId: string) =>
    actor.name || ((await findParticipant(tx, meetingId, { accountId: signedIn(actor) }))?.name ?? '')

  function requireGroup(breakout: Breakout, groupId: string | null) {
    if (groupId !== null && !breakout.groups.some(({ id }) => id === groupId)) throw new AppError('not-found', 'no-such-group')
  }

  /** @throws AppError `invalid-input` for what is not of this meeting. */
  async function checkPlan(tx: Tx, meeting: Meeting, { groups, outsideIds }: BreakoutPlan) {
    const people = new Set((await participantsWhere(tx, meeting.id, undefined)).map(({ id }) => id))
    const sites = new Set(meeting.sites.map(({ id }) => id))
    const agenda = new Set(meeting.agenda.map(({ id }) => id))
    const known =
      outsideIds.every((id) => people.has(id)) &&
      groups.every(
        ({ siteIds, participantIds, agendaItemId }) =>
          siteIds.every((id) => sites.has(id)) &&
          participantIds.every((id) => people.has(id)) &&
          (agendaItemId === null || agenda.has(agendaItemId)),
      )
    if (!known) throw new AppError('invalid-input', 'not-of-this-meeting', { groups: 'not-of-this-meeting' })
  }

  meetings.onEnd(async (tx, actor, meeting) => {
    await lockChairing(tx, meeting.id)
    const open = await store.findOpen(tx, meeting.id)
    if (open) await end(tx, actor, open)
  })

  // The word is given before all; while they are in groups there is no all.
  floor.onGive(async (tx, meetingId) => {
    if (await store.findOpen(tx, meetingId)) throw new AppError('conflict', 'groups-are-open')
  })

  return {
    /** Called after groups of a meeting are closed or have written, on the node that did it. */
    onResult: (listener: (meetingId: string) => void) => void resultListeners.push(listener),
    /** What groups that are back have written, with their rounds. */
    async written(reader: Reader, meetingId: string): Promise<{ rounds: Breakout[]; notes: BreakoutNote[] }> {
      const rounds = (await store.listBreakouts(reader, meetingId)).filter(({ closedAt }) => closedAt !== null)
      const notes = rounds.length === 0 ? [] : await store.listNotes(reader, meetingId)
      return { rounds, notes: notes.filter(({ text, breakoutId }) => text !== '' && rounds.some(({ id }) => id === breakoutId)) }
    },

    async list(actor: Actor, { meetingId }: { meetingId: string }): Promise<Breakout[]> {
      await meetings.require(db.reader, actor, 'room:enter', meetingId)
      return store.listBreakouts(db.reader, meetingId)
    },

    async notes(actor: Actor, { meetingId }: { meetingId: string }): Promise<BreakoutNote[]> {
      await meetings.require(db.reader, actor, 'room:enter', meetingId)
      return store.listNotes(db.reader, meetingId)
    },

    /** @throws AppError `conflict` while another round is open. */
    open: (actor: Actor, { id, meetingId, minutes, plan }: Opening): Promise<Breakout> =>
      db.transaction(async (tx) => {
        await meetings.require(tx, actor, 'room:chair', meetingId)
        const known = await store.findBreakout(tx, id)
        if (known?.meetingId === meetingId) return known
        if (known) throw new AppError('conflict', 'id-taken')
        // The floor first: whatever takes both locks takes them in this order.
        await floor.suspend(tx, actor, meetingId)
        await lockChairing(tx, meetingId)
        const meeting = await meetings.byId(tx, meetingId)
        requireLive(meeting)
        const open = await store.findOpen(tx, meetingId)
        if (open?.id === id) return open
        if (open) throw new AppError('conflict', 'groups-are-open')
        await checkPlan(tx, meeting, plan)
        const openedAt = instant()
        const round = { id, meetingId, openedAt, endsAt: minutesAfter(openedAt, minutes) }
        if (!(await store.insertBreakout(tx, plan, round))) throw new AppError('conflict', 'id-taken')
        await audit.record(tx, actor, 'breakout:open', id, { meetingId, minutes, groups: plan.groups.length })
        return tell(tx, id)
      }),

    extend: (actor: Actor, { breakoutId, minutes, endsAt }: Round & { minutes: number; endsAt: string }): Promise<Breakout> =>
      changing(actor, 'room:chair', breakoutId, async (tx, breakout) => {
        const extended = minutesAfter(endsAt, minutes)
        if (breakout.endsAt === extended) return null
        if (breakout.endsAt !== new Date(endsAt).toISOString()) throw new AppError('conflict', 'changed-meanwhile')
        await audit.record(tx, actor, 'breakout:extend', breakoutId, { meetingId: breakout.meetingId, minutes })
        return { endsAt: extended }
      }),

    /** Closed again, it stays closed. */
    close: async (actor: Actor, { breakoutId }: Round): Promise<Breakout> => {
      const meetingId = await meetingOf(breakoutId)
      return db.transaction(async (tx) => {
        await meetings.require(tx, actor, 'room:chair', meetingId)
        await lockChairing(tx, meetingId)
        const breakout = found(await store.findBreakout(tx, breakoutId), 'no-such-breakout')
        return breakout.closedAt === null ? end(tx, actor, breakout) : breakout
      })
    },

    place: (
      actor: Actor,
      { breakoutId, participantId, groupId }: Round & { participantId: string; groupId: string | null },
    ): Promise<Breakout> =>
      changing(actor, 'room:chair', breakoutId, async (tx, breakout) => {
        requireGroup(breakout, groupId)
        const { meetingId } = breakout
        const person = found(await findParticipant(tx, meetingId, { id: participantId }), 'no-such-participant')
        if (groupOf(breakout, person) === groupId) return null
        await store.putSeat(tx, { breakoutId, participantId, groupId })
        await audit.record(tx, actor, 'breakout:place', participantId, { meetingId, breakoutId, groupId })
        return {}
      }),

    /** @throws AppError `conflict` for somebody who has a group, and is not of the chair's side. */
    go: (actor: Actor, { breakoutId, groupId }: Round & { groupId: string | null }): Promise<Breakout> =>
      changing(actor, 'room:enter', breakoutId, async (tx, breakout, meeting) => {
        requireGroup(breakout, groupId)
        const person = await self(tx, actor, meeting.id)
        const before = groupOf(breakout, person)
        if (before === groupId) return null
        if (before !== null && !can(actor, 'room:chair', subjectOfMeeting(meeting))) throw new AppError('conflict', 'has-a-group')
        await store.putSeat(tx, { breakoutId, participantId: person.id, groupId })
        await audit.record(tx, actor, 'breakout:go', person.id, { meetingId: meeting.id, breakoutId, groupId })
        return {}
      }),

    announce: (actor: Actor, { breakoutId, id, text }: Round & { id: string; text: string }): Promise<Breakout> =>
      changing(actor, 'room:chair', breakoutId, async (tx, { meetingId }) => {
        const isNew = await store.insertAnnouncement(tx, { id, breakoutId, text, name: await nameOf(tx, actor, meetingId), at: instant() })
        if (!isNew && (await store.findAnnouncement(tx, id)) !== breakoutId) throw new AppError('conflict', 'id-taken')
        if (!isNew) return null
        await audit.record(tx, actor, 'breakout:announce', id, { meetingId, breakoutId })
        return {}
      }),

    /** @throws AppError `conflict` while another who is present speaks to all, or for somebody who is not in the room. */
    voice: (actor: Actor, { breakoutId, on }: Round & { on: boolean }): Promise<Breakout> =>
      changing(actor, 'room:chair', breakoutId, async (tx, { meetingId, voiceId }) => {
        if (!on && voiceId === null) return null
        const person = on ? await self(tx, actor, meetingId) : null
        if (person && voiceId === person.id) return null
        if (person && !person.present) throw new AppError('conflict', 'not-in-the-room')
        const holder = voiceId === null ? undefined : await findParticipant(tx, meetingId, { id: voiceId })
        if (person && holder?.present) throw new AppError('conflict', 'another-speaks-to-all')
        await audit.record(tx, actor, on ? 'breakout:voice' : 'breakout:voice-end', breakoutId, { meetingId })
        return { voiceId: person?.id ?? null }
      }),

    /**
     * Of one's own group, also after all are back; of any for those who write the minutes or chair.
     * @throws AppError `conflict` when somebody else has written meanwhile.
     */
    note: async (actor: Actor, { groupId, text, version }: { groupId: string; text: string; version: number }): Promise<BreakoutNote> => {
      const { meetingId, breakoutId } = found(await store.findNote(db.reader, groupId), 'no-such-group')
      return db.transaction(async (tx) => {
        const meeting = await meetings.require(tx, actor, 'breakout:note', meetingId)
        requireLive(meeting)
        await lockChairing(tx, meetingId)
        if (!can(actor, 'minutes:edit', subjectOfMeeting(meeting))) {
          const breakout = found(await store.findBreakout(tx, breakoutId), 'no-such-breakout')
          if (groupOf(breakout, await self(tx, actor, meetingId)) !== groupId) throw new AppError('not-allowed', 'not-your-group')
        }
        const before = found(await store.findNote(tx, groupId), 'no-such-group')
        if (before.text === text) return before
        if (before.version !== version) throw new AppError('conflict', 'note-changed-meanwhile')
        await store.putNote(tx, groupId, { text, by: await nameOf(tx, actor, meetingId), at: instant() })
        await audit.record(tx, actor, 'breakout:note', groupId, { meetingId, breakoutId })
        const note = found(await store.findNote(tx, groupId), 'no-such-group')
        publish(tx, meetingId, ['room'], 'breakout-note:changed', note)
        tellResult(tx, meetingId)
        return note
      })
    },

    /** Calls back the groups whose time is up. Any node may ask at any time: each round ends once. */
    async closeOverdue(): Promise<void> {
      for (const { id, meetingId } of await store.listOverdue(db.reader, instant())) {
        await db.transaction(async (tx) => {
          await lockChairing(tx, meetingId)
          // Asked again under the lock: it may have been extended, or ended by another node.
          const due = (await store.listOverdue(tx, instant())).find((one) => one.id === id)
          if (due) await end(tx, stranger, due)
        })
      }
    },
  }
}
