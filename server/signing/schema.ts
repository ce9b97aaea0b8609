import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { MinutesForm } from '../../shared/minutes-form.ts'
import type { CitationStanding } from '../../shared/minutes-published.ts'
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

/** Each signed edition as it was published, whatever became of it; its text is among the versions, its signatures above. */
export const minutesEditions = pgTable(
  'minutes_editions',
  {
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    edition: integer('edition').notNull(),
    contentHash: text('content_hash').notNull(),
    lockedAt: instantColumn('locked_at').notNull(),
    standings: jsonb('standings').$type<CitationStanding[]>().notNull(),
    form: jsonb('form').$type<MinutesForm>(),
    /** Set together, when it was unlocked. */
    openedAt: instantColumn('opened_at'),
    openReason: text('open_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.meetingId, table.edition] }),
    // Receipts ask in which editions a suggestion is cited.
    index('minutes_editions_standings').using('gin', sql`${table.standings} jsonb_path_ops`),
    check('minutes_editions_opened', sql`(${table.openedAt} is null) = (${table.openReason} is null)`),
  ],
)

/** What stands around the text on the paper. The number stands by itself, so that no two papers have the same. */
export const minutesForms = pgTable(
  'minutes_forms',
  {
    meetingId: uuid('meeting_id')
      .primaryKey()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    form: jsonb('form').$type<MinutesForm>().notNull(),
    hash: text('hash').notNull(),
    prefix: text('prefix'),
    year: integer('year'),
    serial: integer('serial'),
  },
  (table) => [
    uniqueIndex('minutes_forms_number').on(table.prefix, table.year, table.serial),
    check('minutes_forms_whole', sql`num_nulls(${table.prefix}, ${table.year}, ${table.serial}) in (0, 3)`),
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
