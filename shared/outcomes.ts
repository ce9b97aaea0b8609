import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { cursorSchema } from './cursor.ts'
import { conclusions } from './evaluation-rules.ts'
import { sideResultSchema } from './evaluations.ts'
import { replyGrades, replyOutcomes } from './recommendations.ts'
import { instant, line, optionalText, regionCodeSchema } from './text.ts'

/** How far a department has come, and a recommendation by the slowest of its departments. */
export const outcomeStates = ['issued', 'handling', 'replied'] as const
export type OutcomeState = (typeof outcomeStates)[number]

/** What of a recommendation the public reads: all of it, all but the replies, or nothing. */
export const publicities = ['public', 'reply-withheld', 'withheld'] as const
export type Publicity = (typeof publicities)[number]

const publicReplySchema = z.object({
  text: z.string(),
  repliedAt: instant,
  items: z.array(
    z.object({
      /** Null where the suggestion itself is not for the public. */
      suggestion: z.string().nullable(),
      outcome: z.enum(replyOutcomes),
      grade: z.enum(replyGrades),
      text: z.string(),
    }),
  ),
})

/** How an answer was judged, once that is over: figures alone, and of few people not even those. */
const publicJudgementSchema = z.object({
  round: z.number().int(),
  closedAt: instant,
  conclusion: z.enum(conclusions),
  sides: z.array(
    sideResultSchema.pick({ side: true, evaluators: true, given: true }).extend({
      /** Null where fewer judged than can stay unknown. */
      figures: sideResultSchema.pick({ grades: true, means: true }).nullable(),
    }),
  ),
})
export type PublicJudgement = z.infer<typeof publicJudgementSchema>

/** A recommendation as everybody may read it, from the suggestions to the replies. Nobody's name is in it but those of offices. */
export const outcomeSchema = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  body: z.string(),
  meeting: z.object({ title: z.string(), code: z.string(), regions: z.array(z.array(z.string())) }),
  /** The signed minutes, where everybody may read them. */
  minutesPath: z.string().nullable(),
  /** What the recommendation rests on in the minutes; only from minutes that everybody may read. */
  passages: z.array(z.string()),
  suggestions: z.array(z.string()),
  state: z.enum(outcomeStates),
  issuedAt: instant,
  /** The newest step. */
  updatedAt: instant,
  replyWithheld: z.boolean(),
  departments: z.array(
    z.object({
      organization: z.string(),
      regionPath: z.array(z.string()),
      state: z.enum(outcomeStates),
      issuedAt: instant,
      signedAt: instant.nullable(),
      replyDueAt: instant,
      repliedAt: instant.nullable(),
      reply: publicReplySchema.nullable(),
      /** Round by round; none while its reply is withheld. */
      judgements: z.array(publicJudgementSchema),
    }),
  ),
})
export type Outcome = z.infer<typeof outcomeSchema>

/** What the list may be narrowed to. */
export const outcomeFilterSchema = z.object({
  region: regionCodeSchema.optional(),
  state: z.enum(outcomeStates).optional(),
  /** Part of a department's name. */
  department: line(40).optional(),
  year: z.coerce.number().int().min(2000).max(2100).optional(),
  /** Each of these words stands in the title or in the text. */
  words: line(60).optional(),
  /** Goes on after the last one of a page: `next` of its answer. */
  after: cursorSchema.optional(),
})
export type OutcomeFilter = z.infer<typeof outcomeFilterSchema>

export const publicitySchema = z.object({
  publicity: z.enum(publicities),
  reason: z.string(),
  byName: z.string().nullable(),
  at: instant.nullable(),
  /** The public page; null while there is none: not given to any department yet, or withheld. */
  path: z.string().nullable(),
})
export type PublicityOf = z.infer<typeof publicitySchema>

export const outcomePath = (id: string) => `/public/${id}`

export const outcomeCommands = {
  /** By a secretariat of the meeting: what the public may read of a recommendation. Withholding needs a reason. */
  'recommendation:classify': {
    input: z
      .object({ recommendationId: z.uuid(), publicity: z.enum(publicities), reason: optionalText(500) })
      .refine(({ publicity, reason }) => publicity === 'public' || reason !== '', { path: ['reason'], message: 'reason-needed' }),
    output: publicitySchema,
  },
} satisfies CommandTable

export const outcomeQueries = {
  /** What came of consultations, newest first, for everybody. */
  outcomes: {
    path: '/api/outcomes',
    input: outcomeFilterSchema.extend({ limit: z.coerce.number().int().min(1).max(50).default(20) }),
    output: z.object({ outcomes: z.array(outcomeSchema), next: z.string().nullable() }),
  },
  outcome: { path: '/api/outcomes/:recommendationId', input: z.object({ recommendationId: z.uuid() }), output: outcomeSchema },
  /** For those who may read the recommendation: what of it is public, and why not. */
  'recommendation-publicity': {
    path: '/api/recommendations/:recommendationId/publicity',
    input: z.object({ recommendationId: z.uuid() }),
    output: publicitySchema,
  },
} satisfies QueryTable
