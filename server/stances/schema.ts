import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Stance } from '../../shared/stances.ts'
import { instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { suggestions } from '../suggestions/schema.ts'

/** What each person thinks of each suggestion. Merging moves no rows; of a person's several stances the newest counts. */
export const stances = pgTable(
  'stances',
  {
    suggestionId: uuid('suggestion_id')
      .notNull()
      .references(() => suggestions.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    stance: text('stance').$type<Stance>().notNull(),
    at: instantColumn('at').notNull(),
    /** The newest command that was followed. */
    commandId: uuid('command_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.suggestionId, table.accountId] }),
    index('stances_account').on(table.accountId),
    check('stances_stance', sql`${table.stance} in ('agree', 'disagree', 'pass')`),
  ],
)

/** How many think what of a suggestion and of all that is merged into it. Follows `stances` within a second. */
export const stanceCounts = pgTable('stance_counts', {
  suggestionId: uuid('suggestion_id')
    .primaryKey()
    .references(() => suggestions.id),
  agrees: integer('agrees').notNull(),
  disagrees: integer('disagrees').notNull(),
  passes: integer('passes').notNull(),
})
