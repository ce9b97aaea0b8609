import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Drawable, DrawCounts, EvaluatorCategory } from '../../shared/draw.ts'
import type { Because, Conclusion, EvaluationGrade, EvaluatorSide } from '../../shared/evaluation-rules.ts'
import type { LookBack } from '../../shared/look-backs.ts'
import { codeColumn, instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { assignments } from '../recommendations/schema.ts'
import { organizations, regions } from '../regions/schema.ts'
import { topics } from '../topics/schema.ts'

/** One for each round in which a department replied. */
export const evaluations = pgTable(
  'evaluations',
  {
    id: uuid('id').primaryKey(),
    assignmentId: uuid('assignment_id')
      .notNull()
      .references(() => assignments.id),
    round: integer('round').notNull(),
    openedAt: instantColumn('opened_at').notNull(),
    closedAt: instantColumn('closed_at'),
    conclusion: text('conclusion').$type<Conclusion>(),
    because: jsonb('because').$type<Because[]>(),
  },
  (table) => [
    unique('evaluations_once').on(table.assignmentId, table.round),
    index('evaluations_open').on(table.openedAt).where(sql`${table.closedAt} is null`),
    check('evaluations_closed', sql`(${table.closedAt} is null) = (${table.conclusion} is null)`),
  ],
)

/** From whom a region draws. Who is taken out stays, for the draws that they were in. */
export const evaluatorCandidates = pgTable(
  'evaluator_candidates',
  {
    id: uuid('id').primaryKey(),
    regionCode: codeColumn('region_code')
      .notNull()
      .references(() => regions.code),
    category: text('category').$type<EvaluatorCategory>().notNull(),
    name: text('name').notNull(),
    affiliation: text('affiliation').notNull(),
    /** Where the link goes when they are drawn; the secretariat's alone, and gone with the candidate. */
    email: text('email'),
    removedAt: instantColumn('removed_at'),
  },
  (table) => [index('evaluator_candidates_region').on(table.regionCode).where(sql`${table.removedAt} is null`)],
)

export const evaluatorDraws = pgTable('evaluator_draws', {
  id: uuid('id').primaryKey(),
  evaluationId: uuid('evaluation_id')
    .notNull()
    .unique()
    .references(() => evaluations.id),
  counts: jsonb('counts').$type<DrawCounts>().notNull(),
  /** As it was fixed. */
  pool: jsonb('pool').$type<Drawable[]>().notNull(),
  poolHash: text('pool_hash').notNull(),
  /** Told to nobody before the draw. */
  secret: text('secret').notNull(),
  commitment: text('commitment').notNull(),
  announced: text('announced').notNull(),
  preparedAt: instantColumn('prepared_at').notNull(),
  publicSeed: text('public_seed'),
  drawnAt: instantColumn('drawn_at'),
})

/** Who judges, and what they said last: a proposer by account, a department by any of its handlers, who was drawn by a link. */
export const evaluators = pgTable(
  'evaluators',
  {
    id: uuid('id').primaryKey(),
    evaluationId: uuid('evaluation_id')
      .notNull()
      .references(() => evaluations.id),
    side: text('side').$type<EvaluatorSide>().notNull(),
    name: text('name').notNull(),
    accountId: uuid('account_id').references(() => accounts.id),
    organizationId: uuid('organization_id').references(() => organizations.id),
    candidateId: uuid('candidate_id').references(() => evaluatorCandidates.id),
    category: text('category').$type<EvaluatorCategory>(),
    /** 128 random bits: whoever has the link judges, so it must not be guessed. */
    token: text('token').unique(),
    /** When the link was sent by e-mail. */
    mailedAt: instantColumn('mailed_at'),
    grade: text('grade').$type<EvaluationGrade>(),
    put: smallint('put'),
    handled: smallint('handled'),
    consensus: smallint('consensus'),
    words: text('words').notNull().default(''),
    givenAt: instantColumn('given_at'),
    /** Who gave way to another: they judge no more. */
    replacedAt: instantColumn('replaced_at'),
    replacedWhy: text('replaced_why'),
    replacedById: uuid('replaced_by_id'),
  },
  (table) => [
    unique('evaluators_account').on(table.evaluationId, table.accountId),
    unique('evaluators_organization').on(table.evaluationId, table.organizationId),
    unique('evaluators_candidate').on(table.evaluationId, table.candidateId),
    index('evaluators_account_waiting').on(table.accountId).where(sql`${table.givenAt} is null`),
    index('evaluators_organization_waiting').on(table.organizationId).where(sql`${table.givenAt} is null`),
    check(
      'evaluators_one_kind',
      sql`num_nonnulls(${table.accountId}, ${table.organizationId}, ${table.candidateId}) = 1 and (${table.candidateId} is null) = (${table.token} is null)`,
    ),
    check('evaluators_given', sql`(${table.givenAt} is null) = (${table.grade} is null)`),
  ],
)

export const lookBacks = pgTable(
  'look_backs',
  {
    id: uuid('id').primaryKey(),
    assignmentId: uuid('assignment_id')
      .notNull()
      .references(() => assignments.id),
    stage: text('stage').$type<LookBack['stage']>().notNull(),
    finding: text('finding').$type<LookBack['finding']>().notNull(),
    words: text('words').notNull(),
    at: instantColumn('at').notNull(),
    byName: text('by_name').notNull(),
  },
  (table) => [unique('look_backs_once').on(table.assignmentId, table.stage)],
)

/** A topic that began with what was found on looking back. */
export const lookBackTopics = pgTable(
  'look_back_topics',
  {
    topicId: uuid('topic_id')
      .primaryKey()
      .references(() => topics.id),
    assignmentId: uuid('assignment_id')
      .notNull()
      .references(() => assignments.id),
  },
  (table) => [index('look_back_topics_assignment').on(table.assignmentId)],
)
