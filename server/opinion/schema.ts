import { jsonb, pgTable, uuid } from 'drizzle-orm/pg-core'
import { instantColumn } from '../db/columns.ts'
import { meetings } from '../meetings/schema.ts'
import type { StoredState } from './conversation.ts'

/** What the picture of a meeting was drawn from last, so that A stays A when the program is started again. The picture itself follows from the votes. */
export const opinions = pgTable('opinions', {
  meetingId: uuid('meeting_id')
    .primaryKey()
    .references(() => meetings.id, { onDelete: 'cascade' }),
  state: jsonb('state').$type<StoredState>().notNull(),
  at: instantColumn('at').notNull(),
})
