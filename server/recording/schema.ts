import { boolean, doublePrecision, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { RecordingEnd, RecordingSource } from '../../shared/recording.ts'
import { bigColumn, instantColumn } from '../db/columns.ts'
import { speeches } from '../floor/schema.ts'
import { meetings } from '../meetings/schema.ts'

/** One row for a meeting whose chair has ever decided on recording. */
export const recordingSwitches = pgTable('recording_switches', {
  meetingId: uuid('meeting_id')
    .primaryKey()
    .references(() => meetings.id, { onDelete: 'cascade' }),
  on: boolean('on').notNull(),
  version: integer('version').notNull().default(1),
})

export const recordings = pgTable(
  'recordings',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    speechId: uuid('speech_id')
      .notNull()
      .references(() => speeches.id, { onDelete: 'cascade' }),
    source: text('source').$type<RecordingSource>().notNull(),
    part: integer('part').notNull(),
    file: text('file').notNull(),
    hasAudio: boolean('has_audio').notNull(),
    hasVideo: boolean('has_video').notNull(),
    startedAt: instantColumn('started_at').notNull(),
    /** Null while it runs, and after a crash until the next start. */
    endedAt: instantColumn('ended_at'),
    seconds: doublePrecision('seconds'),
    bytes: bigColumn('bytes'),
    end: text('end').$type<RecordingEnd>(),
    /** Which computer writes it: another that starts meanwhile leaves it alone. */
    host: text('host').notNull(),
  },
  (table) => [
    index('recordings_meeting').on(table.meetingId, table.startedAt),
    uniqueIndex('recordings_part').on(table.speechId, table.source, table.part),
  ],
)
