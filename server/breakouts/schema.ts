import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instantColumn } from '../db/columns.ts'
import { agendaItems, meetings, participants, sites } from '../meetings/schema.ts'

const breakoutId = () =>
  uuid('breakout_id')
    .notNull()
    .references(() => breakouts.id, { onDelete: 'cascade' })

export const breakouts = pgTable(
  'breakouts',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    openedAt: instantColumn('opened_at').notNull(),
    endsAt: instantColumn('ends_at').notNull(),
    closedAt: instantColumn('closed_at'),
    voiceId: uuid('voice_id').references(() => participants.id, { onDelete: 'set null' }),
    /** Begins above that of the round before, so that of two rounds of a meeting the newer one is known by it. */
    version: integer('version').notNull(),
  },
  (table) => [
    index('breakouts_meeting').on(table.meetingId, table.version),
    uniqueIndex('breakouts_one_at_a_time').on(table.meetingId).where(sql`${table.closedAt} is null`),
  ],
)

export const breakoutGroups = pgTable(
  'breakout_groups',
  {
    id: uuid('id').primaryKey(),
    breakoutId: breakoutId(),
    place: integer('place').notNull(),
    name: text('name').notNull(),
    agendaItemId: uuid('agenda_item_id').references(() => agendaItems.id),
    note: text('note').notNull().default(''),
    noteBy: text('note_by'),
    noteAt: instantColumn('note_at'),
    noteVersion: integer('note_version').notNull().default(0),
  },
  (table) => [index('breakout_groups_breakout').on(table.breakoutId, table.place)],
)

const groupId = () => uuid('group_id').references(() => breakoutGroups.id, { onDelete: 'cascade' })

export const breakoutSites = pgTable(
  'breakout_sites',
  {
    breakoutId: breakoutId(),
    siteId: uuid('site_id')
      .notNull()
      .references(() => sites.id),
    groupId: groupId().notNull(),
  },
  (table) => [primaryKey({ columns: [table.breakoutId, table.siteId] })],
)

/** Where somebody was put, or went; without a group, outside of all. */
export const breakoutSeats = pgTable(
  'breakout_seats',
  {
    breakoutId: breakoutId(),
    participantId: uuid('participant_id')
      .notNull()
      .references(() => participants.id),
    groupId: groupId(),
  },
  (table) => [primaryKey({ columns: [table.breakoutId, table.participantId] })],
)

export const breakoutAnnouncements = pgTable(
  'breakout_announcements',
  {
    id: uuid('id').primaryKey(),
    breakoutId: breakoutId(),
    text: text('text').notNull(),
    name: text('name').notNull(),
    at: instantColumn('at').notNull(),
  },
  (table) => [index('breakout_announcements_breakout').on(table.breakoutId, table.at)],
)
