import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { meetings } from '../meetings/schema.ts'

/** Signatures under the minutes, those too that do not stand any more. */
export const minutesSignatures = pgTable(
  'minutes_signatures',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    edition: integer('edition').notNull(),
    regionCode: codeColumn('region_code').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    /** As it was on the day: a signature does not follow a change of name. */
    name: text('name').notNull(),
    contentHash: text('content_hash').notNull(),
    signedAt: instantColumn('signed_at').notNull(),
    endedAt: instantColumn('ended_at'),
    /** Why it does not stand any more: its signer took it back, the text changed, the stage did, or it was unlocked. */
    endedBy: text('ended_by').$type<'signer' | 'change' | 'stage' | 'unlock'>(),
  },
  (table) => [
    index('minutes_signatures_meeting').on(table.meetingId, table.signedAt),
    // One for a region, and nobody signs for two.
    uniqueIndex('minutes_signatures_region').on(table.meetingId, table.regionCode).where(sql`${table.endedAt} is null`),
    uniqueIndex('minutes_signatures_account').on(table.meetingId, table.accountId).where(sql`${table.endedAt} is null`),
    check('minutes_signatures_ended', sql`(${table.endedAt} is null) = (${table.endedBy} is null)`),
  ],
)

/** Which regions consent to unlocking; removed with the question. */
export const minutesConsents = pgTable(
  'minutes_consents',
  {
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    regionCode: codeColumn('region_code').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    at: instantColumn('at').notNull(),
  },
  (table) => [
    uniqueIndex('minutes_consents_region').on(table.meetingId, table.regionCode),
    uniqueIndex('minutes_consents_account').on(table.meetingId, table.accountId),
  ],
)
