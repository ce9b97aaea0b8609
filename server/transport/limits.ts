import { AppError } from '../../shared/errors.ts'

type Bucket = { tokens: number; at: number }

export type Limiter = ReturnType<typeof createLimiter>

/** Fewer keys than this are not worth looking through. */
const sweepFrom = 10_000

/**
 * A token bucket for each key, holding one minute's worth.
 * Buckets that are full again are forgotten, so memory follows the number of busy keys.
 */
export function createLimiter({ perMinute, now }: { perMinute: number; now: () => Date }) {
  const buckets = new Map<string, Bucket>()
  const perMs = perMinute / 60_000
  let sweepAt = sweepFrom

  /** The next time only when there are twice as many: looking through all of them at every call would itself be the attack. */
  function sweep(at: number) {
    for (const [key, bucket] of buckets) if (bucket.tokens + (at - bucket.at) * perMs >= perMinute) buckets.delete(key)
    sweepAt = Math.max(sweepFrom, buckets.size * 2)
  }

  function bucketOf(key: string): Bucket {
    const at = now().getTime()
    if (buckets.size > sweepAt) sweep(at)
    const bucket = buckets.get(key) ?? { tokens: perMinute, at }
    // A clock that is set back gives nothing and takes nothing.
    bucket.tokens = Math.min(perMinute, bucket.tokens + Math.max(0, at - bucket.at) * perMs)
    bucket.at = at
    buckets.set(key, bucket)
    return bucket
  }

  /** Takes, and gives 0; or takes nothing, and gives the milliseconds after which there is enough. */
  function wait(key: string, cost = 1): number {
    const bucket = bucketOf(key)
    if (bucket.tokens < cost) return Math.ceil((cost - bucket.tokens) / perMs)
    bucket.tokens -= cost
    return 0
  }

  return {
    wait,
    /** @throws AppError `too-many-requests` when the key has used up its share. */
    take(key: string, cost = 1) {
      const retryAfterMs = wait(key, cost)
      if (retryAfterMs > 0) throw tooMany(retryAfterMs)
    },
    /** Whether there is anything left. @throws AppError `too-many-requests` when there is not. */
    require(key: string) {
      const { tokens } = bucketOf(key)
      if (tokens < 1) throw tooMany(Math.ceil((1 - tokens) / perMs))
    },
  }
}

export const tooMany = (retryAfterMs: number) => new AppError('too-many-requests', 'too-many-requests', undefined, { retryAfterMs })
