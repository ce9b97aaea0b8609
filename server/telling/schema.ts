import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { ClockKind } from '../../shared/clocks.ts'
import { instantColumn } from '../db/columns.ts'
import { assignments } from '../recommendations/schema.ts'

/** When a deadline was reminded of last. */
export const clockReminders = pgTable(
  'clock_reminders',
  {
    assignmentId: uuid('assignment_id')
      .notNull()
      .references(() => assignments.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<ClockKind>().notNull(),
    at: instantColumn('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.assignmentId, table.kind] })],
)
