import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { assignmentSchema, recommendationSchema } from './recommendations.ts'
import { instant, line, text } from './text.ts'
import { topicSchema } from './topics.ts'

/** 回头看, half a year and a year after it was done with, unless a region says otherwise. */
export const lookBackStages = ['first', 'second'] as const
export type LookBackStage = (typeof lookBackStages)[number]

/** The clock of each. */
export const lookBackClocks = { first: 'first-look-back', second: 'second-look-back' } as const

/** What was promised was done, in part, or not. */
export const lookBackFindings = ['kept', 'partly-kept', 'not-kept'] as const

export const lookBackSchema = z.object({
  id: z.uuid(),
  stage: z.enum(lookBackStages),
  finding: z.enum(lookBackFindings),
  words: z.string(),
  at: instant,
  byName: z.string(),
})
export type LookBack = z.infer<typeof lookBackSchema>

/** An assignment that was done with or registered, as the secretariat looks back on it. */
export const followedSchema = z.object({
  assignmentId: z.uuid(),
  recommendation: recommendationSchema.pick({ id: true, number: true, title: true }),
  organizationName: z.string(),
  regionPath: z.array(z.string()),
  status: assignmentSchema.shape.status,
  /** When its last evaluation closed. */
  concludedAt: instant.nullable(),
  /** Why it stands in the register: what was not adopted, and how it was judged. */
  notAdopted: z.array(z.object({ suggestion: z.string(), reason: z.string() })),
  lookBacks: z.array(lookBackSchema),
  /** The next one that is to be done, and by when. */
  next: z.object({ stage: z.enum(lookBackStages), dueAt: instant }).nullable(),
})
export type Followed = z.infer<typeof followedSchema>

export const lookBackCommands = {
  /** A finding settles what stands in the register, or puts into it what was not kept. Each stage once. */
  'look-back:record': {
    input: z.object({
      id: z.uuid(),
      assignmentId: z.uuid(),
      stage: z.enum(lookBackStages),
      finding: z.enum(lookBackFindings),
      words: text(2_000),
    }),
    output: followedSchema,
  },
  /** A new problem that was found: a topic for a next meeting, with the suggestions that the recommendation came from. */
  'look-back:raise': { input: z.object({ id: z.uuid(), assignmentId: z.uuid(), title: line(80) }), output: topicSchema },
} satisfies CommandTable

const page = { limit: z.coerce.number().int().min(1).max(500).default(200) }
export const lookBackQueries = {
  /** What was still not adopted after two rounds (登记造册), in the regions for which one answers. */
  register: {
    path: '/api/register',
    input: z.object({ settled: z.enum(['no', 'yes']).default('no'), ...page }),
    output: z.array(followedSchema),
  },
  /** What is to be looked back on, the nearest date first. */
  'look-backs': { path: '/api/look-backs', input: z.object(page), output: z.array(followedSchema) },
  'look-backs-of': {
    path: '/api/assignments/:assignmentId/look-backs',
    input: z.object({ assignmentId: z.uuid() }),
    output: z.array(lookBackSchema),
  },
} satisfies QueryTable

export const registerFilePath = '/api/register.csv'
