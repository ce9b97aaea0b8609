import { createHmac } from 'node:crypto'
import type { Logger } from 'pino'
import { createClient } from 'redis'
import { createBuckets, limiterFrom, limitersHere, type MakeLimiter } from '../transport/limits.ts'
import { type Once, onceHere } from '../transport/once.ts'

/** What is counted for all nodes of a cluster, or for the one program that there is. */
export type Counting = { limiter: MakeLimiter; once: Once; close(): void }

export const countingHere = (now: () => Date): Counting => ({ limiter: limitersHere(now), once: onceHere(now), close() {} })

/** Whoever waits for an answer is a person: after this long a node counts alone. */
const patienceMs = 300

/**
 * The bucket of `createBuckets`, for all nodes. The nodes' clocks differ: time only goes on, so that none of them fills it twice.
 * Gives the milliseconds to wait, and what is left.
 */
const script = `
local known = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local at, perMinute, need, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local from = tonumber(known[2] or at)
local perMs = perMinute / 60000
local tokens = math.min(perMinute, tonumber(known[1] or perMinute) + math.max(0, at - from) * perMs)
local wait = 0
if tokens < need then wait = math.ceil((need - tokens) / perMs) else tokens = tokens - cost end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.0f', math.max(at, from)))
redis.call('PEXPIRE', KEYS[1], 60000)
return {wait, tostring(tokens)}`

type Deps = { url: string; secret: string; now: () => Date; log: Logger }

/**
 * Counts by Redis, so that what somebody may do in a minute is the same however many nodes there are. A node that cannot reach it
 * counts alone until it can: being a little too generous is better than turning everybody away.
 */
export async function joinCounting({ url, secret, now, log }: Deps): Promise<Counting> {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 3_000) },
  })
  client.on('error', (error: unknown) => log.warn({ err: error }, 'Redis is not reachable; limits are counted here'))
  await client.connect()
  /** Addresses are nobody else's to read. */
  const keyOf = (kind: string, key: string) => `yishi:${kind}:${createHmac('sha256', secret).update(key).digest('base64url').slice(0, 22)}`
  const alone = onceHere(now)

  const limiter: MakeLimiter = (name, perMinute) => {
    const here = createBuckets({ perMinute, now })

    async function askAll(key: string, need: number, cost: number): Promise<number> {
      try {
        const wish = [now().getTime(), perMinute, need, cost].map(String)
        const answer = await soon(client.eval(script, { keys: [keyOf(`limit:${name}`, key)], arguments: wish }))
        // The script's own words: it is a few lines above.
        const [waitMs, left] = answer as [number, string]
        here.learn(key, Number(left))
        return waitMs
      } catch {
        return here.ask(key, need, cost)
      }
    }

    // All nodes together have taken at least what this one knows of, so what it refuses need not be asked: a flood stays here.
    return limiterFrom((key, need, cost) => here.ask(key, need, 0) || askAll(key, need, cost))
  }

  return {
    limiter,
    once: {
      async take(what, untilMs) {
        const leftMs = Math.max(1, untilMs - now().getTime())
        try {
          return (await soon(client.set(keyOf('once', what), '1', { condition: 'NX', expiration: { type: 'PX', value: leftMs } }))) !== null
        } catch {
          return alone.take(what, untilMs)
        }
      },
    },
    close: () => client.destroy(),
  }
}

function soon<T>(asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, patienceMs, new Error('Redis does not answer'))
    asked.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
