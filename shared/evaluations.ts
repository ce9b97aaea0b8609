import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { evaluatorCategories } from './draw.ts'
import { conclusions, evaluationGrades, evaluatorSides, questions } from './evaluation-rules.ts'
import { assignmentSchema, recommendationSchema } from './recommendations.ts'
import { instant, line, optionalText, regionCodeSchema, text } from './text.ts'

export const evaluatorCategorySchema = z.enum(evaluatorCategories)
const gradeSchema = z.enum(evaluationGrades)
const sideSchema = z.enum(evaluatorSides)
const markSchema = z.number().int().min(1).max(5)
const perQuestion = z.object({ put: markSchema.optional(), handled: markSchema.optional(), consensus: markSchema.optional() })

export const ballotSchema = z.object({ grade: gradeSchema, marks: perQuestion, words: z.string() })
const given = {
  grade: gradeSchema,
  /** One for each question that the side is asked (`askedOf`). */
  marks: perQuestion,
  words: optionalText(1_000),
}
const needsWords = ({ grade, words }: { grade: string; words: string }) => grade !== 'C' || words !== ''
const wordsNeeded = { path: ['words'], message: 'reason-needed' }

export const sideResultSchema = z.object({
  side: sideSchema,
  evaluators: z.number().int(),
  given: z.number().int(),
  grades: z.object({ A: z.number().int(), B: z.number().int(), C: z.number().int() }),
  grade: gradeSchema.nullable(),
  means: z.object({ put: z.number().optional(), handled: z.number().optional(), consensus: z.number().optional() }),
})

export const becauseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply-grade'), grade: gradeSchema }),
  z.object({ kind: z.literal('side-grade'), side: sideSchema, grade: gradeSchema }),
  z.object({ kind: z.literal('low-mark'), side: sideSchema, question: z.enum(questions), mean: z.number() }),
  z.object({ kind: z.literal('not-adopted'), count: z.number().int() }),
])

export const outcomeSchema = z.object({
  conclusion: z.enum(conclusions),
  because: z.array(becauseSchema),
  results: z.array(sideResultSchema),
  /** What was said, by side, without names and in no order that tells who. */
  words: z.array(z.object({ side: sideSchema, grade: gradeSchema, words: z.string() })),
})
export type EvaluationOutcome = z.infer<typeof outcomeSchema>

export const evaluatorSchema = z.object({
  id: z.uuid(),
  side: sideSchema,
  category: evaluatorCategorySchema.nullable(),
  name: z.string(),
  given: z.boolean(),
  /** Of the link `/evaluate/:token`, for who was drawn and has not judged yet. */
  token: z.string().nullable(),
  /** The link has gone out by e-mail; to all others the secretariat hands it. */
  mailed: z.boolean(),
})
export type Evaluator = z.infer<typeof evaluatorSchema>

export const evaluationSchema = z.object({
  id: z.uuid(),
  assignmentId: z.uuid(),
  round: z.number().int(),
  openedAt: instant,
  dueAt: instant,
  closedAt: instant.nullable(),
  turnout: z.array(z.object({ side: sideSchema, evaluators: z.number().int(), given: z.number().int() })),
  /** Oneself among the evaluators, with what one said. */
  mine: z.array(z.object({ evaluatorId: z.uuid(), side: sideSchema, ballot: ballotSchema.nullable() })),
  draw: z.object({ id: z.uuid(), drawn: z.boolean() }).nullable(),
  /** For the secretariat alone. */
  evaluators: z.array(evaluatorSchema).nullable(),
  /** Once it has closed. */
  outcome: outcomeSchema.nullable(),
})
export type Evaluation = z.infer<typeof evaluationSchema>

const countSchema = z.number().int().min(0).max(50)
export const drawCountsSchema = z.object({ member: countSchema, worthy: countSchema, expert: countSchema, 'third-party': countSchema })
const drawableSchema = z.object({ id: z.uuid(), category: evaluatorCategorySchema, name: z.string() })

/** Everything by which a draw can be checked (`shared/draw.ts`). The secret and who was drawn are there once it was drawn. */
export const drawSchema = z.object({
  id: z.uuid(),
  recommendation: z.object({ number: z.string(), title: z.string() }),
  organizationName: z.string(),
  round: z.number().int(),
  counts: drawCountsSchema,
  pool: z.array(drawableSchema),
  poolHash: z.string(),
  commitment: z.string(),
  /** Which public number would be added, said before it was known. */
  announced: z.string(),
  preparedAt: instant,
  drawnAt: instant.nullable(),
  publicSeed: z.string().nullable(),
  secret: z.string().nullable(),
  drawn: z.array(z.uuid()),
  /** Who gave way, and why. */
  replaced: z.array(z.object({ candidateId: z.uuid(), reason: z.string(), byCandidateId: z.uuid() })),
})
export type Draw = z.infer<typeof drawSchema>

