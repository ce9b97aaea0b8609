import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { ReceiptStep, Suggestion } from '../../shared/suggestions.ts'
import { instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { agendaItems, meetings } from '../meetings/schema.ts'

export const suggestions = pgTable(
  'suggestions',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id),
    agendaItemId: uuid('agenda_item_id').references(() => agendaItems.id),
    authorId: uuid('author_id')
      .notNull()
      .references(() => accounts.id),
    authorName: text('author_name').notNull(),
    text: text('text').notNull(),
    status: text('status').$type<Suggestion['status']>().notNull(),
    mergedIntoId: uuid('merged_into_id').references((): AnyPgColumn => suggestions.id),
    answer: text('answer'),
    hideReason: text('hide_reason'),
    receipt: text('receipt').notNull().unique(),
    createdAt: instantColumn('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('suggestions_meeting').on(table.meetingId, table.createdAt),
    index('suggestions_author').on(table.authorId),
    index('suggestions_merged_into').on(table.mergedIntoId),
    check('suggestions_status', sql`${table.status} in ('pending', 'published', 'answered', 'merged', 'hidden')`),
    check('suggestions_merged', sql`(${table.status} = 'merged') = (${table.mergedIntoId} is not null)`),
  ],
)

/** What happened to a suggestion and when, for its author. */
export const suggestionSteps = pgTable(
  'suggestion_steps',
  {
    id: uuid('id').primaryKey(),
    suggestionId: uuid('suggestion_id')
      .notNull()
      .references(() => suggestions.id),
    at: instantColumn('at').notNull(),
    kind: text('kind').$type<ReceiptStep['kind']>().notNull(),
    /** The answer, the reason, or the text of the suggestion merged into. */
    words: text('words').notNull().default(''),
  },
  (table) => [index('suggestion_steps_suggestion').on(table.suggestionId)],
)
