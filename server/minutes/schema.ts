import { sql } from 'drizzle-orm'
import { bigserial, index, pgTable, uuid } from 'drizzle-orm/pg-core'
import { bigColumn, bytesColumn, instantColumn } from '../db/columns.ts'
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
