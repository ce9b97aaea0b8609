import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Call, Chairing, LobbyEntry } from '../../shared/chairing.ts'
import type { Role } from '../../shared/policy.ts'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { meetings, participants, sites } from '../meetings/schema.ts'

const meetingId = () =>
  uuid('meeting_id')
    .notNull()
    .references(() => meetings.id, { onDelete: 'cascade' })
const accountId = () =>
  uuid('account_id')
    .notNull()
    .references(() => accounts.id)

/** One row a meeting, locked by every change of what is here; its versions order the news of the room and of the chair's desk. */
export const chairings = pgTable(
  'chairings',
  {
    meetingId: meetingId().primaryKey(),
    entry: text('entry').$type<Chairing['entry']>().notNull().default('open'),
    locked: boolean('locked').notNull().default(false),
    quorum: integer('quorum'),
    chairId: uuid('chair_id').references(() => accounts.id),
    version: integer('version').notNull().default(0),
    deskVersion: integer('desk_version').notNull().default(0),
  },
  (table) => [check('chairings_entry', sql`${table.entry} in ('open', 'lobby')`)],
)

export const secondChairs = pgTable(
  'second_chairs',
  { meetingId: meetingId(), regionCode: codeColumn('region_code').notNull(), accountId: accountId() },
  (table) => [primaryKey({ columns: [table.meetingId, table.regionCode] })],
)

export const lobbyEntries = pgTable(
  'lobby_entries',
  {
    meetingId: meetingId(),
    accountId: accountId(),
    name: text('name').notNull(),
    role: text('role').$type<Role>().notNull(),
    siteId: uuid('site_id').references(() => sites.id, { onDelete: 'set null' }),
    status: text('status').$type<LobbyEntry['status']>().notNull(),
    askedAt: instantColumn('asked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.meetingId, table.accountId] }),
    check('lobby_entries_status', sql`${table.status} in ('waiting', 'admitted', 'refused', 'left')`),
  ],
)

export const bars = pgTable(
  'bars',
  { meetingId: meetingId(), accountId: accountId(), name: text('name').notNull(), at: instantColumn('at').notNull() },
  (table) => [primaryKey({ columns: [table.meetingId, table.accountId] })],
)

export const calls = pgTable(
  'calls',
  {
    id: uuid('id').primaryKey(),
    meetingId: meetingId(),
    participantId: uuid('participant_id')
      .notNull()
      .references(() => participants.id),
    kind: text('kind').$type<Call['kind']>().notNull(),
    text: text('text').notNull(),
    at: instantColumn('at').notNull(),
    doneAt: instantColumn('done_at'),
  },
  (table) => [index('calls_meeting').on(table.meetingId, table.at), index('calls_participant').on(table.participantId)],
)

export const rollCalls = pgTable(
  'roll_calls',
  {
    id: uuid('id').primaryKey(),
    meetingId: meetingId(),
    startedAt: instantColumn('started_at').notNull(),
    endedAt: instantColumn('ended_at'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('roll_calls_meeting').on(table.meetingId),
    uniqueIndex('roll_calls_one_at_a_time').on(table.meetingId).where(sql`${table.endedAt} is null`),
  ],
)

export const rollCallNames = pgTable(
  'roll_call_names',
  {
    rollCallId: uuid('roll_call_id')
      .notNull()
      .references(() => rollCalls.id, { onDelete: 'cascade' }),
    participantId: uuid('participant_id')
      .notNull()
      .references(() => participants.id),
    answeredAt: instantColumn('answered_at'),
  },
  (table) => [primaryKey({ columns: [table.rollCallId, table.participantId] })],
)
