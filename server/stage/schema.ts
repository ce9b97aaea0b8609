import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Stage } from '../../shared/stage.ts'
import { meetings, participants } from '../meetings/schema.ts'
import { suggestions } from '../suggestions/schema.ts'

/** One row for a meeting whose chair has put something before everybody. */
export const stages = pgTable(
  'stages',
  {
    meetingId: uuid('meeting_id')
      .primaryKey()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    spotlightId: uuid('spotlight_id').references(() => participants.id, { onDelete: 'set null' }),
    suggestionId: uuid('suggestion_id').references(() => suggestions.id, { onDelete: 'set null' }),
    view: text('view').$type<Stage['view']>().notNull().default('speaker'),
    version: integer('version').notNull().default(1),
  },
  (table) => [check('stages_view', sql`${table.view} in ('speaker', 'opinion', 'voice')`)],
)
