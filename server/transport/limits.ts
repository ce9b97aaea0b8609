import { AppError } from '../../shared/errors.ts'

/** At once where the program counts by itself; later where several count together. */
export type Known<T> = T | Promise<T>

/** Goes on at once with what is there already. */
export const onceKnown = <T, R>(value: Known<T>, use: (value: T) => Known<R>): Known<R> =>
  value instanceof Promise ? value.then(use) : use(value)

/** A token bucket for each key, holding one minute's worth. */
export type Limiter = {
  /** Takes, and gives 0; or takes nothing, and gives the milliseconds after which there is enough. */
  wait(key: string, cost?: number): Known<number>
  /** @throws AppError `too-many-requests` when the key has used up its share. */
  take(key: string, cost?: number): Known<void>
  /** Whether there is anything left. @throws AppError `too-many-requests` when there is not. */
  require(key: string): Known<void>
}

/** The name tells one limiter's keys from another's, on whatever node they are counted. */
export type MakeLimiter = (name: string, perMinute: number) => Limiter

/** Fewer keys than this are not worth looking through. */
const sweepFrom = 10_000

/** Buckets that are full again are forgotten, so memory follows the number of busy keys. */
export function createBuckets({ perMinute, now }: { perMinute: number; now: () => Date }) {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const perMs = perMinute / 60_000
  let sweepAt = sweepFrom

  /** The next time only when there are twice as many: looking through all of them at every call would itself be the attack. */
  function sweep(at: number) {
    for (const [key, bucket] of buckets) if (bucket.tokens + (at - bucket.at) * perMs >= perMinute) buckets.delete(key)
    sweepAt = Math.max(sweepFrom, buckets.size * 2)
  }

  function bucketOf(key: string) {
    const at = now().getTime()
    if (buckets.size > sweepAt) sweep(at)
    const bucket = buckets.get(key) ?? { tokens: perMinute, at }
    // A clock that is set back gives nothing and takes nothing.
    bucket.tokens = Math.min(perMinute, bucket.tokens + Math.max(0, at - bucket.at) * perMs)
    bucket.at = at
    buckets.set(key, bucket)
    return bucket
  }

  return {
    /** Takes the cost where there is as much as is needed, and gives 0; or gives the milliseconds until there is. */
    ask(key: string, need: number, cost: number): number {
      const bucket = bucketOf(key)
      if (bucket.tokens < need) return Math.ceil((need - bucket.tokens) / perMs)
      bucket.tokens -= cost
      return 0
    },
    /** What is left, as somebody knows who counts for more than this. */
    learn(key: string, tokens: number) {
      bucketOf(key).tokens = tokens
    },
  }
}

export function limiterFrom(ask: (key: string, need: number, cost: number) => Known<number>): Limiter {
  return {
    wait: (key, cost = 1) => ask(key, cost, cost),
    take: (key, cost = 1) => onceKnown(ask(key, cost, cost), refuse),
    require: (key) => onceKnown(ask(key, 1, 0), refuse),
  }
}

/** Counts in this program alone. */
export const limitersHere =
  (now: () => Date): MakeLimiter =>
  (_name, perMinute) =>
    limiterFrom(createBuckets({ perMinute, now }).ask)

function refuse(retryAfterMs: number) {
  if (retryAfterMs > 0) throw new AppError('too-many-requests', 'too-many-requests', undefined, { retryAfterMs })
}
