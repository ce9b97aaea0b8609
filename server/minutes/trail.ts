import type { Actor } from '../../shared/policy.ts'
import type { Tx } from '../db/db.ts'
import type { Group } from './journal.ts'

export type RecordEntry = (tx: Tx, actor: Actor, action: string, subjectId: string, details?: Record<string, unknown>) => Promise<unknown>

type Note = { meetingId: string; actor: Actor }

/** Leaves one `minutes:edit` entry an author and window, so that the audit trail says who wrote when without an entry a keystroke. */
export function createTrail(record: RecordEntry, windowMs = 30_000, now: () => number = Date.now) {
  const lastAt = new Map<string, number>()
  const keyOf = ({ meetingId, actor }: Note) => `${meetingId} ${actor.accountId}`
  const isDue = (note: Note) => now() - (lastAt.get(keyOf(note)) ?? Number.NEGATIVE_INFINITY) >= windowMs

  /** Old windows say nothing any more. */
  function forgetOld() {
    for (const [key, at] of lastAt) if (now() - at >= windowMs) lastAt.delete(key)
  }

  return {
    /** What has to be recorded in the transaction of these changes; null when nothing has. */
    due(groups: readonly Group[]): ((tx: Tx) => Promise<void>) | null {
      const all = groups.flatMap(({ meetingId, actors }) => actors.map((actor): Note => ({ meetingId, actor })))
      const notes = new Map(all.filter(isDue).map((note) => [keyOf(note), note]))
      if (notes.size === 0) return null
      return async (tx) => {
        for (const { meetingId, actor } of notes.values()) await record(tx, actor, 'minutes:edit', meetingId)
        tx.afterCommit(() => {
          forgetOld()
          for (const key of notes.keys()) lastAt.set(key, now())
        })
      }
    },
  }
}
