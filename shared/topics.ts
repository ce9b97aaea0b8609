import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { instant, line, optionalText, regionCodeSchema, versionSchema } from './text.ts'

export const topicStatuses = ['proposed', 'triaged', 'dismissed'] as const

/** Something to consult on, proposed by what people bring, for a secretary to decide. */
export const topicSchema = z.object({
  id: z.uuid(),
  regionCode: regionCodeSchema,
  regionPath: z.array(z.string()),
  title: z.string(),
  category: z.string(),
  status: z.enum(topicStatuses),
  /** When it was proposed or last heated up. */
  heat: z.number(),
  proposedAt: instant,
  decidedAt: instant.nullable(),
  suggestionCount: z.number().int(),
  /** Those with the most supporters. */
  suggestions: z.array(
    z.object({ id: z.uuid(), meetingId: z.uuid(), meetingTitle: z.string(), text: z.string(), supports: z.number().int() }),
  ),
  version: versionSchema,
})
export type Topic = z.infer<typeof topicSchema>

export const lexiconCategorySchema = z.object({
  name: line(20),
  keywords: z.array(line(20)).max(200),
})
export type LexiconCategory = z.infer<typeof lexiconCategorySchema>

/** From this heat on a category becomes a proposed topic; what came a half-life ago counts half. */
const thresholds = {
  threshold: z.number().min(1).max(10_000),
  halfLifeDays: z.number().int().min(1).max(365),
}

export const lexiconSchema = z.object({
  regionCode: regionCodeSchema,
  /** Whose it is: this region's own, that of a region above it, or the national default. */
  source: z.enum(['own', 'above', 'default']),
  /** The region above from which it comes. */
  sourceCode: regionCodeSchema.nullable(),
  categories: z.array(lexiconCategorySchema),
  ...thresholds,
  /** 0 while the region has none of its own. */
  version: versionSchema,
})
export type Lexicon = z.infer<typeof lexiconSchema>

export const topicCommands = {
  /** It is worth consulting on: it waits for a meeting. */
  'topic:accept': { input: z.object({ topicId: z.uuid(), title: line(80) }), output: topicSchema },
  'topic:dismiss': { input: z.object({ topicId: z.uuid(), reason: optionalText(200) }), output: topicSchema },
  'lexicon:save': {
    input: z.object({
      regionCode: regionCodeSchema,
      /** The one that was being edited, so that two editors cannot overwrite each other. */
      version: versionSchema,
      categories: z.array(lexiconCategorySchema).min(1).max(50),
      ...thresholds,
    }),
    output: lexiconSchema,
  },
} satisfies CommandTable

export const topicQueries = {
  /** The topics of the regions for which one may decide, those to decide first. */
  topics: {
    path: '/api/topics',
    input: z.object({ status: z.enum(topicStatuses).optional() }),
    output: z.array(topicSchema),
  },
  topic: { path: '/api/topics/:topicId', input: z.object({ topicId: z.uuid() }), output: topicSchema },
  lexicon: { path: '/api/lexicons/:regionCode', input: z.object({ regionCode: regionCodeSchema }), output: lexiconSchema },
} satisfies QueryTable
