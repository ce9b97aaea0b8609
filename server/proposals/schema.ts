import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { ProposalStep, Signer } from '../../shared/proposals.ts'
import type { ProposalStatus } from '../../shared/review-machine.ts'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { meetings } from '../meetings/schema.ts'
import { regions } from '../regions/schema.ts'
import { suggestions } from '../suggestions/schema.ts'
import { votes } from '../votes/schema.ts'

/** A recommendation before it is one. Once accepted, the recommendation has the same id. */
export const proposals = pgTable(
  'proposals',
  {
    id: uuid('id').primaryKey(),
    meetingId: uuid('meeting_id')
      .notNull()
      .references(() => meetings.id),
    regionCode: codeColumn('region_code')
      .notNull()
      .references(() => regions.code),
    status: text('status').$type<ProposalStatus>().notNull().default('draft'),
    title: text('title').notNull(),
    body: text('body').notNull(),
    measures: jsonb('measures').$type<string[]>().notNull(),
    /** Grows with every change of what is written, and of what it comes from. */
    textVersion: integer('text_version').notNull().default(1),
    proposerId: uuid('proposer_id')
      .notNull()
      .references(() => accounts.id),
    createdAt: instantColumn('created_at').notNull(),
    submittedAt: instantColumn('submitted_at'),
    /** Why it came back, while it is being mended. */
    returned: text('returned'),
    claimedBy: uuid('claimed_by').references(() => accounts.id),
    claimedAt: instantColumn('claimed_at'),
    /** When the claim ends by itself: counted with the region's rule of that moment. */
    claimedUntil: instantColumn('claimed_until'),
    firstReviewerId: uuid('first_reviewer_id').references(() => accounts.id),
    mergedIntoId: uuid('merged_into_id').references((): AnyPgColumn => proposals.id),
    /** Where it stood before it was united with another one. */
    statusBefore: text('status_before').$type<ProposalStatus>(),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('proposals_meeting').on(table.meetingId),
    index('proposals_proposer').on(table.proposerId),
    index('proposals_under_review').on(table.meetingId).where(sql`${table.status} in ('received', 'first-review', 'second-review')`),
    index('proposals_merged_into').on(table.mergedIntoId).where(sql`${table.mergedIntoId} is not null`),
    index('proposals_title_trigrams').using('gin', table.title.op('gin_trgm_ops')),
    check('proposals_status', sql`${table.status} in ('draft', 'received', 'first-review', 'second-review', 'ready', 'merged', 'dropped')`),
    check('proposals_merged', sql`(${table.status} = 'merged') = (${table.mergedIntoId} is not null)`),
    check('proposals_merged_before', sql`(${table.status} = 'merged') = (${table.statusBefore} is not null)`),
    check(
      'proposals_claim',
      sql`(${table.claimedBy} is null) = (${table.claimedAt} is null) and (${table.claimedBy} is null) = (${table.claimedUntil} is null)`,
    ),
  ],
)

const proposalId = () =>
  uuid('proposal_id')
    .notNull()
    .references(() => proposals.id)

export const proposalSuggestions = pgTable(
  'proposal_suggestions',
  {
    proposalId: proposalId(),
    suggestionId: uuid('suggestion_id')
      .notNull()
      .references(() => suggestions.id),
  },
  (table) => [
    primaryKey({ columns: [table.proposalId, table.suggestionId] }),
    index('proposal_suggestions_suggestion').on(table.suggestionId),
  ],
)

/** A passage of the minutes, as it read when the draft was last saved. */
export const proposalPassages = pgTable(
  'proposal_passages',
  { proposalId: proposalId(), blockId: text('block_id').notNull(), position: integer('position').notNull(), text: text('text').notNull() },
  (table) => [primaryKey({ columns: [table.proposalId, table.blockId] })],
)

export const proposalVotes = pgTable(
  'proposal_votes',
  {
    proposalId: proposalId(),
    voteId: uuid('vote_id')
      .notNull()
      .references(() => votes.id),
  },
  (table) => [primaryKey({ columns: [table.proposalId, table.voteId] }), index('proposal_votes_vote').on(table.voteId)],
)

/** A theme as it was called then. It may be gone by now: themes are found anew with every suggestion. */
export const proposalThemes = pgTable(
  'proposal_themes',
  { proposalId: proposalId(), themeId: uuid('theme_id').notNull(), name: text('name').notNull() },
  (table) => [primaryKey({ columns: [table.proposalId, table.themeId] })],
)

/** Who was asked to sign, and what they answered. */
export const proposalSigners = pgTable(
  'proposal_signers',
  {
    proposalId: proposalId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    invitedAt: instantColumn('invited_at').notNull(),
    answer: text('answer').$type<Signer['answer']>().notNull().default('invited'),
    answeredAt: instantColumn('answered_at'),
    /** The words that were signed. */
    textVersion: integer('text_version'),
  },
  (table) => [
    primaryKey({ columns: [table.proposalId, table.accountId] }),
    index('proposal_signers_account').on(table.accountId),
    check('proposal_signers_answer', sql`${table.answer} in ('invited', 'signed', 'declined')`),
  ],
)

export const proposalSteps = pgTable(
  'proposal_steps',
  {
    id: uuid('id').primaryKey(),
    proposalId: proposalId(),
    move: text('move').$type<ProposalStep['move']>().notNull(),
    at: instantColumn('at').notNull(),
    byId: uuid('by_id')
      .notNull()
      .references(() => accounts.id),
    byName: text('by_name').notNull(),
    reason: text('reason').notNull(),
  },
  (table) => [index('proposal_steps_proposal').on(table.proposalId, table.at)],
)
