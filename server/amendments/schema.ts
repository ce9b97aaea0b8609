import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { Amendment } from '../../shared/amendments.ts'
import { instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { meetings } from '../meetings/schema.ts'

/** Proposed changes of minutes whose text stands, each with what became of it. */
export const amendments = pgTable(
  'amendments',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<Amendment['kind']>().notNull(),
    blockId: text('block_id'),
    before: text('before').notNull(),
    proposed: text('proposed').notNull(),
    reason: text('reason').notNull(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => accounts.id),
    authorName: text('author_name').notNull(),
    createdAt: instantColumn('created_at').notNull(),
    status: text('status').$type<Amendment['status']>().notNull().default('open'),
    decidedBy: uuid('decided_by').references(() => accounts.id),
    decidedByName: text('decided_by_name'),
    decidedAt: instantColumn('decided_at'),
    decisionReason: text('decision_reason').notNull().default(''),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('amendments_meeting').on(table.meetingId, table.createdAt),
    check('amendments_kind', sql`${table.kind} in ('replace', 'remove', 'add')`),
    check('amendments_status', sql`${table.status} in ('open', 'accepted', 'refused', 'withdrawn')`),
    check('amendments_decided', sql`(${table.status} = 'open') = (${table.decidedAt} is null)`),
  ],
)
