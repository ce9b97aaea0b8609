import { and, desc, eq } from 'drizzle-orm'
import type { MinutesVersion } from '../../shared/minutes-versions.ts'
import type { Reader, Tx } from '../db/db.ts'
import { minutesVersions } from './schema.ts'

export type NewVersion = typeof minutesVersions.$inferInsert

/** Returns false when the id is taken. */
export async function insertVersion(tx: Tx, version: NewVersion): Promise<boolean> {
  const inserted = await tx
    .insert(minutesVersions)
    .values(version)
    .onConflictDoNothing({ target: minutesVersions.id })
    .returning({ id: minutesVersions.id })
  return inserted.length > 0
}

const columns = {
  id: minutesVersions.id,
  meetingId: minutesVersions.meetingId,
  edition: minutesVersions.edition,
  kind: minutesVersions.kind,
  name: minutesVersions.name,
  contentHash: minutesVersions.contentHash,
  createdByName: minutesVersions.createdByName,
  createdAt: minutesVersions.createdAt,
}
/** One every ten minutes for days. */
const most = 1_000

/** Newest first. */
export const listVersions = (reader: Reader, meetingId: string, limit = most): Promise<MinutesVersion[]> =>
  reader
    .select(columns)
    .from(minutesVersions)
    .where(eq(minutesVersions.meetingId, meetingId))
    .orderBy(desc(minutesVersions.createdAt), desc(minutesVersions.id))
    .limit(limit)

/** A version with its state, and who made it. */
export async function findVersion(reader: Reader, id: string) {
  const [row] = await reader
    .select({ ...columns, state: minutesVersions.state, createdBy: minutesVersions.createdBy })
    .from(minutesVersions)
    .where(eq(minutesVersions.id, id))
  return row
}

export async function findSignedState(reader: Reader, meetingId: string, edition: number): Promise<Uint8Array | null> {
  const isSigned = and(eq(minutesVersions.meetingId, meetingId), eq(minutesVersions.kind, 'signed'), eq(minutesVersions.edition, edition))
  const [row] = await reader.select({ state: minutesVersions.state }).from(minutesVersions).where(isSigned)
  return row?.state ?? null
}
