import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { headFieldSchema, headFields } from './minutes-nodes.ts'
import { line, regionCodeSchema, text, versionSchema } from './text.ts'

/** Standard words under a heading, a paragraph each. */
const passages = z.array(text(1_000)).max(20)

/** How many parts a template may have, and how long a heading may be. */
export const mostParts = 30
export const headingLength = 60

/** A standard heading, or the place where the agenda's items stand, each with the same words under it. */
const partSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), level: z.number().int().min(1).max(2), text: line(headingLength), passages }),
  z.object({ kind: z.literal('agenda'), passages }),
])
export type TemplatePart = z.infer<typeof partSchema>

/** Agenda items have headings of this level: under a standard heading of the first, beside one of the second. */
export const agendaLevel = 2

/** What new minutes begin with: the fields of their head, and their sections in order. The agenda has its place exactly once. */
export const minutesTemplateSchema = z.object({
  headFields: z
    .array(headFieldSchema)
    .max(headFields.length)
    .refine((fields) => fields.includes('title'), 'title-needed')
    .refine((fields) => new Set(fields).size === fields.length, 'twice'),
  parts: z
    .array(partSchema)
    .max(mostParts)
    .refine((parts) => parts.filter(({ kind }) => kind === 'agenda').length === 1, 'agenda-once'),
})
export type MinutesTemplate = z.infer<typeof minutesTemplateSchema>

/** Where no region says otherwise. In Chinese, like the official paper that it becomes. */
export const standardTemplate: MinutesTemplate = {
  headFields: [...headFields],
  parts: [
    { kind: 'heading', level: 1, text: '会议情况', passages: [] },
    { kind: 'agenda', passages: [] },
    { kind: 'heading', level: 1, text: '协商意见', passages: [] },
    { kind: 'heading', level: 1, text: '协商建议', passages: [] },
  ],
}

export const regionTemplateSchema = z.object({
  regionCode: regionCodeSchema,
  /** Null takes that of the region above; where none has one, the standard. */
  template: minutesTemplateSchema.nullable(),
  /** 0 for a region that never had one of its own. */
  version: versionSchema,
})
export type RegionTemplate = z.infer<typeof regionTemplateSchema>

export const minutesTemplateCommands = {
  /** `version` is the one that was being edited. Minutes that have been begun stay as they are. */
  'minutes:set-template': { input: regionTemplateSchema, output: regionTemplateSchema },
} satisfies CommandTable

export const minutesTemplateQueries = {
  /** A region's own template, and the one that it has from above, with whose that is; null is the standard. */
  'minutes-template': {
    path: '/api/regions/:regionCode/minutes-template',
    input: z.object({ regionCode: regionCodeSchema }),
    output: z.object({
      own: regionTemplateSchema,
      inherited: z.object({ regionCode: regionCodeSchema.nullable(), template: minutesTemplateSchema }),
    }),
  },
} satisfies QueryTable
