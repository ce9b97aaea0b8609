import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { MediaSource } from '../../shared/media.ts'
import type { Invitation, Meeting, Site } from '../../shared/meetings.ts'
import type { Role } from '../../shared/policy.ts'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { regions } from '../regions/schema.ts'

export const meetings = pgTable(
  'meetings',
  {
    id: uuid('id').primaryKey(),
    code: text('code').notNull().unique(),
    title: text('title').notNull(),
    status: text('status').$type<Meeting['status']>().notNull().default('scheduled'),
    startsAt: instantColumn('starts_at').notNull(),
    openedAt: instantColumn('opened_at'),
    endedAt: instantColumn('ended_at'),
    suggestionPolicy: text('suggestion_policy').$type<Meeting['suggestionPolicy']>().notNull(),
    currentAgendaItemId: uuid('current_agenda_item_id'),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => accounts.id),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('meetings_starts_at').on(table.startsAt),
    check('meetings_status', sql`${table.status} in ('scheduled', 'live', 'ended')`),
  ],
)

export const meetingRegions = pgTable(
  'meeting_regions',
  {
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    regionCode: codeColumn('region_code')
      .notNull()
      .references(() => regions.code),
    position: integer('position').notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.regionCode] }), index('meeting_regions_region').on(table.regionCode)],
)

export const agendaItems = pgTable(
  'agenda_items',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    title: text('title').notNull(),
    minutes: integer('minutes').notNull(),
  },
  (table) => [index('agenda_items_meeting').on(table.meetingId)],
)

export const sites = pgTable(
  'sites',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    regionCode: codeColumn('region_code')
      .notNull()
      .references(() => regions.code),
    kind: text('kind').$type<Site['kind']>().notNull(),
    /** Of the link for the phones in this place. */
    code: text('code').notNull().unique(),
  },
  (table) => [index('sites_meeting').on(table.meetingId)],
)

export const invitations = pgTable(
  'invitations',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    token: text('token').notNull().unique(),
    role: text('role').$type<Invitation['role']>().notNull(),
    siteId: uuid('site_id').references(() => sites.id, { onDelete: 'set null' }),
    expiresAt: instantColumn('expires_at').notNull(),
    maxUses: integer('max_uses').notNull(),
    revoked: boolean('revoked').notNull().default(false),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => accounts.id),
  },
  (table) => [index('invitations_meeting').on(table.meetingId)],
)

export const invitationUses = pgTable(
  'invitation_uses',
  {
    invitationId: uuid('invitation_id')
      .notNull()
      .references(() => invitations.id, { onDelete: 'cascade' }),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    at: instantColumn('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.invitationId, table.accountId] })],
)

/** One row for an account in a meeting, whatever the number of times it comes and goes. */
export const participants = pgTable(
  'participants',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    role: text('role').$type<Role>().notNull(),
    siteId: uuid('site_id').references(() => sites.id, { onDelete: 'set null' }),
    /** What the chair has closed of what this participant sends. */
    heldByChair: text('held_by_chair').array().$type<MediaSource[]>().notNull().default(sql`'{}'`),
    /** The name of whoever did so last. */
    heldBy: text('held_by'),
    /** As the rights were at the last entering: for counting and showing, never for allowing. */
    voter: boolean('voter').notNull().default(false),
    mayChair: boolean('may_chair').notNull().default(false),
    version: integer('version').notNull().default(1),
  },
  (table) => [index('participants_account').on(table.accountId), unique('participants_once').on(table.meetingId, table.accountId)],
)

/** When a participant was there: the attendance register. `lastSeenAt` closes a span that a crash left open. */
export const participantSpans = pgTable(
  'participant_spans',
  {
    id: uuid('id').primaryKey(),
    participantId: uuid('participant_id')
      .notNull()
      .references(() => participants.id, { onDelete: 'cascade' }),
    from: instantColumn('from_at').notNull(),
    to: instantColumn('to_at'),
    lastSeenAt: instantColumn('last_seen_at').notNull(),
  },
  (table) => [index('participant_spans_participant').on(table.participantId)],
)
