import { sql } from 'drizzle-orm'
import { type AnyPgColumn, boolean, check, index, integer, jsonb, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core'
import type { LexiconCategory, Topic } from '../../shared/topics.ts'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { meetings } from '../meetings/schema.ts'
import { regions } from '../regions/schema.ts'
import { suggestions } from '../suggestions/schema.ts'

/** One row for a meeting with themes. Locked by whoever changes them; `version` grows with every change. */
export const themeStates = pgTable('theme_states', {
  meetingId: uuid('meeting_id')
    .primaryKey()
    .references(() => meetings.id, { onDelete: 'cascade' }),
  version: integer('version').notNull().default(0),
})

export const themes = pgTable(
  'themes',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    words: text('words').array().notNull(),
    name: text('name'),
    /** Touched by a moderator: never dissolved. */
    kept: boolean('kept').notNull().default(false),
    /** Never shown again, and its id never used again. */
    mergedIntoId: uuid('merged_into_id').references((): AnyPgColumn => themes.id),
    createdAt: instantColumn('created_at').notNull(),
  },
  (table) => [index('themes_meeting').on(table.meetingId), index('themes_merged_into').on(table.mergedIntoId)],
)

/** Where each suggestion belongs, as the algorithm or, when it is fixed, a moderator said. */
export const suggestionThemes = pgTable(
  'suggestion_themes',
  {
    suggestionId: uuid('suggestion_id')
      .primaryKey()
      .references(() => suggestions.id),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id),
    themeId: uuid('theme_id').references(() => themes.id),
    fixed: boolean('fixed').notNull().default(false),
    /** What the region's lexicon proposes. */
    category: text('category'),
  },
  (table) => [index('suggestion_themes_meeting').on(table.meetingId), index('suggestion_themes_theme').on(table.themeId)],
)

/** Which words belong to which category in a region; a region without a row has that of the region above, at last the national one. */
export const lexicons = pgTable('lexicons', {
  regionCode: codeColumn('region_code')
    .primaryKey()
    .references(() => regions.code),
  categories: jsonb('categories').$type<LexiconCategory[]>().notNull(),
  threshold: real('threshold').notNull(),
  halfLifeDays: integer('half_life_days').notNull(),
  version: integer('version').notNull(),
})

export const topics = pgTable(
  'topics',
  {
    id: uuid('id').primaryKey(),
    regionCode: codeColumn('region_code')
      .notNull()
      .references(() => regions.code),
    title: text('title').notNull(),
    category: text('category').notNull(),
    status: text('status').$type<Topic['status']>().notNull(),
    heat: real('heat').notNull(),
    proposedAt: instantColumn('proposed_at').notNull(),
    decidedAt: instantColumn('decided_at'),
    decidedBy: uuid('decided_by').references(() => accounts.id),
    /** Why it was dismissed. */
    reason: text('reason').notNull().default(''),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('topics_region').on(table.regionCode, table.category),
    check('topics_status', sql`${table.status} in ('proposed', 'triaged', 'dismissed')`),
    check('topics_decided', sql`(${table.status} = 'proposed') = (${table.decidedAt} is null)`),
  ],
)

export const topicSuggestions = pgTable(
  'topic_suggestions',
  {
    topicId: uuid('topic_id')
      .notNull()
      .references(() => topics.id),
    suggestionId: uuid('suggestion_id')
      .notNull()
      .references(() => suggestions.id),
  },
  (table) => [primaryKey({ columns: [table.topicId, table.suggestionId] }), index('topic_suggestions_suggestion').on(table.suggestionId)],
)
