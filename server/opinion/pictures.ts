import type { Logger } from 'pino'
import type { Opinion } from '../../shared/opinion.ts'
import type { Places } from './conversation.ts'
import type { OpinionEngine } from './engine.ts'
import type { Update } from './protocol.ts'

export type Picture = { version: number; counted: Opinion; all: Opinion; placeOf: (accountId: string) => Place | null }
export type Place = { x: number; y: number; groupId: number | null }

/** A meeting that somebody has looked at lately. */
type Kept = {
  picture: Picture | null
  numbers: Map<string, number>
  running: Promise<void> | null
  timer: NodeJS.Timeout | undefined
  /** Votes have changed since the run under way began. */
  again: boolean
  finishedAt: number
  restMs: number
  lookedAtMs: number
}

type Deps = {
  engine: OpinionEngine
  setAside: (meetingId: string) => Promise<Iterable<string>>
  tell: (meetingId: string, version: number) => void
  now: () => Date
  log: Logger
  everyMs?: number
}

/** Nobody has looked for so long: it is drawn anew when somebody does. */
const keptForMs = 30 * 60_000
/** Of the computing thread's time a meeting takes a fifth at most. */
const restsTimes = 4

/** The latest picture of each meeting that somebody looks at, drawn anew a few seconds after its votes change. */
export function createPictures({ engine, setAside, tell, now, log, everyMs = 3_000 }: Deps) {
  const meetings = new Map<string, Kept>()
  let closed = false

  function keep(meetingId: string): Kept {
    const known = meetings.get(meetingId)
    if (known) return known
    const lookedAtMs = now().getTime()
    const fresh: Kept = {
      picture: null,
      numbers: new Map(),
      running: null,
      timer: undefined,
      again: false,
      finishedAt: Number.NEGATIVE_INFINITY,
      restMs: everyMs,
      lookedAtMs,
    }
    meetings.set(meetingId, fresh)
    return fresh
  }

  function run(meetingId: string, kept: Kept): Promise<void> {
    clearTimeout(kept.timer)
    kept.timer = undefined
    kept.again = false
    kept.running ??= draw(meetingId, kept).finally(() => {
      kept.running = null
      kept.finishedAt = performance.now()
      if (kept.again && !closed) schedule(meetingId, kept)
    })
    return kept.running
  }

  async function draw(meetingId: string, kept: Kept) {
    const update = await engine.refresh(meetingId, await setAside(meetingId))
    kept.picture = pictureOf(update, kept, now())
    kept.restMs = Math.max(everyMs, restsTimes * update.computedInMs)
    tell(meetingId, kept.picture.version)
    letGo()
  }

  function schedule(meetingId: string, kept: Kept) {
    kept.timer ??= setTimeout(
      () => run(meetingId, kept).catch((error: unknown) => log.warn({ err: error, meetingId }, 'no new picture of opinions')),
      Math.max(0, kept.finishedAt + kept.restMs - performance.now()),
    )
  }

  /** Those that nobody looks at any more. */
  function letGo() {
    const before = now().getTime() - keptForMs
    for (const [meetingId, { lookedAtMs, running, timer }] of meetings) {
      if (lookedAtMs > before || running || timer) continue
      meetings.delete(meetingId)
      void engine.forget(meetingId).catch(() => {})
    }
  }

  return {
    /** The votes of a meeting have changed. While nobody looks at its picture, nothing is drawn. */
    touch(meetingId: string) {
      const kept = meetings.get(meetingId)
      if (!kept || closed) return
      if (kept.running) kept.again = true
      else if (kept.lookedAtMs > now().getTime() - keptForMs) schedule(meetingId, kept)
      else if (!kept.timer) {
        meetings.delete(meetingId)
        void engine.forget(meetingId).catch(() => {})
      }
    },

    /** The latest there is; the first time it is drawn at once. */
    async latest(meetingId: string): Promise<Picture> {
      const kept = keep(meetingId)
      kept.lookedAtMs = now().getTime()
      if (!kept.picture) await (kept.running ?? run(meetingId, kept))
      return kept.picture!
    },

    /** What keeps the names of the groups is stored; a picture under way is waited for. */
    async close() {
      closed = true
      const known = [...meetings]
      for (const [, { timer }] of known) clearTimeout(timer)
      meetings.clear()
      await Promise.allSettled(known.map(([meetingId]) => engine.forget(meetingId)))
      await engine.close()
    },
  }
}

function pictureOf({ counted, all, from, newPeople, places }: Update, kept: Kept, at: Date): Picture {
  // The thread has begun anew, and numbers everybody anew.
  if (from === 0) kept.numbers = new Map()
  newPeople.forEach((accountId, place) => {
    kept.numbers.set(accountId, from + place)
  })
  const { numbers } = kept
  const version = Math.max(at.getTime(), (kept.picture?.version ?? 0) + 1)
  return { version, counted, all, placeOf: (accountId) => placeIn(places, numbers.get(accountId)) }
}

function placeIn({ groupOf, x, y }: Places, number: number | undefined): Place | null {
  if (number === undefined || number >= groupOf.length) return null
  const group = groupOf[number]!
  return { x: x[number]!, y: y[number]!, groupId: group < 0 ? null : group }
}
