import { sql } from 'drizzle-orm'
import { bigint, bigserial, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { MinutesExcuse, MinutesStage } from '../../shared/minutes-stages.ts'
import type { MinutesTemplate } from '../../shared/minutes-template.ts'
import { bigColumn, bytesColumn, codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { meetings } from '../meetings/schema.ts'
import { regions } from '../regions/schema.ts'

const meetingColumn = () =>
  uuid('meeting_id')
    .notNull()
    .references(() => meetings.id, { onDelete: 'cascade' })

/** Where the minutes stand on their way to the signature; without a row they are live. Locked by whoever changes the stage. */
export const minutesStates = pgTable(
  'minutes_states',
  {
    meetingId: uuid('meeting_id')
      .primaryKey()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    stage: text('stage').$type<MinutesStage>().notNull().default('live'),
    edition: integer('edition').notNull().default(1),
    /** Of what there is to sign, or was signed. */
    contentHash: text('content_hash'),
    lockedAt: instantColumn('locked_at'),
    /** Why the text was settled although it lacked something. */
    excuse: jsonb('excuse').$type<MinutesExcuse>(),
    unlockReason: text('unlock_reason'),
    unlockAskedAt: instantColumn('unlock_asked_at'),
    version: integer('version').notNull().default(0),
  },
  (table) => [
    check('minutes_states_stage', sql`${table.stage} in ('live', 'draft', 'amending', 'signed')`),
    check('minutes_states_locked', sql`(${table.stage} = 'signed') = (${table.lockedAt} is not null)`),
    check('minutes_states_hash', sql`(${table.stage} in ('amending', 'signed')) = (${table.contentHash} is not null)`),
  ],
)

/**
 * In which sections a recorder of a meeting writes. A row with no items, like none at all, means everywhere; one with items that have left
 * the agenda means nowhere, so nothing here refers to the agenda.
 */
export const minutesSections = pgTable(
  'minutes_sections',
  {
    meetingId: meetingColumn(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    agendaItemIds: uuid('agenda_item_ids').array().notNull(),
    version: integer('version').notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.accountId] })],
)

/** What new minutes of a region, and of everything below it that has none of its own, begin with; null where that was taken back. */
export const minutesTemplates = pgTable('minutes_templates', {
  regionCode: codeColumn('region_code')
    .primaryKey()
    .references(() => regions.code),
  template: jsonb('template').$type<MinutesTemplate>(),
  version: integer('version').notNull(),
})

/** Changes of the minutes that no snapshot holds yet. */
export const minutesUpdates = pgTable(
  'minutes_updates',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    meetingId: meetingColumn(),
    update: bytesColumn('update').notNull(),
    createdAt: instantColumn('created_at').notNull().default(sql`now()`),
  },
  (table) => [index('minutes_updates_meeting').on(table.meetingId, table.id)],
)

/** One row a meeting, made when its minutes are begun. Locked by whoever compacts. */
export const minutesSnapshots = pgTable('minutes_snapshots', {
  meetingId: uuid('meeting_id')
    .primaryKey()
    .references(() => meetings.id, { onDelete: 'cascade' }),
  state: bytesColumn('state').notNull(),
  /** Grows with every change of `state`: who holds the document knows by it whether somebody else has compacted. */
  revision: bigColumn('revision').notNull().default(0),
  /** The highest update folded in so far. For people: a lower one may still be uncommitted, so nothing is decided by it. */
  upTo: bigColumn('up_to').notNull().default(0),
  updatedAt: instantColumn('updated_at').notNull().default(sql`now()`),
})

export const takenKinds = ['speech', 'vote', 'poll', 'group'] as const
export type TakenKind = (typeof takenKinds)[number]

/** What the minutes have taken in by themselves: each once, and not again when a recorder has removed it. */
export const takenIn = pgTable(
  'minutes_taken_in',
  {
    meetingId: meetingColumn(),
    kind: text('kind', { enum: takenKinds }).notNull(),
    subjectId: uuid('subject_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.kind, table.subjectId] })],
)

/**
 * Over whose connection the words of a Yjs client came, from a clock of it on. The document names the client of every letter,
 * also of those that were compacted, so this says for ever who wrote what.
 */
export const minutesAuthors = pgTable(
  'minutes_authors',
  {
    meetingId: meetingColumn(),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    fromClock: bigColumn('from_clock').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    createdAt: instantColumn('created_at').notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.clientId, table.fromClock] })],
)

/** Who changed which passage, also by erasing, when for the first time and when last. */
export const minutesTouches = pgTable(
  'minutes_touches',
  {
    meetingId: meetingColumn(),
    blockId: text('block_id').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    firstAt: instantColumn('first_at').notNull().default(sql`now()`),
    lastAt: instantColumn('last_at').notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.blockId, table.accountId] })],
)
