import { and, desc, eq } from 'drizzle-orm'
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

export async function findNewest(reader: Reader, meetingId: string) {
  const [row] = await reader
    .select({ id: minutesVersions.id, contentHash: minutesVersions.contentHash, createdAt: minutesVersions.createdAt })
    .from(minutesVersions)
    .where(eq(minutesVersions.meetingId, meetingId))
    .orderBy(desc(minutesVersions.createdAt), desc(minutesVersions.id))
    .limit(1)
  return row
}

export async function findVersion(reader: Reader, meetingId: string, versionId: string) {
  const [row] = await reader
    .select()
    .from(minutesVersions)
    .where(and(eq(minutesVersions.id, versionId), eq(minutesVersions.meetingId, meetingId)))
  return row
}
