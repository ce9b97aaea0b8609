import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { AssignmentMove } from '../../shared/assignment-machine.ts'
import type { ClockKind, Extension, Pause, Period } from '../../shared/clocks.ts'
import type { Publicity } from '../../shared/outcomes.ts'
import type { Assignment, Reply } from '../../shared/recommendations.ts'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { meetings } from '../meetings/schema.ts'
import { organizations, regions } from '../regions/schema.ts'
import { suggestions } from '../suggestions/schema.ts'

export const recommendations = pgTable(
  'recommendations',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id),
    /** By whose scheme it is numbered. */
    regionCode: codeColumn('region_code')
      .notNull()
      .references(() => regions.code),
    year: integer('year').notNull(),
    /** Counts from 1 within a year of its region. */
    serial: integer('serial').notNull(),
    /** As the region's scheme wrote it when it was accepted. */
    number: text('number').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => accounts.id),
    createdAt: instantColumn('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    unique('recommendations_serial').on(table.regionCode, table.year, table.serial),
    unique('recommendations_number').on(table.regionCode, table.number),
    index('recommendations_meeting').on(table.meetingId),
    index('recommendations_title_trigrams').using('gin', table.title.op('gin_trgm_ops')),
  ],
)

/** Whose it is: at place 0 who proposed it, then who signed it too. */
export const recommendationProposers = pgTable(
  'recommendation_proposers',
  {
    recommendationId: uuid('recommendation_id')
      .notNull()
      .references(() => recommendations.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.recommendationId, table.accountId] }),
    index('recommendation_proposers_account').on(table.accountId),
  ],
)

export const recommendationSuggestions = pgTable(
  'recommendation_suggestions',
  {
    recommendationId: uuid('recommendation_id')
      .notNull()
      .references(() => recommendations.id),
    suggestionId: uuid('suggestion_id')
      .notNull()
      .references(() => suggestions.id),
  },
  (table) => [
    primaryKey({ columns: [table.recommendationId, table.suggestionId] }),
    index('recommendation_suggestions_suggestion').on(table.suggestionId),
  ],
)

/** A passage of the minutes, as it read when the recommendation was made. */
export const recommendationPassages = pgTable(
  'recommendation_passages',
  {
    recommendationId: uuid('recommendation_id')
      .notNull()
      .references(() => recommendations.id),
    blockId: text('block_id').notNull(),
    position: integer('position').notNull(),
    text: text('text').notNull(),
  },
  (table) => [primaryKey({ columns: [table.recommendationId, table.blockId] })],
)

export const assignments = pgTable(
  'assignments',
  {
    id: uuid('id').primaryKey(),
    recommendationId: uuid('recommendation_id')
      .notNull()
      .references(() => recommendations.id),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    status: text('status').$type<Assignment['status']>().notNull().default('issued'),
    issuedAt: instantColumn('issued_at').notNull(),
    signedAt: instantColumn('signed_at'),
    signedBy: uuid('signed_by').references(() => accounts.id),
  },
  (table) => [
    unique('assignments_once').on(table.recommendationId, table.organizationId),
    index('assignments_organization').on(table.organizationId, table.status),
    check('assignments_status', sql`${table.status} in ('issued', 'signed', 'replied', 'returned')`),
  ],
)

/** Every move that was made, for whoever looks back. */
export const assignmentSteps = pgTable(
  'assignment_steps',
  {
    id: uuid('id').primaryKey(),
    assignmentId: uuid('assignment_id')
      .notNull()
      .references(() => assignments.id),
    move: text('move').$type<AssignmentMove>().notNull(),
    at: instantColumn('at').notNull(),
    byName: text('by_name').notNull(),
    reason: text('reason').notNull(),
    proposedId: uuid('proposed_id').references(() => organizations.id),
  },
  (table) => [index('assignment_steps_assignment').on(table.assignmentId, table.at)],
)

/** A deadline of an assignment; it runs until `stoppedAt`. */
export const assignmentClocks = pgTable(
  'assignment_clocks',
  {
    assignmentId: uuid('assignment_id')
      .notNull()
      .references(() => assignments.id),
    kind: text('kind').$type<ClockKind>().notNull(),
    startedAt: instantColumn('started_at').notNull(),
    period: jsonb('period').$type<Period>().notNull(),
    pauses: jsonb('pauses').$type<Pause[]>().notNull().default([]),
    extensions: jsonb('extensions').$type<Extension[]>().notNull().default([]),
    /** As counted when something of this changed last. */
    dueAt: instantColumn('due_at').notNull(),
    stoppedAt: instantColumn('stopped_at'),
  },
  (table) => [
    primaryKey({ columns: [table.assignmentId, table.kind] }),
    index('assignment_clocks_due').on(table.dueAt).where(sql`${table.stoppedAt} is null`),
    check('assignment_clocks_kind', sql`${table.kind} in ('sign', 'reply')`),
  ],
)

export const replies = pgTable('replies', {
  id: uuid('id').primaryKey(),
  assignmentId: uuid('assignment_id')
    .notNull()
    .unique()
    .references(() => assignments.id),
  text: text('text').notNull(),
  repliedAt: instantColumn('replied_at').notNull(),
  repliedBy: uuid('replied_by')
    .notNull()
    .references(() => accounts.id),
})

export const replyItems = pgTable(
  'reply_items',
  {
    replyId: uuid('reply_id')
      .notNull()
      .references(() => replies.id),
    suggestionId: uuid('suggestion_id')
      .notNull()
      .references(() => suggestions.id),
    outcome: text('outcome').$type<Reply['items'][number]['outcome']>().notNull(),
    grade: text('grade').$type<Reply['items'][number]['grade']>().notNull(),
    text: text('text').notNull(),
  },
  (table) => [primaryKey({ columns: [table.replyId, table.suggestionId] })],
)

/** What a secretariat keeps from the public, and why. A recommendation without a row is public. */
export const recommendationPublicity = pgTable(
  'recommendation_publicity',
  {
    recommendationId: uuid('recommendation_id')
      .primaryKey()
      .references(() => recommendations.id),
    publicity: text('publicity').$type<Publicity>().notNull(),
    reason: text('reason').notNull(),
    byName: text('by_name').notNull(),
    at: instantColumn('at').notNull(),
  },
  (table) => [check('recommendation_publicity_values', sql`${table.publicity} in ('public', 'reply-withheld', 'withheld')`)],
)
