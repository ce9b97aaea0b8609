import { and, count, desc, eq, gt, inArray, isNull, lt, lte, sql } from 'drizzle-orm'
import { type Notice, type NoticeSettings, noticeKinds, type Rhythm, usualRhythms } from '../../shared/notifications.ts'
import type { Reader, Tx } from '../db/db.ts'
import { insertMany } from '../db/insert-many.ts'
import { accounts } from '../identity/schema.ts'
import { noticeSettings, notices } from './schema.ts'

type Row = typeof notices.$inferSelect
type SettingsRow = typeof noticeSettings.$inferSelect

export const noticeOf = ({ id, kind, about, at, readAt }: Row): Notice => ({ id, kind, about, at, readAt })

const insert = insertMany(notices, ['id', 'accountId', 'kind', 'about', 'at', 'rhythm'])
export const insertNotices = async (tx: Tx, rows: Pick<Row, 'id' | 'accountId' | 'kind' | 'about' | 'at' | 'rhythm'>[]) => {
  await insert(tx, rows)
}

/** Of these accounts those that are people's, with how they want to be told of this. */
export async function listReaders(tx: Tx, accountIds: string[], kind: Notice['kind']) {
  if (accountIds.length === 0) return []
  const rows = await tx
    .select({ accountId: accounts.id, rhythms: noticeSettings.rhythms, email: noticeSettings.email })
    .from(accounts)
    .leftJoin(noticeSettings, eq(noticeSettings.accountId, accounts.id))
    .where(and(inArray(accounts.id, accountIds), eq(accounts.isAnonymous, false)))
  return rows.map(({ accountId, rhythms, email }) => {
    const topic = noticeKinds[kind]
    // What nobody can be written about is not kept for a letter: an address that comes later brings no flood.
    const rhythm: Rhythm = email === null ? 'none' : (rhythms?.[topic] ?? usualRhythms[topic])
    return { accountId, rhythm }
  })
}

export async function listNotices(reader: Reader, accountId: string, before: string | undefined, limit: number): Promise<Notice[]> {
  const rows = await reader
    .select()
    .from(notices)
    .where(and(eq(notices.accountId, accountId), before === undefined ? undefined : lt(notices.at, before)))
    .orderBy(desc(notices.at), desc(notices.id))
    .limit(limit)
  return rows.map(noticeOf)
}

export async function countUnread(reader: Reader, accountId: string): Promise<number> {
  const [row] = await reader
    .select({ unread: count() })
    .from(notices)
    .where(and(eq(notices.accountId, accountId), isNull(notices.readAt)))
  return row?.unread ?? 0
}

export async function markRead(tx: Tx, accountId: string, { upTo, ids, at }: { upTo: string; ids?: string[] | undefined; at: string }) {
  const which = and(eq(notices.accountId, accountId), isNull(notices.readAt), lte(notices.at, upTo), ids && inArray(notices.id, ids))
  await tx.update(notices).set({ readAt: at }).where(which)
}

/** Locks what waits to be written to somebody, oldest first; what another letter is being written about is left to it. */
export const lockUnmailed = (tx: Tx, accountId: string, rhythm: Rhythm): Promise<Row[]> =>
  tx
    .select()
    .from(notices)
    .where(and(eq(notices.accountId, accountId), eq(notices.rhythm, rhythm), isNull(notices.mailedAt)))
    .orderBy(notices.at, notices.id)
    .for('update', { skipLocked: true })

export async function markMailed(tx: Tx, ids: string[], at: string) {
  await tx.update(notices).set({ mailedAt: at }).where(inArray(notices.id, ids))
}

/** Whom something waits for that is to be gathered in this rhythm, with since when. */
export async function listWaiting(reader: Reader, rhythm: Rhythm): Promise<{ accountId: string; since: string }[]> {
  const rows = await reader
    .select({ accountId: notices.accountId, since: sql<Date | string>`min(${notices.at})` })
    .from(notices)
    .where(and(eq(notices.rhythm, rhythm), isNull(notices.mailedAt), sql`${notices.rhythm} <> 'none'`))
    .groupBy(notices.accountId)
  return rows.map(({ accountId, since }) => ({ accountId, since: new Date(since).toISOString() }))
}

export async function readSettings(reader: Reader, accountId: string): Promise<Omit<NoticeSettings, 'mailPossible'>> {
  const [row] = await reader.select().from(noticeSettings).where(eq(noticeSettings.accountId, accountId))
  const { language = 'zh-CN', rhythms = {}, email = null, unconfirmed = null } = row ?? {}
  return { language, rhythms: { ...usualRhythms, ...rhythms }, email, unconfirmed }
}

export async function putSettings(tx: Tx, accountId: string, changes: Partial<Omit<SettingsRow, 'accountId'>>) {
  await tx
    .insert(noticeSettings)
    .values({ accountId, ...changes })
    .onConflictDoUpdate({ target: noticeSettings.accountId, set: changes })
}

/** Keeps an address to be confirmed, or returns false when a letter was asked for since `before`. */
export async function askForEmail(tx: Tx, accountId: string, unconfirmed: string, { at, before }: { at: string; before: string }) {
  const asked = { unconfirmed, tokenHash: null, askedAt: at }
  const rows = await tx
    .insert(noticeSettings)
    .values({ accountId, ...asked })
    .onConflictDoUpdate({
      target: noticeSettings.accountId,
      set: asked,
      setWhere: sql`${noticeSettings.askedAt} is null or ${noticeSettings.askedAt} <= ${before}`,
    })
    .returning({ accountId: noticeSettings.accountId })
  return rows.length > 0
}

/** Takes the token out of use and makes its address the account's; null for one that was never given, was used, or is too old. */
export async function confirmEmail(tx: Tx, tokenHash: string, now: string): Promise<{ accountId: string; email: string } | null> {
  const [row] = await tx
    .select()
    .from(noticeSettings)
    .where(and(eq(noticeSettings.tokenHash, tokenHash), gt(noticeSettings.tokenUntil, now)))
    .for('update')
  if (!row?.unconfirmed) return null
  const { accountId, unconfirmed: email } = row
  await putSettings(tx, accountId, { email, unconfirmed: null, tokenHash: null })
  return { accountId, email }
}
