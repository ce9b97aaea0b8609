import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Poll } from '../../shared/polls.ts'
import { instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { agendaItems, meetings } from '../meetings/schema.ts'

export const polls = pgTable(
  'polls',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    agendaItemId: uuid('agenda_item_id').references(() => agendaItems.id),
    kind: text('kind').$type<Poll['kind']>().notNull(),
    question: text('question').notNull(),
    options: text('options').array().notNull(),
    results: text('results').$type<Poll['results']>().notNull(),
    openedAt: instantColumn('opened_at').notNull(),
    closedAt: instantColumn('closed_at'),
    writes: integer('writes').notNull().default(0),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('polls_meeting').on(table.meetingId, table.openedAt),
    uniqueIndex('polls_one_at_a_time').on(table.meetingId).where(sql`${table.closedAt} is null`),
    check('polls_kind', sql`${table.kind} in ('single', 'multiple', 'scale', 'mood')`),
  ],
)

/** The key makes a second answer of one person impossible; a later command changes the first. */
export const pollAnswers = pgTable(
  'poll_answers',
  {
    pollId: uuid('poll_id')
      .notNull()
      .references(() => polls.id, { onDelete: 'cascade' }),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    choices: integer('choices').array().notNull(),
    commandId: uuid('command_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.pollId, table.accountId] }), index('poll_answers_account').on(table.accountId)],
)
