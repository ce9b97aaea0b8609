import type { Logger } from 'pino'
import type { MediaSource } from '../../shared/media.ts'
import { type RecordingSource, recordingSources } from '../../shared/recording.ts'
import type { Outgoing } from '../media/sender.ts'
import type { Taps } from '../media/taps.ts'
import type { Capture, Ended } from './capture.ts'
import type { Turn } from './store.ts'

type Deps = {
  taps: Pick<Taps, 'streams' | 'onChange'>
  /** The speeches that are to be recorded now, in every meeting. */
  turns(): Promise<Turn[]>
  begin(turn: Turn, source: RecordingSource, streams: Outgoing[]): Promise<Capture>
  onEnded(ended: Ended): Promise<void>
  log: Logger
}

/** News may be lost, and the word be given on another node: what is stored is looked at this often. */
const everyMs = 1_000
/** After a failure the next part begins after this time, which doubles with each failure of a speech. */
const firstPauseMs = 500
const longestPauseMs = 10_000

export type Recorder = ReturnType<typeof createRecorder>

/** Keeps what is being recorded the same as what is to be: it looks, compares, begins and stops, and nothing else. */
export function createRecorder({ taps, turns, begin, onEnded, log }: Deps) {
  const running = new Map<string, Capture>()
  /** Those that shall take the place of one that runs. */
  const trying = new Map<string, Capture>()
  const failures = new Map<string, { count: number; until: number; noPicture: boolean }>()
  const ending = new Set<Promise<void>>()
  let closed = false

  function fails(key: string, noPicture: boolean) {
    const count = (failures.get(key)?.count ?? 0) + 1
    failures.set(key, { count, until: performance.now() + Math.min(firstPauseMs * 2 ** (count - 1), longestPauseMs), noPicture })
  }

  function follow(key: string, capture: Capture) {
    const end = capture.ended
      .then(onEnded)
      .catch((error: unknown) => log.error({ err: error }, 'the end of a recording was not stored; the next start does it'))
      .finally(() => ending.delete(end))
    ending.add(end)
    // The next part does not wait for what has to be done to this one.
    void capture.over.then(async (well) => {
      const current = running.get(key) === capture
      if (!current && trying.get(key) !== capture) return
      if (current) running.delete(key)
      else trying.delete(key)
      if (!well) fails(key, capture.hasVideo && !(await capture.begun))
      void look()
    })
  }

  /** Begins a file. One that runs goes on until the new one does: something may be recorded twice, but nothing not at all. */
  async function start(key: string, turn: Turn, source: RecordingSource, streams: Outgoing[]) {
    const before = running.get(key)
    const capture = await begin(turn, source, streams)
    if (before) trying.set(key, capture)
    else running.set(key, capture)
    follow(key, capture)
    void capture.begun.then((well) => {
      if (!well || trying.get(key) !== capture) return
      trying.delete(key)
      running.set(key, capture)
      before?.stop()
    })
  }

  function stopAll(key: string) {
    const captures = [running.get(key), trying.get(key)]
    for (const map of [running, trying, failures]) map.delete(key)
    for (const capture of captures) capture?.stop()
  }

  async function settle(meetingId: string, turn: Turn | undefined, source: RecordingSource) {
    const key = `${meetingId}/${source}`
    const streams = turn ? streamsOf(turn, source, taps.streams(meetingId)) : []
    const current = running.get(key) ?? trying.get(key)
    if (current && (current.speechId !== turn?.speechId || streams.length === 0)) stopAll(key)
    if (!turn) failures.delete(key)
    const failure = failures.get(key)
    // Where no picture comes, the voice is not lost with it.
    const voices = streams.filter(({ producer, flow }) => producer.kind === 'audio' && !flow.paused)
    const wanted = failure?.noPicture && !running.has(key) && voices.length > 0 ? voices : streams
    const flowing = wanted.filter(({ flow }) => !flow.paused)
    const missing = flowing.some((outgoing) => !running.get(key)?.has(outgoing))
    if (!turn || !missing || trying.has(key) || (failure?.until ?? 0) > performance.now()) return
    await start(key, turn, source, wanted).catch((error: unknown) => {
      fails(key, false)
      log.error({ err: error, meetingId, source }, 'a recording did not begin; trying again')
    })
  }

  async function compare() {
    const wanted = new Map(closed ? [] : (await turns()).map((turn) => [turn.meetingId, turn]))
    const meetings = new Set([...wanted.keys(), ...[...running.keys(), ...trying.keys()].map((key) => key.slice(0, key.indexOf('/')))])
    for (const meetingId of meetings) for (const source of recordingSources) await settle(meetingId, wanted.get(meetingId), source)
  }

  let looking: Promise<void> | null = null
  let again = false
  /** One look at a time; whoever asks during one is answered by the next. */
  function look(): Promise<void> {
    if (looking) {
      again = true
      return looking
    }
    looking = compare()
      .catch((error: unknown) => log.warn({ err: error }, 'what is to be recorded could not be read; trying again'))
      .finally(() => {
        looking = null
        if (!again) return
        again = false
        return look()
      })
    return looking
  }

  taps.onChange(() => void look())
  const timer = setInterval(() => void look(), everyMs).unref()
  return {
    look,
    /** Ends every file properly. */
    async close() {
      closed = true
      clearInterval(timer)
      await look()
      await look()
      await Promise.all(ending)
    },
  }
}

/** The microphone is taken in even while it is closed; a camera without pictures would have no place in the file. */
function streamsOf({ participantId }: Turn, source: RecordingSource, all: Outgoing[]): Outgoing[] {
  const of = (wanted: MediaSource, from: Outgoing[]) => from.filter((outgoing) => outgoing.source === wanted)
  const open = (some: Outgoing[]) => some.filter(({ flow }) => !flow.paused)
  const own = all.filter((outgoing) => outgoing.participantId === participantId)
  if (source === 'speaker') return [...of('microphone', own), ...open(of('camera', own))]
  const screen = open(of('screen', all))
  return screen.length > 0 ? [...of('screen-audio', all), ...screen] : []
}
