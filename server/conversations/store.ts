import { and, asc, count, eq, inArray, isNotNull, isNull, lt, type SQL } from 'drizzle-orm'
import type { ConversationFile, ConversationMessage } from '../../shared/conversations.ts'
import { type Role, rules } from '../../shared/policy.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { Reader, Tx } from '../db/db.ts'
import { roleGrants } from '../identity/schema.ts'
import { conversationFiles, conversationMessages } from './schema.ts'

export type FileRow = typeof conversationFiles.$inferSelect
/** Of one conversation; more than any has, and a bound all the same. */
const mostMessages = 1_000

/** What was said about these assignments, the first before. */
export async function readMessages(reader: Reader, assignmentIds: string[]): Promise<ConversationMessage[]> {
  if (assignmentIds.length === 0) return []
  const rows = await reader
    .select()
    .from(conversationMessages)
    .where(inArray(conversationMessages.assignmentId, assignmentIds))
    .orderBy(asc(conversationMessages.at), asc(conversationMessages.id))
    .limit(mostMessages * assignmentIds.length)
  return withFiles(reader, rows)
}

export async function findMessage(reader: Reader, messageId: string): Promise<ConversationMessage | undefined> {
  const rows = await reader.select().from(conversationMessages).where(eq(conversationMessages.id, messageId))
  return (await withFiles(reader, rows))[0]
}

async function withFiles(reader: Reader, rows: (typeof conversationMessages.$inferSelect)[]): Promise<ConversationMessage[]> {
  const ids = rows.map(({ id }) => id)
  const files =
    ids.length === 0
      ? []
      : await reader
          .select()
          .from(conversationFiles)
          .where(inArray(conversationFiles.messageId, ids))
          .orderBy(asc(conversationFiles.position))
  return rows.map(({ accountId: _, ...row }) => ({
    ...row,
    files: files.filter(({ messageId }) => messageId === row.id).flatMap(shownFile),
  }))
}

/** Nothing before it is kept whole. */
export const shownFile = ({ id, name, kind, bytes }: FileRow): ConversationFile[] =>
  kind === null || bytes === null ? [] : [{ id, name, kind, bytes }]

/** Returns false when the id is taken. */
export async function insertMessage(tx: Tx, message: typeof conversationMessages.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(conversationMessages).values(message).onConflictDoNothing().returning({ id: conversationMessages.id })
  return rows.length > 0
}

export async function findFile(reader: Reader, fileId: string): Promise<FileRow | undefined> {
  const [row] = await reader.select().from(conversationFiles).where(eq(conversationFiles.id, fileId))
  return row
}

export async function insertFile(reader: Reader, row: Pick<FileRow, 'id' | 'assignmentId' | 'accountId' | 'name' | 'createdAt'>) {
  await reader.insert(conversationFiles).values(row).onConflictDoNothing()
}

/** Returns false when the row is gone, or was completed by the same upload a second time. */
export async function completeFile(tx: Tx, id: string, kept: { kind: ConversationFile['kind']; bytes: number }): Promise<boolean> {
  const mine = and(eq(conversationFiles.id, id), isNull(conversationFiles.bytes))
  return (await tx.update(conversationFiles).set(kept).where(mine).returning({ id: conversationFiles.id })).length > 0
}

export async function countLoose(reader: Reader, accountId: string): Promise<number> {
  const mine = and(eq(conversationFiles.accountId, accountId), isNull(conversationFiles.messageId))
  const [row] = await reader.select({ loose: count() }).from(conversationFiles).where(mine)
  return row?.loose ?? 0
}

/** Ties somebody's own files to a message, in this order. Returns how many there were. */
export async function attachFiles(
  tx: Tx,
  message: { id: string; assignmentId: string; accountId: string },
  ids: string[],
): Promise<number> {
  let attached = 0
  for (const [position, id] of ids.entries()) {
    const mine = and(
      eq(conversationFiles.id, id),
      eq(conversationFiles.assignmentId, message.assignmentId),
      eq(conversationFiles.accountId, message.accountId),
      isNull(conversationFiles.messageId),
      isNotNull(conversationFiles.bytes),
    )
    const rows = await tx
      .update(conversationFiles)
      .set({ messageId: message.id, position })
      .where(mine)
      .returning({ id: conversationFiles.id })
    attached += rows.length
  }
  return attached
}

/** Locked, so that none is tied to a message while its file goes. */
export const lockLeft = (tx: Tx, before: string, limit: number): Promise<Pick<FileRow, 'id'>[]> =>
  tx
    .select({ id: conversationFiles.id })
    .from(conversationFiles)
    .where(and(isNull(conversationFiles.messageId), lt(conversationFiles.createdAt, before)))
    .limit(limit)
    .for('update', { skipLocked: true })

export async function deleteFiles(tx: Tx, ids: string[]) {
  await tx.delete(conversationFiles).where(inArray(conversationFiles.id, ids))
}

type Action = 'conversation:join' | 'conversation:oversee'
const holding = (action: Action) => inArray(roleGrants.role, [...(rules[action].roles as readonly Role[])])

async function listHolders(reader: Reader, where: SQL | undefined): Promise<string[]> {
  const rows = await reader.selectDistinct({ id: roleGrants.accountId }).from(roleGrants).where(where)
  return rows.map(({ id }) => id)
}

/** The accounts of a department. */
export const listDepartment = (reader: Reader, organizationId: string) =>
  listHolders(reader, and(eq(roleGrants.scopeKind, 'organization'), eq(roleGrants.scopeId, organizationId), holding('conversation:join')))

/** The accounts of the secretariats of a region and above. */
export const listSecretariat = (reader: Reader, regionCode: string) =>
  listHolders(
    reader,
    and(eq(roleGrants.scopeKind, 'region'), inArray(roleGrants.scopeId, ['', ...lineageOf(regionCode)]), holding('conversation:oversee')),
  )
