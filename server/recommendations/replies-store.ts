import { and, asc, eq, inArray, isNull, max } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reply, ReplyDraft } from '../../shared/recommendations.ts'
import type { Reader, Tx } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import { replies, replyDrafts, replyItems } from './schema.ts'

/** Every answer to these assignments, the first one first. */
export async function readReplies(reader: Reader, assignmentIds: string[]): Promise<Map<string, Reply[]>> {
  if (assignmentIds.length === 0) return new Map()
  const drafter = alias(accounts, 'drafter')
  const rows = await reader
    .select({ reply: replies, repliedBy: accounts.name, draftedBy: drafter.name })
    .from(replies)
    .innerJoin(accounts, eq(accounts.id, replies.repliedBy))
    .leftJoin(drafter, eq(drafter.id, replies.draftedBy))
    .where(inArray(replies.assignmentId, assignmentIds))
    .orderBy(asc(replies.version))
  const items = await readItems(
    reader,
    rows.map(({ reply }) => reply.id),
  )
  const found = new Map<string, Reply[]>()
  for (const { reply, repliedBy, draftedBy } of rows) {
    const { assignmentId, ...rest } = reply
    const own = found.get(assignmentId) ?? []
    found.set(assignmentId, own)
    own.push({
      ...rest,
      repliedBy,
      draftedBy,
      items: items.filter(({ replyId }) => replyId === reply.id).map(({ replyId: _, ...item }) => item),
    })
  }
  return found
}

const readItems = async (reader: Reader, replyIds: string[]) =>
  replyIds.length === 0 ? [] : reader.select().from(replyItems).where(inArray(replyItems.replyId, replyIds))

type New = Omit<typeof replies.$inferInsert, 'version'> & { items: Reply['items'] }

/** Stores the next version. Returns false when the id is taken. */
export async function insertReply(tx: Tx, { items, ...reply }: New): Promise<boolean> {
  const [last] = await tx
    .select({ version: max(replies.version) })
    .from(replies)
    .where(eq(replies.assignmentId, reply.assignmentId))
  const version = (last?.version ?? 0) + 1
  const inserted = await tx
    .insert(replies)
    .values({ ...reply, version })
    .onConflictDoNothing({ target: replies.id })
    .returning({ id: replies.id })
  if (inserted.length === 0) return false
  if (items.length > 0) await tx.insert(replyItems).values(items.map((item) => ({ replyId: reply.id, ...item })))
  return true
}

/** The answer that stands becomes an earlier version. */
export async function sendBackReply(tx: Tx, assignmentId: string, round: number, sentBack: NonNullable<Reply['sentBack']>) {
  const standing = and(eq(replies.assignmentId, assignmentId), eq(replies.round, round), isNull(replies.sentBack))
  await tx.update(replies).set({ sentBack }).where(standing)
}

export async function findDraft(reader: Reader, assignmentId: string): Promise<(ReplyDraft & { drafterId: string }) | null> {
  const [row] = await reader
    .select({ draft: replyDrafts, draftedBy: accounts.name })
    .from(replyDrafts)
    .innerJoin(accounts, eq(accounts.id, replyDrafts.draftedBy))
    .where(eq(replyDrafts.assignmentId, assignmentId))
  return row ? { ...row.draft, draftedBy: row.draftedBy, drafterId: row.draft.draftedBy } : null
}

export async function putDraft(tx: Tx, { assignmentId, ...draft }: typeof replyDrafts.$inferInsert) {
  await tx
    .insert(replyDrafts)
    .values({ assignmentId, ...draft })
    .onConflictDoUpdate({ target: replyDrafts.assignmentId, set: draft })
}

export async function removeDraft(tx: Tx, assignmentId: string) {
  await tx.delete(replyDrafts).where(eq(replyDrafts.assignmentId, assignmentId))
}
