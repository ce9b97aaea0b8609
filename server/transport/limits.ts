import { AppError } from '../../shared/errors.ts'

type Bucket = { tokens: number; at: number }

export type Limiter = ReturnType<typeof createLimiter>

/**
 * A token bucket for each key, holding one minute's worth.
 * Buckets that are full again are forgotten, so memory follows the number of busy keys.
 */
export function createLimiter({ perMinute, now }: { perMinute: number; now: () => Date }) {
  const buckets = new Map<string, Bucket>()
  const perMs = perMinute / 60_000

  function sweep(at: number) {
    for (const [key, bucket] of buckets) if (bucket.tokens + (at - bucket.at) * perMs >= perMinute) buckets.delete(key)
  }

  return {
    /** @throws AppError `too-many-requests` when the key has used up its share. */
    take(key: string, cost = 1) {
      const at = now().getTime()
      if (buckets.size > 10_000) sweep(at)
      const bucket = buckets.get(key) ?? { tokens: perMinute, at }
      // A clock that is set back gives nothing and takes nothing.
      bucket.tokens = Math.min(perMinute, bucket.tokens + Math.max(0, at - bucket.at) * perMs)
      bucket.at = at
      buckets.set(key, bucket)
      if (bucket.tokens < cost) throw new AppError('too-many-requests', 'too-many-requests')
      bucket.tokens -= cost
    },
  }
}
