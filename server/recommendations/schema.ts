import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { assignmentParts, assignmentStatuses } from '../../shared/assignment-machine.ts'
import { type ClockKind, clockKinds, type Extension, type Pause, type Period } from '../../shared/clocks.ts'
import { lookBackClocks } from '../../shared/look-backs.ts'
import type { Publicity } from '../../shared/outcomes.ts'
import type { Assignment, AssignmentStep, Reply } from '../../shared/recommendations.ts'
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
    index('recommendations_newest').on(table.createdAt, table.id),
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

/** The names of a closed list as SQL says it; none of them holds a quotation mark. */
const listed = (names: readonly string[]) => sql.raw(`(${names.map((name) => `'${name}'`).join(', ')})`)

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
    part: text('part').$type<Assignment['part']>().notNull().default('lead'),
    hostCode: codeColumn('host_code')
      .notNull()
      .references(() => regions.code),
    status: text('status').$type<Assignment['status']>().notNull().default('issued'),
    round: integer('round').notNull().default(1),
    issuedAt: instantColumn('issued_at').notNull(),
    issuedBy: uuid('issued_by').references(() => accounts.id),
    signedAt: instantColumn('signed_at'),
    signedBy: uuid('signed_by').references(() => accounts.id),
  },
  (table) => [
    unique('assignments_once').on(table.recommendationId, table.organizationId),
    uniqueIndex('assignments_one_lead')
      .on(table.recommendationId, table.hostCode)
      .where(sql`${table.part} = 'lead' and ${table.status} <> 'returned'`),
    index('assignments_organization').on(table.organizationId, table.status),
    index('assignments_registered').on(table.issuedAt).where(sql`${table.status} = 'registered'`),
    index('assignments_host').on(table.hostCode, table.status),
    index('assignments_status').on(table.status, table.recommendationId),
    check('assignments_status', sql`${table.status} in ${listed(assignmentStatuses)}`),
    check('assignments_part', sql`${table.part} in ${listed(assignmentParts)}`),
  ],
)

/** The leader who sees to a region's part of a recommendation. */
export const recommendationSupervisors = pgTable(
  'recommendation_supervisors',
  {
    recommendationId: uuid('recommendation_id')
      .notNull()
      .references(() => recommendations.id),
    hostCode: codeColumn('host_code')
      .notNull()
      .references(() => regions.code),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
  },
  (table) => [
    primaryKey({ columns: [table.recommendationId, table.hostCode] }),
    index('recommendation_supervisors_account').on(table.accountId),
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
    move: text('move').$type<AssignmentStep['move']>().notNull(),
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
    // They end long after all others have stopped, and are asked for by themselves.
    index('assignment_clocks_look_back')
      .on(table.dueAt)
      .where(sql`${table.stoppedAt} is null and ${table.kind} in ${listed(Object.values(lookBackClocks))}`),
    check('assignment_clocks_kind', sql`${table.kind} in ${listed(clockKinds)}`),
  ],
)

/** An answer that waits for the signature of the department's head. */
export const replyDrafts = pgTable('reply_drafts', {
  assignmentId: uuid('assignment_id')
    .primaryKey()
    .references(() => assignments.id),
  id: uuid('id').notNull(),
  text: text('text').notNull(),
  items: jsonb('items').$type<Reply['items']>().notNull(),
  draftedBy: uuid('drafted_by')
    .notNull()
    .references(() => accounts.id),
  draftedAt: instantColumn('drafted_at').notNull(),
})

export const replies = pgTable(
  'replies',
  {
    id: uuid('id').primaryKey(),
    assignmentId: uuid('assignment_id')
      .notNull()
      .references(() => assignments.id),
    version: integer('version').notNull().default(1),
    round: integer('round').notNull().default(1),
    text: text('text').notNull(),
    repliedAt: instantColumn('replied_at').notNull(),
    repliedBy: uuid('replied_by')
      .notNull()
      .references(() => accounts.id),
    draftedBy: uuid('drafted_by').references(() => accounts.id),
    sentBack: jsonb('sent_back').$type<Reply['sentBack']>(),
  },
  (table) => [
    unique('replies_version').on(table.assignmentId, table.version),
    uniqueIndex('replies_one_stands').on(table.assignmentId, table.round).where(sql`${table.sentBack} is null`),
  ],
)

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
  (table) => [primaryKey({ columns: [table.replyId, table.suggestionId] }), index('reply_items_suggestion').on(table.suggestionId)],
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
