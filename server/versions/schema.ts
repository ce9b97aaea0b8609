import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { VersionKind } from '../../shared/minutes-versions.ts'
import { bytesColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { meetings } from '../meetings/schema.ts'

/** The minutes of a meeting as they were at one moment. Never changed, never removed while the meeting exists. */
export const minutesVersions = pgTable(
  'minutes_versions',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    edition: integer('edition').notNull(),
    kind: text('kind').$type<VersionKind>().notNull(),
    name: text('name'),
    /** Yjs' state. */
    state: bytesColumn('state').notNull(),
    contentHash: text('content_hash').notNull(),
    /** Null for what the program kept by itself. */
    createdBy: uuid('created_by').references(() => accounts.id),
    createdByName: text('created_by_name').notNull(),
    createdAt: instantColumn('created_at').notNull(),
  },
  (table) => [
    index('minutes_versions_meeting').on(table.meetingId, table.createdAt),
    uniqueIndex('minutes_versions_signed').on(table.meetingId, table.edition).where(sql`${table.kind} = 'signed'`),
    check('minutes_versions_kind', sql`${table.kind} in ('auto', 'named', 'signed', 'restored')`),
  ],
)
