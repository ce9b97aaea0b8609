import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Notice, NoticeLanguage, NoticeTopic, Rhythm } from '../../shared/notifications.ts'
import { instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'

/** What an account was told. */
export const notices = pgTable(
  'notices',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<Notice['kind']>().notNull(),
    about: jsonb('about').$type<Notice['about']>().notNull(),
    at: instantColumn('at').notNull(),
    readAt: instantColumn('read_at'),
    /** How soon its reader wants it by e-mail, as they had chosen when it came. */
    rhythm: text('rhythm').$type<Rhythm>().notNull(),
    mailedAt: instantColumn('mailed_at'),
  },
  (table) => [
    index('notices_account').on(table.accountId, table.at),
    index('notices_unread').on(table.accountId).where(sql`${table.readAt} is null`),
    index('notices_unmailed').on(table.rhythm, table.accountId).where(sql`${table.mailedAt} is null and ${table.rhythm} <> 'none'`),
    check('notices_rhythm', sql`${table.rhythm} in ('at-once', 'daily', 'weekly', 'none')`),
  ],
)

/** How somebody wants to be told. Whoever never chose has no row. */
export const noticeSettings = pgTable('notice_settings', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  language: text('language').$type<NoticeLanguage>().notNull().default('zh-CN'),
  rhythms: jsonb('rhythms').$type<Partial<Record<NoticeTopic, Rhythm>>>().notNull().default({}),
  /** An address whose owner has answered. */
  email: text('email'),
  unconfirmed: text('unconfirmed'),
  /** SHA-256 of what stands in the letter's link. */
  tokenHash: text('token_hash').unique(),
  tokenUntil: instantColumn('token_until'),
  /** When the last letter was asked for. */
  askedAt: instantColumn('asked_at'),
})
