import { and, count, eq, gt, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/db.ts'
import { receiptLetters, suggestions } from './schema.ts'

type Row = typeof receiptLetters.$inferSelect

const one = async (reader: Reader, where: SQL | undefined): Promise<Row | undefined> =>
  (await reader.select().from(receiptLetters).where(where))[0]

export const find = (reader: Reader, id: string) => one(reader, eq(receiptLetters.id, id))
export const findOf = (reader: Reader, suggestionId: string, email: string) =>
  one(reader, and(eq(receiptLetters.suggestionId, suggestionId), eq(receiptLetters.email, email)))
export const findByToken = (reader: Reader, tokenHash: string) => one(reader, eq(receiptLetters.tokenHash, tokenHash))
export const listOf = (reader: Reader, suggestionId: string): Promise<Row[]> =>
  reader.select().from(receiptLetters).where(eq(receiptLetters.suggestionId, suggestionId))

/** Locked, with the receipt that it is about. */
export async function lock(tx: Tx, id: string) {
  const [row] = await tx
    .select({ letter: receiptLetters, receipt: suggestions.receipt })
    .from(receiptLetters)
    .innerJoin(suggestions, eq(suggestions.id, receiptLetters.suggestionId))
    .where(eq(receiptLetters.id, id))
    .for('update', { of: receiptLetters })
  return row && { ...row.letter, receipt: row.receipt }
}

/** One at a time asks for letters to an address, so that the limits hold. */
export async function lockEmail(tx: Tx, email: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`receipt-letters ${email}`}, 0))`)
}

const countWhere = async (reader: Reader, where: SQL | undefined) =>
  (await reader.select({ n: count() }).from(receiptLetters).where(where))[0]?.n ?? 0
export const countOf = (reader: Reader, suggestionId: string) => countWhere(reader, eq(receiptLetters.suggestionId, suggestionId))
export const countUnanswered = (reader: Reader, email: string, since: string) =>
  countWhere(reader, and(eq(receiptLetters.email, email), isNull(receiptLetters.confirmedAt), gt(receiptLetters.askedAt, since)))

export async function insert(tx: Tx, row: typeof receiptLetters.$inferInsert) {
  await tx.insert(receiptLetters).values(row)
}

export async function update(tx: Tx, id: string, changes: Partial<Omit<Row, 'id'>>) {
  await tx.update(receiptLetters).set(changes).where(eq(receiptLetters.id, id))
}

export async function remove(tx: Tx, id: string) {
  await tx.delete(receiptLetters).where(eq(receiptLetters.id, id))
}

export async function removeByStopToken(tx: Tx, stopToken: string): Promise<{ suggestionId: string } | undefined> {
  const rows = await tx
    .delete(receiptLetters)
    .where(eq(receiptLetters.stopToken, stopToken))
    .returning({ suggestionId: receiptLetters.suggestionId })
  return rows[0]
}

export async function removeOld(tx: Tx, { unconfirmedBefore, confirmedBefore }: { unconfirmedBefore: string; confirmedBefore: string }) {
  const unanswered = and(isNull(receiptLetters.confirmedAt), lt(receiptLetters.askedAt, unconfirmedBefore))
  await tx.delete(receiptLetters).where(or(unanswered, lt(receiptLetters.confirmedAt, confirmedBefore)))
}

/** Of these suggestions, and of those that were merged into them. */
export async function listConfirmed(reader: Reader, suggestionIds: readonly string[]): Promise<string[]> {
  if (suggestionIds.length === 0) return []
  const ids = [...suggestionIds]
  const rows = await reader
    .select({ id: receiptLetters.id })
    .from(receiptLetters)
    .innerJoin(suggestions, eq(suggestions.id, receiptLetters.suggestionId))
    .where(and(isNotNull(receiptLetters.confirmedAt), or(inArray(suggestions.id, ids), inArray(suggestions.mergedIntoId, ids))))
    .orderBy(receiptLetters.id)
  return rows.map(({ id }) => id)
}
