import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { FloorMode, FloorRequest, SpeechEndReason } from '../../shared/floor.ts'
import type { FloorRule } from '../../shared/floor-order.ts'
import { instantColumn } from '../db/columns.ts'
import { agendaItems, meetings, participants, sites } from '../meetings/schema.ts'

/** One row a meeting; its version orders the floor's news. Locked by every change of the floor. */
export const floors = pgTable(
  'floors',
  {
    meetingId: uuid('meeting_id')
      .primaryKey()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    mode: text('mode').$type<FloorMode>().notNull().default('chaired'),
    rule: text('rule').$type<FloorRule>().notNull().default('fair'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    check('floors_mode', sql`${table.mode} in ('chaired', 'free')`),
    check('floors_rule', sql`${table.rule} in ('fair', 'first-come')`),
  ],
)

/** How many minutes a site may speak in all; a site without a row has no budget. */
export const siteBudgets = pgTable('site_budgets', {
  siteId: uuid('site_id')
    .primaryKey()
    .references(() => sites.id, { onDelete: 'cascade' }),
  minutes: integer('minutes').notNull(),
})

export const floorRequests = pgTable(
  'floor_requests',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    participantId: uuid('participant_id')
      .notNull()
      .references(() => participants.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<FloorRequest['kind']>().notNull(),
    requestedAt: instantColumn('requested_at').notNull(),
    /** When it was given the word or withdrawn; null while it waits. */
    settledAt: instantColumn('settled_at'),
  },
  (table) => [uniqueIndex('floor_requests_waiting').on(table.meetingId, table.participantId).where(sql`${table.settledAt} is null`)],
)

export const speeches = pgTable(
  'speeches',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    agendaItemId: uuid('agenda_item_id').references(() => agendaItems.id),
    participantId: uuid('participant_id')
      .notNull()
      .references(() => participants.id),
    /** Where it was given: the speaker may move to another site later. */
    siteId: uuid('site_id').references(() => sites.id),
    startedAt: instantColumn('started_at').notNull(),
    endedAt: instantColumn('ended_at'),
    endReason: text('end_reason').$type<SpeechEndReason>(),
    limitSeconds: integer('limit_seconds').notNull(),
  },
  (table) => [
    index('speeches_meeting').on(table.meetingId, table.startedAt),
    uniqueIndex('speeches_one_at_a_time').on(table.meetingId).where(sql`${table.endedAt} is null`),
  ],
)
