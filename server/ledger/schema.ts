import { sql } from 'drizzle-orm'
import { boolean, check, customType, date, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { LedgerFilter, LedgerLine, LedgerSort } from '../../shared/ledger.ts'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { assignments, recommendations } from '../recommendations/schema.ts'
import { regions } from '../regions/schema.ts'

/** Terms without places; written as text and never read back. */
const termsColumn = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** Recommendations of earlier years, entered from spreadsheets: to be read and found. Nothing happens to them any more. */
export const pastRecommendations = pgTable(
  'past_recommendations',
  {
    id: uuid('id').primaryKey(),
    regionCode: codeColumn('region_code')
      .notNull()
      .references(() => regions.code),
    number: text('number').notNull(),
    year: integer('year').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    meetingTitle: text('meeting_title').notNull(),
    proposer: text('proposer').notNull(),
    departments: text('departments').notNull(),
    recommendedOn: date('recommended_on', { mode: 'string' }).notNull(),
    repliedOn: date('replied_on', { mode: 'string' }),
    grade: text('grade').$type<LedgerLine['grade']>(),
    reply: text('reply').notNull(),
    importedBy: uuid('imported_by')
      .notNull()
      .references(() => accounts.id),
    importedAt: instantColumn('imported_at').notNull(),
  },
  (table) => [unique('past_recommendations_number').on(table.regionCode, table.number)],
)

/**
 * What lists, counts and filters read: one narrow row for each line of the ledger, made anew with every change of what it is about. The
 * names stand elsewhere and are read for one page at a time.
 */
export const ledgerLines = pgTable(
  'ledger_lines',
  {
    /** Of the assignment, of the recommendation while it has none, or of what was entered from an earlier year. */
    id: uuid('id').primaryKey(),
    /** Whose terms find it. */
    subjectId: uuid('subject_id').notNull(),
    recommendationId: uuid('recommendation_id').references(() => recommendations.id),
    pastId: uuid('past_id').references(() => pastRecommendations.id),
    organizationId: uuid('organization_id'),
    meetingId: uuid('meeting_id'),
    proposerId: uuid('proposer_id'),
    year: integer('year').notNull(),
    state: text('state').$type<LedgerLine['state']>().notNull(),
    grade: text('grade').$type<LedgerLine['grade']>(),
    regionCode: codeColumn('region_code'),
    /** Every region whose people may read it: those of the meeting, and all above them. */
    scopes: text('scopes').array().notNull(),
    /** Every region that it is found under. */
    places: text('places').array().notNull(),
    paused: boolean('paused').notNull(),
    warnAt: instantColumn('warn_at').notNull(),
    /** `never` where no deadline runs. */
    dueAt: instantColumn('due_at').notNull(),
    createdAt: instantColumn('created_at').notNull(),
    changedAt: instantColumn('changed_at').notNull(),
    /** Of the recommendation, as it was when this was written. */
    version: integer('version').notNull(),
  },
  (table) => [
    index('ledger_lines_newest').on(table.createdAt, table.id),
    index('ledger_lines_changed').on(table.changedAt, table.id),
    index('ledger_lines_due').on(table.dueAt, table.id),
    index('ledger_lines_state').on(table.state, table.createdAt, table.id),
    index('ledger_lines_grade').on(table.grade, table.createdAt, table.id),
    index('ledger_lines_organization').on(table.organizationId, table.createdAt, table.id),
    index('ledger_lines_meeting').on(table.meetingId, table.createdAt, table.id),
    index('ledger_lines_proposer').on(table.proposerId, table.createdAt, table.id),
    index('ledger_lines_subject').on(table.subjectId),
    // Counting reads nothing but this.
    index('ledger_lines_counts').on(table.state, table.dueAt, table.warnAt),
    index('ledger_lines_scopes').using('gin', table.scopes),
    index('ledger_lines_places').using('gin', table.places),
    check('ledger_lines_subject_known', sql`num_nonnulls(${table.recommendationId}, ${table.pastId}) = 1`),
  ],
)

/** The terms of a recommendation's or an earlier one's words. They change seldom, and are large. */
export const ledgerTexts = pgTable(
  'ledger_texts',
  {
    subjectId: uuid('subject_id').primaryKey(),
    terms: termsColumn('terms').notNull(),
    /** As in its lines: what one region is looking for is found among its own alone. */
    scopes: text('scopes').array().notNull().default(sql`'{}'`),
  },
  (table) => [index('ledger_texts_terms').using('gin', table.terms, table.scopes)],
)

export const ledgerViews = pgTable(
  'ledger_views',
  {
    id: uuid('id').primaryKey(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => accounts.id),
    regionCode: codeColumn('region_code').references(() => regions.code),
    name: text('name').notNull(),
    filter: jsonb('filter').$type<LedgerFilter>().notNull(),
    sort: text('sort').$type<LedgerSort>().notNull(),
    createdAt: instantColumn('created_at').notNull(),
  },
  (table) => [index('ledger_views_owner').on(table.ownerId), index('ledger_views_region').on(table.regionCode)],
)

/** 催办: who reminded a department of an assignment. One round of reminders reminds of each assignment once. */
export const assignmentReminders = pgTable(
  'assignment_reminders',
  {
    id: uuid('id').notNull(),
    assignmentId: uuid('assignment_id')
      .notNull()
      .references(() => assignments.id),
    at: instantColumn('at').notNull(),
    byName: text('by_name').notNull(),
    words: text('words').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.assignmentId] }),
    index('assignment_reminders_assignment').on(table.assignmentId, table.at),
  ],
)
