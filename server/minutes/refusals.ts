import type { Logger } from 'pino'
import type { WriteRefusal } from '../../shared/minutes-stages.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Db } from '../db/db.ts'
import type { RecordEntry } from './trail.ts'

export type Refusals = ReturnType<typeof createRefusals>

/**
 * Leaves an audit entry of changes that were not taken: one an account, reason and window, so that whoever sends a thousand
 * leaves one and not a thousand. The log hears of the first of each window as well.
 */
export function createRefusals(
  { db, record, log }: { db: Db; record: RecordEntry; log: Logger },
  windowMs = 10_000,
  now: () => number = Date.now,
) {
  const lastAt = new Map<string, number>()
  const underWay = new Set<Promise<void>>()

  function isDue(key: string): boolean {
    for (const [known, at] of lastAt) if (now() - at >= windowMs) lastAt.delete(known)
    if (lastAt.has(key)) return false
    lastAt.set(key, now())
    return true
  }

  return {
    note(actor: Actor, meetingId: string, reason: WriteRefusal) {
      if (!isDue(`${meetingId} ${actor.accountId} ${reason}`)) return
      log.info({ meetingId, accountId: actor.accountId, reason }, 'a change of the minutes was refused')
      const recorded: Promise<void> = db
        .transaction(async (tx) => void (await record(tx, actor, 'minutes:refused', meetingId, { reason })))
        .catch((error: unknown) => log.error({ err: error, meetingId }, 'a refused change of the minutes could not be recorded'))
        .finally(() => underWay.delete(recorded))
      underWay.add(recorded)
    },
    /** Waits for what is being recorded. */
    close: async () => void (await Promise.all(underWay)),
  }
}
