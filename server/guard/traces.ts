import { createHmac } from 'node:crypto'
import type { Logger } from 'pino'
import type { Actor } from '../../shared/policy.ts'
import type { Db } from '../db/db.ts'
import { networkOf } from '../transport/address.ts'
import * as store from './store.ts'

type Deps = { db: Db; secret: string; now: () => Date; log: Logger }
export type Trace = { deviceId: string | null; network: string }

const mostInMemory = 50_000

/**
 * From which device and line accounts took part first. Written a moment later and together: what is lost with a killed
 * program is evidence of one second, and nobody's post waits for it.
 */
export function createTraces({ db, secret, now, log }: Deps) {
  const known = new Map<string, Trace>()
  const waiting: store.TraceRow[] = []
  let writing: Promise<void> = Promise.resolve()

  const hashes = new Map<string, string>()
  /** The line, told from others without saying which it is. A hall's phones all come by one. */
  function hashed(address: string): string {
    const before = hashes.get(address)
    if (before) return before
    const hash = createHmac('sha256', secret)
      .update(`network ${networkOf(address)}`)
      .digest('base64url')
      .slice(0, 16)
    if (hashes.size >= mostInMemory) hashes.clear()
    hashes.set(address, hash)
    return hash
  }

  async function write() {
    const rows = waiting.splice(0)
    try {
      if (rows.length > 0) await store.insertTraces(db.reader, rows)
    } catch (error) {
      log.warn({ err: error }, 'from where people took part could not be written')
    }
  }

  return {
    see(actor: Actor): Trace {
      const trace = { deviceId: actor.origin?.deviceId ?? null, network: hashed(actor.origin?.address ?? '') }
      if (actor.accountId && !known.has(actor.accountId)) {
        if (known.size >= mostInMemory) known.clear()
        known.set(actor.accountId, trace)
        waiting.push({ accountId: actor.accountId, ...trace, at: now().toISOString() })
      }
      return trace
    },
    async of(accountId: string): Promise<Trace | undefined> {
      return known.get(accountId) ?? store.findTrace(db.reader, accountId)
    },
    flush: () => (writing = writing.then(write)),
  }
}
