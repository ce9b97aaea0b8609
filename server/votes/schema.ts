import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Choice, Rule, Vote } from '../../shared/votes.ts'
import { instantColumn } from '../db/columns.ts'
import { agendaItems, meetings, participants } from '../meetings/schema.ts'

export const votes = pgTable(
  'votes',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    agendaItemId: uuid('agenda_item_id').references(() => agendaItems.id),
    question: text('question').notNull(),
    secret: boolean('secret').notNull(),
    majority: text('majority').$type<Rule['majority']>().notNull(),
    base: text('base').$type<Rule['base']>().notNull(),
    openedAt: instantColumn('opened_at').notNull(),
    closedAt: instantColumn('closed_at'),
    /** What held at the closing; with the tallies it gives the result for ever. */
    present: integer('present'),
    quorum: integer('quorum'),
    outcome: text('outcome').$type<NonNullable<Vote['result']>['outcome']>(),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('votes_meeting').on(table.meetingId, table.openedAt),
    uniqueIndex('votes_one_at_a_time').on(table.meetingId).where(sql`${table.closedAt} is null`),
  ],
)

// A secret vote keeps two things that nothing joins: who has voted (`vote_voters`, without a time and with a `choice` that
// stays null), and how many chose what (`vote_tallies`). All three numbers of a tally are one row: whatever is chosen, the same
// row is written by the same statement, so that neither a row's age (its `xmin`) nor its place on the page tells a yes from a no.
// No other trace of a choice is made: the audit entry and the news say that somebody voted, and the tally leaves the server
// only with the vote's closing. What remains: whoever may read the database itself while the vote runs, or its write-ahead log,
// can see the numbers grow one by one. Against them only cryptography between the voters would help.

/** That somebody has voted; in an open vote also what. The key makes a second ballot impossible. */
export const voteVoters = pgTable(
  'vote_voters',
  {
    voteId: uuid('vote_id')
      .notNull()
      .references(() => votes.id, { onDelete: 'cascade' }),
    participantId: uuid('participant_id')
      .notNull()
      .references(() => participants.id),
    choice: text('choice').$type<Choice>(),
  },
  (table) => [primaryKey({ columns: [table.voteId, table.participantId] })],
)

export const voteTallies = pgTable(
  'vote_tallies',
  {
    voteId: uuid('vote_id')
      .primaryKey()
      .references(() => votes.id, { onDelete: 'cascade' }),
    yes: integer('yes').notNull().default(0),
    no: integer('no').notNull().default(0),
    abstain: integer('abstain').notNull().default(0),
  },
  (table) => [check('vote_tallies_counts', sql`${table.yes} >= 0 and ${table.no} >= 0 and ${table.abstain} >= 0`)],
)
