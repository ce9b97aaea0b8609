import { sql } from 'drizzle-orm'
import { bigserial, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { bigColumn, bytesColumn, instantColumn } from '../db/columns.ts'
import { speeches } from '../floor/schema.ts'
import { accounts } from '../identity/schema.ts'
import { meetings } from '../meetings/schema.ts'

/** Changes of the minutes that no snapshot holds yet. */
export const minutesUpdates = pgTable(
  'minutes_updates',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    update: bytesColumn('update').notNull(),
    accountId: uuid('account_id').references(() => accounts.id),
    createdAt: instantColumn('created_at').notNull().default(sql`now()`),
  },
  (table) => [index('minutes_updates_meeting').on(table.meetingId, table.id)],
)

/** One row a meeting, made when its minutes are begun. Locked by whoever compacts. */
export const minutesSnapshots = pgTable('minutes_snapshots', {
  meetingId: uuid('meeting_id')
    .primaryKey()
    .references(() => meetings.id, { onDelete: 'cascade' }),
  state: bytesColumn('state').notNull(),
  /** The highest update folded in so far. For people: a lower one may still be uncommitted, so nothing is decided by it. */
  upTo: bigColumn('up_to').notNull().default(0),
  updatedAt: instantColumn('updated_at').notNull().default(sql`now()`),
})

/** The speeches that the minutes have taken in by themselves: each once, and not again when a recorder has removed it. */
export const minutesSpeeches = pgTable(
  'minutes_speeches',
  {
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    speechId: uuid('speech_id')
      .notNull()
      .references(() => speeches.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.speechId] })],
)
