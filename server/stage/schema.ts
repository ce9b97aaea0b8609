import { integer, pgTable, uuid } from 'drizzle-orm/pg-core'
import { meetings, participants } from '../meetings/schema.ts'
import { suggestions } from '../suggestions/schema.ts'

/** One row for a meeting whose chair has put something before everybody. */
export const stages = pgTable('stages', {
  meetingId: uuid('meeting_id')
    .primaryKey()
    .references(() => meetings.id, { onDelete: 'cascade' }),
  spotlightId: uuid('spotlight_id').references(() => participants.id, { onDelete: 'set null' }),
  suggestionId: uuid('suggestion_id').references(() => suggestions.id, { onDelete: 'set null' }),
  version: integer('version').notNull().default(1),
})
