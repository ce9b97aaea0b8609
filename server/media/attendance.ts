import type { Logger } from 'pino'
import type { MediaSource, Participant } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Actor } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import { createSharedReads } from '../db/shared-read.ts'
import type { Publish } from '../transport/publish.ts'
import type { ParticipantRow } from './store.ts'
import * as store from './store.ts'

/** What only the live room knows of a participant. */
export type LiveState = Pick<Participant, 'present' | 'microphone' | 'camera'>

export type RegionPaths = (reader: Reader, codes: string[]) => Promise<ReadonlyMap<string, string[]>>

type Deps = {
  db: Db
  audit: AuditService
  publish: Publish
  now: () => Date
  log: Logger
  meetingOf(reader: Reader, meetingId: string): Promise<Meeting>
  regionPaths: RegionPaths
  liveStateOf(meetingId: string, participantId: string): LiveState
  /** Everybody in a room of this node. */
  presentIds(): string[]
}

const heartbeatMs = 10_000
/** Three heartbeats missed: whoever kept the span open is gone. */
const staleMs = 3 * heartbeatMs

export type Attendance = ReturnType<typeof createAttendance>

/** Who is and was in the room: one row for an account in a meeting, and the spans of its attendance. */
export function createAttendance({ db, audit, publish, now, log, meetingOf, regionPaths, liveStateOf, presentIds }: Deps) {
  const instant = () => now().toISOString()
  const staleBefore = () => new Date(now().getTime() - staleMs).toISOString()
  let beating: Promise<unknown> = Promise.resolve()

  async function beat() {
    await store.touchSpans(db.reader, presentIds(), instant())
    await store.closeStaleSpans(db.reader, staleBefore())
  }

  const keep = () => {
    beating = beat().catch((error: unknown) => log.warn({ err: error }, 'attendance could not be stored; trying again'))
  }
  keep()
  const timer = setInterval(keep, heartbeatMs).unref()

  async function present(reader: Reader, rows: ParticipantRow[], meeting: Meeting): Promise<Participant[]> {
    const paths = await regionPaths(reader, [...new Set(meeting.sites.map((site) => site.regionCode))])
    return rows.map((row) => {
      const site = meeting.sites.find((one) => one.id === row.siteId)
      return {
        ...row,
        siteName: site?.name ?? null,
        regionCode: site?.regionCode ?? null,
        regionPath: (site && paths.get(site.regionCode)) ?? [],
        ...liveStateOf(row.meetingId, row.id),
      }
    })
  }

  async function announce(tx: Tx, rows: ParticipantRow[]) {
    if (rows.length === 0) return
    // Read by the transaction itself: whoever holds a connection and waits for a second one can, in a crowd, wait for ever.
    for (const participant of await present(tx, rows, await meetingOf(tx, rows[0]!.meetingId))) {
      // Read again when it is sent: what the room knows then is at least as new as this version.
      const live = liveStateOf(participant.meetingId, participant.id)
      publish(tx, participant.meetingId, ['room'], 'participant:changed', { ...participant, ...live })
    }
  }

  const share = createSharedReads<Participant[]>()
  const due = new Set<string>()
  let telling: Promise<void> | null = null

  async function tellDue() {
    // At the end of the turn, with everything that it brings.
    await new Promise<void>((resolve) => void setImmediate(resolve))
    while (due.size > 0) {
      const ids = [...due]
      due.clear()
      await tellOf(ids).catch((error: unknown) => log.warn({ err: error }, 'a change in the room was not told'))
    }
    telling = null
  }

  const tellOf = (participantIds: string[]) =>
    db.transaction(async (tx) => {
      const rows = await store.raiseVersions(tx, participantIds)
      for (const ofMeeting of Map.groupBy(rows, (row) => row.meetingId).values()) await announce(tx, ofMeeting)
    })

  return {
    beat,
    /** Enters somebody in the register. A running span goes on, as after a reload of the page. */
    enter: (actor: Actor, meeting: Meeting, as: Omit<Parameters<typeof store.putParticipant>[1], 'meetingId'>) =>
      db.transaction(async (tx) => {
        const row = await store.putParticipant(tx, { meetingId: meeting.id, ...as })
        await store.openSpan(tx, row.id, instant(), staleBefore())
        await audit.record(tx, actor, 'room:enter', row.id, { meetingId: meeting.id, siteId: as.siteId })
        return row
      }),
    leave: (actor: Actor, participantId: string, meetingId: string) =>
      db.transaction(async (tx) => {
        const row = await store.raiseVersion(tx, participantId)
        if (!row) return
        await store.closeSpan(tx, participantId, instant())
        await audit.record(tx, actor, 'room:leave', participantId, { meetingId })
        await announce(tx, [row])
      }),
    /** Closes a source in the name of somebody of the chair's side, or lets it go (null), tells the room, and gives those for whom it changed. */
    async hold(tx: Tx, participantIds: string[], source: MediaSource, by: string | null): Promise<ParticipantRow[]> {
      const rows = await store.holdSource(tx, participantIds, source, by)
      await announce(tx, rows)
      return rows
    },
    /** Tells the room what a participant now does. Of a crowd that enters, those who came meanwhile are told of together. */
    changed(participantId: string): Promise<void> {
      due.add(participantId)
      telling ??= tellDue()
      return telling
    },
    list: (meeting: Meeting): Promise<Participant[]> =>
      share(`${meeting.id} ${meeting.version}`, async () =>
        present(db.reader, await store.listParticipants(db.reader, meeting.id), meeting),
      ),
    async close() {
      clearInterval(timer)
      await beating
      await telling
      await store.touchSpans(db.reader, presentIds(), instant()).catch(() => {})
    },
  }
}
