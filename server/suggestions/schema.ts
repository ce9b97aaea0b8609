import { sql } from 'drizzle-orm'
import { type AnyPgColumn, boolean, check, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { NoticeLanguage } from '../../shared/notifications.ts'
import type { ReceiptStep, Suggestion } from '../../shared/suggestions.ts'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { agendaItems, meetings } from '../meetings/schema.ts'
import { regions } from '../regions/schema.ts'

export const suggestions = pgTable(
  'suggestions',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id),
    agendaItemId: uuid('agenda_item_id').references(() => agendaItems.id),
    authorId: uuid('author_id')
      .notNull()
      .references(() => accounts.id),
    authorName: text('author_name').notNull(),
    text: text('text').notNull(),
    category: text('category'),
    place: text('place'),
    via: text('via'),
    /** Of `photos`, whose rows name the suggestion in turn. Both are written once, in the transaction that posts it. */
    photoIds: uuid('photo_ids').array().notNull().default(sql`'{}'`),
    status: text('status').$type<Suggestion['status']>().notNull(),
    pinned: boolean('pinned').notNull().default(false),
    flags: text('flags').array().notNull().default(sql`'{}'`),
    /** A moderator has looked at what the flags say, and lets it stand. */
    kept: boolean('kept').notNull().default(false),
    /** Follows `supports` within a second, so that reading a list counts nothing. */
    supportCount: integer('support_count').notNull().default(1),
    /** The one that survives, at the end of however many merges. */
    mergedIntoId: uuid('merged_into_id').references((): AnyPgColumn => suggestions.id),
    /** The one that it was merged into by hand, and what it was before: the merge can be undone exactly. */
    mergedDirectlyId: uuid('merged_directly_id').references((): AnyPgColumn => suggestions.id),
    statusBeforeMerge: text('status_before_merge').$type<Suggestion['status']>(),
    answer: text('answer'),
    hideReason: text('hide_reason'),
    receipt: text('receipt').notNull().unique(),
    createdAt: instantColumn('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('suggestions_meeting').on(table.meetingId, table.createdAt),
    // The order in which a meeting's list begins, however long it is.
    index('suggestions_shown').on(table.meetingId, table.pinned, table.createdAt, table.id),
    index('suggestions_author').on(table.authorId),
    index('suggestions_merged_into').on(table.mergedIntoId),
    check('suggestions_status', sql`${table.status} in ('pending', 'published', 'answered', 'merged', 'hidden')`),
    check('suggestions_merged', sql`(${table.status} = 'merged') = (${table.mergedIntoId} is not null)`),
    check(
      'suggestions_merge_can_be_undone',
      sql`(${table.mergedIntoId} is null) = (${table.mergedDirectlyId} is null) and (${table.mergedIntoId} is null) = (${table.statusBeforeMerge} is null)`,
    ),
  ],
)

/**
 * Who supports which suggestion. A row stays where it was given when suggestions are merged: what counts for a suggestion is
 * the union over all that are merged into it. Taking the support back keeps the row, so that an old command that comes late is known.
 */
export const supports = pgTable(
  'supports',
  {
    suggestionId: uuid('suggestion_id')
      .notNull()
      .references(() => suggestions.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    supported: boolean('supported').notNull(),
    at: instantColumn('at').notNull(),
    /** The newest command that was followed. */
    commandId: uuid('command_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.suggestionId, table.accountId] }), index('supports_account').on(table.accountId)],
)

/** Receipts that people keep with their accounts; whoever keeps one counts as its author's person for that suggestion. */
export const receiptClaims = pgTable(
  'receipt_claims',
  {
    suggestionId: uuid('suggestion_id')
      .notNull()
      .references(() => suggestions.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    at: instantColumn('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.suggestionId, table.accountId] }), index('receipt_claims_account').on(table.accountId)],
)

/** The categories that a region offers for suggestions; a region without a row takes those of the region above. */
export const regionCategories = pgTable('region_categories', {
  regionCode: codeColumn('region_code')
    .primaryKey()
    .references(() => regions.code),
  categories: text('categories').array().notNull(),
})

/** What happened to a suggestion and when, for its author. */
export const suggestionSteps = pgTable(
  'suggestion_steps',
  {
    id: uuid('id').primaryKey(),
    suggestionId: uuid('suggestion_id')
      .notNull()
      .references(() => suggestions.id),
    at: instantColumn('at').notNull(),
    kind: text('kind').$type<ReceiptStep['kind']>().notNull(),
    /** The answer, the reason, or the text of the suggestion merged into. */
    words: text('words').notNull().default(''),
  },
  (table) => [index('suggestion_steps_suggestion').on(table.suggestionId)],
)

/** Who works on a suggestion, and until when. */
export const claims = pgTable('suggestion_claims', {
  suggestionId: uuid('suggestion_id')
    .primaryKey()
    .references(() => suggestions.id),
  accountId: uuid('account_id')
    .notNull()
    .references(() => accounts.id),
  name: text('name').notNull(),
  until: instantColumn('until').notNull(),
})

/** Where somebody without an account hears of the answer. Nobody is shown the address, and it goes once they were told. */
export const receiptLetters = pgTable(
  'receipt_letters',
  {
    id: uuid('id').primaryKey(),
    suggestionId: uuid('suggestion_id')
      .notNull()
      .references(() => suggestions.id),
    email: text('email').notNull(),
    language: text('language').$type<NoticeLanguage>().notNull(),
    askedAt: instantColumn('asked_at').notNull(),
    /** SHA-256 of what stands in the link of the letter that asks to confirm. */
    tokenHash: text('token_hash').unique(),
    tokenUntil: instantColumn('token_until'),
    confirmedAt: instantColumn('confirmed_at'),
    /** Stands in every letter: no more of them, please. */
    stopToken: text('stop_token').notNull().unique(),
  },
  (table) => [unique('receipt_letters_once').on(table.suggestionId, table.email), index('receipt_letters_email').on(table.email)],
)
