import { setTimeout as delay } from 'node:timers/promises'
import { v7 } from 'uuid'
import type { Recording, RecordingEnd, RecordingSource } from '../../shared/recording.ts'
import type { Outgoing } from '../media/sender.ts'
import type { Tap, Taps } from '../media/taps.ts'
import type { Ffmpeg, Outcome, Writer } from './ffmpeg.ts'
import type { RecordingFiles } from './files.ts'
import { freePortPair } from './ports.ts'
import { describe } from './sdp.ts'
import type { Turn } from './store.ts'

export type Begun = Pick<Recording, 'id' | 'meetingId' | 'speechId' | 'source' | 'hasAudio' | 'hasVideo' | 'startedAt'>
export type Ended = Pick<Recording, 'id' | 'meetingId' | 'startedAt' | 'endedAt' | 'seconds' | 'bytes' | 'end'>

type Deps = {
  taps: Pick<Taps, 'open'>
  ffmpeg: Ffmpeg
  files: RecordingFiles
  now: () => Date
  /** Stores that a file begins, and gives its name. */
  register(begun: Begun): Promise<{ file: string }>
}

export type Capture = {
  speechId: string
  has(outgoing: Outgoing): boolean
  hasVideo: boolean
  /** Resolves to true when its first packets are in the file, to false when it has ended without. */
  begun: Promise<boolean>
  /** Resolves once nothing more is written: true if it ended as it should. What is there is looked after then. */
  over: Promise<boolean>
  ended: Promise<Ended>
  stop(): void
}

/** Until the first picture is there it is asked for this often: ffmpeg may not have listened yet. */
const keyFrameEveryMs = 300
const patienceMs = 1_500

/** Begins one file with these streams. What goes wrong after it has been registered ends it, as what it came to. */
export async function beginCapture(deps: Deps, turn: Turn, source: RecordingSource, streams: Outgoing[]): Promise<Capture> {
  const { meetingId, speechId } = turn
  const has = (kind: string) => streams.some(({ producer }) => producer.kind === kind)
  const startedAt = deps.now().toISOString()
  const begun = { id: v7(), meetingId, speechId, source, startedAt, hasAudio: has('audio'), hasVideo: has('video') }
  const { file } = await deps.register(begun)
  const writing = start(deps, meetingId, file, streams)
  let stopped: Date | null = null
  return {
    speechId,
    hasVideo: begun.hasVideo,
    has: (outgoing) => streams.includes(outgoing),
    begun: writing.then(({ started }) => started).catch(() => false),
    over: writing.then(async ({ ended }) => (await ended).ok).catch(() => false),
    ended: writing.then(
      async ({ ended }) => finish(deps, begun, file, await ended, stopped),
      () => ({ ...begun, endedAt: deps.now().toISOString(), seconds: null, bytes: null, end: 'lost' as const }),
    ),
    stop() {
      if (stopped) return
      stopped = deps.now()
      // Stopped before the first picture has come, it would leave nothing of a short speech.
      writing.then(async ({ writer, started }) => Promise.race([started, delay(patienceMs)]).then(() => writer.stop())).catch(() => {})
    },
  }
}

async function start({ taps, ffmpeg, files }: Deps, meetingId: string, file: string, streams: Outgoing[]) {
  const path = await files.place(meetingId, file)
  const opened: Tap[] = []
  try {
    // One after the other: two at once might be given the same ports.
    for (const outgoing of streams) opened.push(await taps.open(meetingId, outgoing, await freePortPair()))
  } catch (error) {
    for (const tap of opened) tap.close()
    throw error
  }
  const writer = ffmpeg.write(describe(opened), path)
  return { writer, started: askForPictures(writer, opened), ended: writer.ended.finally(() => opened.forEach((tap) => void tap.close())) }
}

function askForPictures(writer: Writer, opened: Tap[]): Promise<boolean> {
  const ask = () => opened.filter(({ kind }) => kind === 'video').forEach((tap) => void tap.requestKeyFrame())
  const timer = setInterval(ask, keyFrameEveryMs)
  const started = new Promise<boolean>((resolve) => writer.onStart(() => resolve(true)))
  return Promise.race([started, writer.ended.then(() => false)]).finally(() => clearInterval(timer))
}

async function finish({ ffmpeg, files, now }: Deps, begun: Begun, file: string, outcome: Outcome, stopped: Date | null): Promise<Ended> {
  const { seconds } = outcome.ok ? outcome : await ffmpeg.repair(await files.place(begun.meetingId, file))
  const bytes = await files.keep(begun.meetingId, file)
  const end: RecordingEnd = bytes === null || seconds === null ? 'lost' : outcome.ok ? 'finished' : 'interrupted'
  const endedAt = stopped ?? now()
  return { ...begun, startedAt: beginning(begun, endedAt, seconds), endedAt: endedAt.toISOString(), seconds, bytes, end }
}

/** The first packet comes a little after the start, and the last with the end: the file's own length says when it began. */
function beginning({ startedAt }: Begun, endedAt: Date, seconds: number | null): string {
  if (seconds === null) return startedAt
  const byLength = endedAt.getTime() - seconds * 1_000
  return new Date(Math.min(Math.max(byLength, Date.parse(startedAt)), endedAt.getTime())).toISOString()
}