export const candidateSchema = z.object({
  id: z.uuid(),
  regionCode: regionCodeSchema,
  category: evaluatorCategorySchema,
  name: z.string(),
  affiliation: z.string(),
  /** Seen by the secretariat alone. */
  email: z.string().nullable(),
})
export type Candidate = z.infer<typeof candidateSchema>

const lowGrades = z
  .array(z.enum(['B', 'C']))
  .max(2)
  .refine((grades) => new Set(grades).size === grades.length, 'twice')
export const evaluationRulesSchema = z.object({
  replyGrades: lowGrades,
  evaluatedGrades: lowGrades,
  lowestMean: z.number().min(1).max(5),
})
export const evaluatorTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** What an evaluator from outside is shown of what they judge. */
export const evaluationTaskSchema = z.object({
  recommendation: recommendationSchema.pick({ number: true, title: true, body: true }),
  organizationName: z.string(),
  round: z.number().int(),
  reply: assignmentSchema.shape.reply,
  suggestions: z.array(z.object({ id: z.uuid(), text: z.string() })),
  dueAt: instant,
  closed: z.boolean(),
  name: z.string(),
  category: evaluatorCategorySchema,
  ballot: ballotSchema.nullable(),
})
export type EvaluationTask = z.infer<typeof evaluationTaskSchema>

export const toEvaluateSchema = z.object({
  evaluatorId: z.uuid(),
  side: sideSchema,
  recommendation: recommendationSchema.pick({ id: true, number: true, title: true }),
  organizationName: z.string(),
  dueAt: instant,
})
export type ToEvaluate = z.infer<typeof toEvaluateSchema>

export const evaluationCommands = {
  /** By the proposer or the department; again until it closes, and what was said last counts. */
  'evaluation:give': { input: z.object({ evaluatorId: z.uuid(), ...given }).refine(needsWords, wordsNeeded), output: evaluationSchema },
  /** By whoever was drawn: the link is all they need. */
  'evaluation:give-by-link': {
    input: z.object({ token: evaluatorTokenSchema, ...given }).refine(needsWords, wordsNeeded),
    output: evaluationTaskSchema,
  },
  /** By the secretariat, once everybody has judged; at its deadline it closes by itself. */
  'evaluation:close': { input: z.object({ evaluationId: z.uuid() }), output: evaluationSchema },
  /** Fixes the pool and commits to a secret. Once for each evaluation: nobody draws until they like it. */
  'draw:prepare': {
    input: z.object({ id: z.uuid(), evaluationId: z.uuid(), counts: drawCountsSchema, announced: text(200) }),
    output: drawSchema,
  },
  'draw:reveal': { input: z.object({ drawId: z.uuid(), publicSeed: line(100) }), output: drawSchema },
  /** Somebody who was drawn cannot come: the next in the order takes the place. */
  'evaluator:replace': { input: z.object({ evaluatorId: z.uuid(), reason: text(200) }), output: evaluationSchema },
  'candidate:add': {
    input: z.object({
      regionCode: regionCodeSchema,
      candidates: z
        .array(
          z.object({
            ...{ id: z.uuid(), category: evaluatorCategorySchema, name: line(40), affiliation: optionalText(80) },
            email: z.email().max(254).toLowerCase().optional(),
          }),
        )
        .min(1)
        .max(200),
    }),
    output: z.array(candidateSchema),
  },
  'candidate:remove': { input: z.object({ candidateId: z.uuid() }), output: z.array(candidateSchema) },
} satisfies CommandTable

export const evaluationQueries = {
  /** An assignment's evaluations, round by round, for whoever may read the recommendation. */
  evaluations: {
    path: '/api/assignments/:assignmentId/evaluations',
    input: z.object({ assignmentId: z.uuid() }),
    output: z.array(evaluationSchema),
  },
  /** What I, or my department, have still to judge, the nearest date first. */
  'to-evaluate': { path: '/api/to-evaluate', input: z.object({}), output: z.array(toEvaluateSchema) },
  'evaluation-task': {
    path: '/api/evaluation-links/:token',
    input: z.object({ token: evaluatorTokenSchema }),
    output: evaluationTaskSchema,
  },
  /** Everybody's to check. */
  draw: { path: '/api/draws/:drawId', input: z.object({ drawId: z.uuid() }), output: drawSchema },
  candidates: {
    path: '/api/regions/:regionCode/evaluator-candidates',
    input: z.object({ regionCode: regionCodeSchema }),
    output: z.array(candidateSchema),
  },
} satisfies QueryTable
