import type { Logger } from 'pino'
import { AppError, found } from '../../shared/errors.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Recording, RecordingState } from '../../shared/recording.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { FloorService } from '../floor/service.ts'
import type { MediaService } from '../media/service.ts'
import { type MeetingService, requireLive } from '../meetings/service.ts'
import type { Storage } from '../storage/storage.ts'
import type { Publish } from '../transport/publish.ts'
import { type Begun, beginCapture, type Ended } from './capture.ts'
import { createFfmpeg } from './ffmpeg.ts'
import type { RecordingFiles } from './files.ts'
import { endWriterOf } from './leftovers.ts'
import { createRecorder } from './recorder.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require' | 'byId' | 'onEnd'>
  floor: Pick<FloorService, 'onChange'>
  media: Pick<MediaService, 'taps'>
  publish: Publish
  now: () => Date
  log: Logger
  files: RecordingFiles
  ffmpegBinary: string
}

const manifestFile = 'manifest.json'

export type RecordingService = ReturnType<typeof createRecordingService>

/** Speeches as files: by the chair's decision, told to everybody in the room. */
export function createRecordingService({ db, audit, meetings, floor, media, publish, now, log, files, ffmpegBinary }: Deps) {
  const ffmpeg = createFfmpeg({ binary: ffmpegBinary, log })
  const stateOf = async (row: store.Switch): Promise<RecordingState> => ({ ...row, available: await ffmpeg.available() })
  let manifests: Promise<unknown> = Promise.resolve()

  async function tell(tx: Tx, meetingId: string, changes: { on?: boolean } = {}): Promise<RecordingState> {
    const state = await stateOf(await store.raiseSwitch(tx, meetingId, changes))
    publish(tx, meetingId, ['room'], 'recording:changed', state)
    return state
  }

  const recorder = createRecorder({
    taps: media.taps,
    async turns() {
      await recovered
      return store.listTurns(db.reader)
    },
    begin: (turn, source, streams) => beginCapture({ taps: media.taps, ffmpeg, files, now, register }, turn, source, streams),
    onEnded: settle,
    log,
  })
  floor.onChange(() => void recorder.look())

  async function register(begun: Begun) {
    const host = await files.owner()
    return db.transaction((tx) => store.insertRecording(tx, { ...begun, host }))
  }

  async function settle({ id, meetingId, ...ended }: Ended) {
    await db.transaction(async (tx) => {
      await store.endRecording(tx, id, ended)
      await tell(tx, meetingId)
    })
    if (ended.end !== 'finished') log.warn({ meetingId, recording: id, end: ended.end }, 'a recording did not end as it should')
    manifests = manifests.then(() => writeManifest(meetingId))
    await manifests
  }

  async function writeManifest(meetingId: string) {
    try {
      const [meeting, recordings] = await Promise.all([meetings.byId(db.reader, meetingId), store.listRecordings(db.reader, meetingId)])
      await files.writeText(meetingId, manifestFile, JSON.stringify(manifestOf(meeting, recordings), null, 2))
    } catch (error) {
      log.error({ err: error, meetingId }, 'the manifest of the recordings could not be written; the next one will be')
    }
  }

  /** Closes what a crash has left open, and keeps what can be read of it. */
  async function recover() {
    for (const { id, meetingId, file, startedAt } of await store.listLeftOpen(db.reader, await files.owner())) {
      const path = await files.place(meetingId, file)
      await endWriterOf(path)
      const { seconds } = await ffmpeg.repair(path)
      const bytes = await files.keep(meetingId, file)
      const endedAt = new Date(Date.parse(startedAt) + (seconds ?? 0) * 1_000).toISOString()
      await settle({ id, meetingId, startedAt, endedAt, seconds, bytes, end: bytes === null ? 'lost' : 'interrupted' })
    }
  }
  const recovered = recover().catch((error: unknown) => log.error({ err: error }, 'recordings left open could not be closed'))

  meetings.onEnd(async (tx, _, { id }) => {
    if ((await store.readSwitch(tx, id)).on) await tell(tx, id, { on: false })
    tx.afterCommit(() => void recorder.look())
  })

  const switching = (actor: Actor, meetingId: string, on: boolean): Promise<RecordingState> =>
    db.transaction(async (tx) => {
      const meeting = await meetings.require(tx, actor, 'recording:control', meetingId)
      requireLive(meeting)
      if (on && !(await ffmpeg.available())) throw new AppError('unavailable', 'recording-unavailable')
      const before = await store.lockSwitch(tx, meetingId)
      if (before.on === on) return stateOf(before)
      await audit.record(tx, actor, on ? 'recording:start' : 'recording:stop', meetingId)
      tx.afterCommit(() => void recorder.look())
      return tell(tx, meetingId, { on })
    })

  return {
    start: (actor: Actor, { meetingId }: { meetingId: string }) => switching(actor, meetingId, true),
    stop: (actor: Actor, { meetingId }: { meetingId: string }) => switching(actor, meetingId, false),

    async list(actor: Actor, { meetingId }: { meetingId: string }): Promise<RecordingState & { recordings: Recording[] }> {
      await meetings.require(db.reader, actor, 'recording:replay', meetingId)
      const [state, recordings] = await Promise.all([store.readSwitch(db.reader, meetingId), store.listRecordings(db.reader, meetingId)])
      return { ...(await stateOf(state)), recordings }
    },

    /** Where the file of a recording is. @throws AppError `conflict` while it is being written. */
    async file(actor: Actor, meetingId: string, id: string): Promise<{ key: string; in: Storage }> {
      await meetings.require(db.reader, actor, 'recording:replay', meetingId)
      const recording = found(await store.findRecording(db.reader, meetingId, id), 'no-such-recording')
      if (recording.end === null) throw new AppError('conflict', 'recording-in-progress')
      return found(await files.find(meetingId, recording.file), 'no-such-recording')
    },

    /** Closes every file; those that a crash left are closed at the next start. */
    async close() {
      await recovered
      await recorder.close()
      await manifests
    },
  }
}

const manifestOf = ({ id, title, agenda }: Meeting, recordings: Recording[]) => ({
  meetingId: id,
  title,
  agenda: agenda.map((item) => ({
    agendaItemId: item.id,
    title: item.title,
    recordings: recordings.filter(({ agendaItemId }) => agendaItemId === item.id),
  })),
  withoutAgendaItem: recordings.filter(({ agendaItemId }) => agendaItemId === null),
})
