import { index, integer, pgTable, uuid } from 'drizzle-orm/pg-core'
import { instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { meetings } from '../meetings/schema.ts'

/** The row comes before the files and goes after them, so that no file is ever without one. */
export const photos = pgTable(
  'photos',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    /** Null until its files are kept. */
    bytes: integer('bytes'),
    width: integer('width'),
    height: integer('height'),
    /** Null until it is sent with a suggestion, which names it in its own list. */
    suggestionId: uuid('suggestion_id'),
    /** Null unless it stands, or stood, in the minutes of a meeting. */
    meetingId: uuid('meeting_id').references(() => meetings.id),
    createdAt: instantColumn('created_at').notNull(),
  },
  (table) => [index('photos_account').on(table.accountId), index('photos_left').on(table.createdAt, table.suggestionId)],
)
