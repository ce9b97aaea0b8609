import { bigserial, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { bigColumn, instantColumn } from '../db/columns.ts'

/** Append-only; the migration's triggers refuse every change but the sealer's one write of place and hashes. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: instantColumn('at').notNull(),
    actorId: text('actor_id'),
    actorName: text('actor_name').notNull(),
    action: text('action').notNull(),
    subjectId: text('subject_id').notNull(),
    details: jsonb('details').$type<Record<string, unknown>>().notNull(),
    /** Place in the chain, from 1; null until sealed. */
    place: bigColumn('place').unique(),
    previousHash: text('previous_hash'),
    hash: text('hash'),
  },
  (table) => [index('audit_entries_subject').on(table.subjectId)],
)
