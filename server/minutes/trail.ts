import type { Actor } from '../../shared/policy.ts'
import type { Tx } from '../db/db.ts'

export type RecordEntry = (tx: Tx, actor: Actor, action: string, subjectId: string, details?: Record<string, unknown>) => Promise<unknown>

/** Leaves one `minutes:edit` entry an author and window, so that the audit trail says who wrote when without an entry a keystroke. */
export function createTrail(record: RecordEntry, meetingId: string, windowMs = 30_000, now: () => number = Date.now) {
  const lastAt = new Map<string | null, number>()
  const isDue = (actor: Actor) => now() - (lastAt.get(actor.accountId) ?? Number.NEGATIVE_INFINITY) >= windowMs

  return async function note(tx: Tx, actors: readonly Actor[]) {
    const authors = new Map(actors.filter(isDue).map((actor) => [actor.accountId, actor]))
    for (const actor of authors.values()) await record(tx, actor, 'minutes:edit', meetingId)
    tx.afterCommit(() => {
      for (const accountId of authors.keys()) lastAt.set(accountId, now())
    })
  }
}
