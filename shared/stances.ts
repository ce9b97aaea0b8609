import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { suggestionSchema } from './suggestions.ts'

export { contestOf, resultsAfter, seesResults } from './stance-rules.ts'

export const stanceValues = ['agree', 'disagree', 'pass'] as const
export const stanceSchema = z.enum(stanceValues)
export type Stance = z.infer<typeof stanceSchema>

/** How many people think what, each person once. At most a second old. */
export const stanceCountsSchema = z.object({
  suggestionId: z.uuid(),
  agrees: z.number().int(),
  disagrees: z.number().int(),
  passes: z.number().int(),
})
export type StanceCounts = z.infer<typeof stanceCountsSchema>

/** How far somebody has come: of the suggestions that are not their own, how many they have voted on. */
const progress = { given: z.number().int(), total: z.number().int() }

export const nextCardsSchema = z.object({ cards: z.array(suggestionSchema), ...progress })
export type NextCards = z.infer<typeof nextCardsSchema>

export const myStancesSchema = z.object({
  ...progress,
  /** How many votes open the results. */
  needed: z.number().int(),
  /** Newest first. The counts are there once enough votes are given. */
  stances: z.array(z.object({ suggestion: suggestionSchema, stance: stanceSchema, counts: stanceCountsSchema.nullable() })),
})
export type MyStances = z.infer<typeof myStancesSchema>

export const stanceCommands = {
  /**
   * What I think of a published suggestion; it may be changed. `commandId` orders what one person sends: an older command that
   * comes late changes nothing. The answer is the stance that counts.
   */
  'stance:give': {
    input: z.object({ suggestionId: z.uuid(), stance: stanceSchema, commandId: z.uuidv7().optional() }),
    output: z.object({ suggestionId: z.uuid(), stance: stanceSchema }),
  },
} satisfies CommandTable

const meeting = z.object({ meetingId: z.uuid() })

export const stanceQueries = {
  /** The next suggestions to vote on, none of them one's own or voted on already. */
  'next-card': {
    path: '/api/meetings/:meetingId/stances/next',
    input: meeting.extend({ limit: z.coerce.number().int().min(1).max(10).default(1) }),
    output: nextCardsSchema,
  },
  'my-stances': { path: '/api/meetings/:meetingId/stances/mine', input: meeting, output: myStancesSchema },
  /** Of every suggestion of the meeting, for those of the room who see results. */
  'stance-counts': { path: '/api/meetings/:meetingId/stances/counts', input: meeting, output: z.array(stanceCountsSchema) },
  /** The suggestions that divide people most, for those of the room who see results. */
  contested: {
    path: '/api/meetings/:meetingId/stances/contested',
    input: meeting.extend({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
    output: z.array(suggestionSchema),
  },
} satisfies QueryTable
