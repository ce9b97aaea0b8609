import { boolean, date, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Period } from '../../shared/clocks.ts'
import { codeColumn } from '../db/columns.ts'
import { regions } from '../regions/schema.ts'

/** Within what a region's departments sign and reply. They hold in everything below it that has none of its own. */
export const clockRules = pgTable('clock_rules', {
  regionCode: codeColumn('region_code')
    .primaryKey()
    .references(() => regions.code),
  sign: jsonb('sign').$type<Period>(),
  reply: jsonb('reply').$type<Period>(),
  'second-reply': jsonb('second_reply').$type<Period>(),
  evaluation: jsonb('evaluation').$type<Period>(),
  'first-look-back': jsonb('first_look_back').$type<Period>(),
  'second-look-back': jsonb('second_look_back').$type<Period>(),
  version: integer('version').notNull(),
})

/** Days that a region, and everything below it, works or rests on against the country's calendar. */
export const calendarDays = pgTable(
  'calendar_days',
  {
    regionCode: codeColumn('region_code')
      .notNull()
      .references(() => regions.code),
    day: date('day', { mode: 'string' }).notNull(),
    work: boolean('work').notNull(),
    name: text('name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.regionCode, table.day] })],
)
