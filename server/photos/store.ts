import { and, asc, count, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Photo } from '../../shared/photos.ts'
import type { Reader, Tx } from '../db/db.ts'
import { photos } from './schema.ts'

export type Row = typeof photos.$inferSelect

/** Belongs to nothing yet. */
const isLoose = and(isNull(photos.suggestionId), isNull(photos.meetingId))

export async function findPhoto(reader: Reader, photoId: string): Promise<Row | undefined> {
  const [row] = await reader.select().from(photos).where(eq(photos.id, photoId))
  return row
}

/** Returns false when the id is taken. */
export async function insertPhoto(reader: Reader, row: Pick<Row, 'id' | 'accountId' | 'createdAt'>): Promise<boolean> {
  const rows = await reader.insert(photos).values(row).onConflictDoNothing().returning({ id: photos.id })
  return rows.length > 0
}

/** Returns false when the row is gone, or was completed by the same upload a second time. */
export async function completePhoto(tx: Tx, { id, ...kept }: Photo): Promise<boolean> {
  const rows = await tx
    .update(photos)
    .set(kept)
    .where(and(eq(photos.id, id), isNull(photos.bytes)))
    .returning({ id: photos.id })
  return rows.length > 0
}

export async function countLoose(reader: Reader, accountId: string): Promise<number> {
  const [row] = await reader
    .select({ loose: count() })
    .from(photos)
    .where(and(eq(photos.accountId, accountId), isLoose))
  return row?.loose ?? 0
}

/** In the order of their ids, so that two transactions cannot wait for each other. */
export const lockFree = (tx: Tx, ids: string[]): Promise<Pick<Row, 'id' | 'accountId'>[]> =>
  tx
    .select({ id: photos.id, accountId: photos.accountId })
    .from(photos)
    .where(and(inArray(photos.id, ids), isLoose, isNotNull(photos.bytes)))
    .orderBy(asc(photos.id))
    .for('update')

export async function attachPhotos(tx: Tx, suggestionId: string, ids: string[]) {
  await tx.update(photos).set({ suggestionId }).where(inArray(photos.id, ids))
}

export async function attachToMinutes(tx: Tx, photoId: string, meetingId: string) {
  await tx.update(photos).set({ meetingId }).where(eq(photos.id, photoId))
}

/** Locked, so that none is tied to a suggestion while its files go. */
export const lockLeft = (tx: Tx, before: string, limit: number): Promise<Pick<Row, 'id'>[]> =>
  tx
    .select({ id: photos.id })
    .from(photos)
    .where(and(isLoose, lt(photos.createdAt, before)))
    .limit(limit)
    .for('update', { skipLocked: true })

export async function deletePhotos(tx: Tx, ids: string[]) {
  await tx.delete(photos).where(inArray(photos.id, ids))
}

export async function movePhotos(tx: Tx, from: string, to: string) {
  await tx.update(photos).set({ accountId: to }).where(eq(photos.accountId, from))
}
