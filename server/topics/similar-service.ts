import { AppError } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Similar } from '../../shared/themes.ts'
import type { Db } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { MakeLimiter } from '../transport/limits.ts'
import type { TextEngine } from './engine.ts'
import * as store from './theme-store.ts'

type Deps = { db: Db; meetings: Pick<MeetingService, 'require'>; engine: Pick<TextEngine, 'ask'>; limiter: MakeLimiter; now: () => Date }

/** What was published within this time may be missing among the similar ones. */
const freshMs = 5_000
const keptAnswers = 2_000
/** A writer pauses some ten times while writing; those without an account are counted by meeting, since nothing else is known of them here. */
const perMinute = { account: 60, strangers: 6_000 }

/** Tells writers what was said already, so that they may support it instead. */
export function createSimilarService({ db, meetings, engine, limiter, now }: Deps) {
  const accounts = limiter('similar', perMinute.account)
  const strangers = limiter('similar-strangers', perMinute.strangers)
  const indexes = new Map<string, { madeAt: number; made: Promise<unknown> }>()
  const answers = new Map<string, { madeAt: number; ids: Promise<string[]> }>()

  /** One index for all who ask at the same time. */
  function freshIndex(meetingId: string): { madeAt: number; made: Promise<unknown> } {
    const known = indexes.get(meetingId)
    if (known && now().getTime() - known.madeAt < freshMs) return known
    const made = store.listPublicTexts(db.reader, meetingId).then((documents) => engine.ask('index', { meetingId, documents }))
    const index = { madeAt: now().getTime(), made }
    made.catch(() => indexes.delete(meetingId))
    keep(indexes, meetingId, index, 200)
    return index
  }

  async function find(meetingId: string, text: string): Promise<string[]> {
    await freshIndex(meetingId).made
    const ids = await engine.ask('similar', { meetingId, text })
    // The thread has begun anew since.
    if (ids === null) indexes.delete(meetingId)
    return ids ?? []
  }

  function findOnce(meetingId: string, text: string): Promise<string[]> {
    const key = `${meetingId} ${text}`
    const { madeAt } = freshIndex(meetingId)
    const known = answers.get(key)
    if (known && known.madeAt === madeAt) return known.ids
    const ids = find(meetingId, text)
    ids.catch(() => answers.delete(key))
    keep(answers, key, { madeAt, ids }, keptAnswers)
    return ids
  }

  return {
    /** At most three, and none rather than late. @throws AppError `too-many-requests`. */
    async find(actor: Actor, { meetingId, text }: { meetingId: string; text: string }): Promise<Similar[]> {
      await (actor.accountId ? accounts.take(actor.accountId) : strangers.take(meetingId))
      await meetings.require(db.reader, actor, 'meeting:read', meetingId)
      const ids = await findOnce(meetingId, text).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'unavailable') return []
        throw error
      })
      return store.readSimilar(db.reader, meetingId, ids)
    },
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T, most: number) {
  map.delete(key)
  map.set(key, value)
  if (map.size > most) map.delete(map.keys().next().value!)
}
