import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { Tx } from '../db/db.ts'

/** A phone's clock may be ahead of ours by this much. */
const clockSkewMs = 60_000

/**
 * Whether a person's command is older than one of theirs that was followed already, or the same. Ids are UUIDv7: they grow with
 * the clock of the phone. One from a future that no clock of ours knows was made by a wrong clock, which may have been set right
 * since; it holds up nothing.
 */
export function isLate(followed: readonly string[], commandId: string, now: Date): boolean {
  const future = v7({ msecs: now.getTime() + clockSkewMs, random: new Uint8Array(16) })
  return followed.some((id) => id === commandId || (commandId < id && id < future))
}

/** One at a time for each person, so that two of their commands cannot both read what was before. Until the transaction ends. */
export async function lockPerson(tx: Tx, accountId: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 0))`)
}
