import { z } from 'zod'
import type { QueryTable } from './commands.ts'
import { meetingSchema } from './meetings.ts'
import {
  blockIdSchema,
  groupCitationSchema,
  minutesNodeSchema,
  pollCitationSchema,
  speechCitationSchema,
  suggestionCitationSchema,
  voteCitationSchema,
} from './minutes.ts'
import { recommendationSchema } from './recommendations.ts'
import { speakingTimesSchema } from './speaking-times.ts'
import { instant } from './text.ts'

/** What can be taken out of a meeting as a file, at `GET /api/meetings/:meetingId/export/<paper>.<form>`. */
export const exportPapers = ['minutes', 'recommendations'] as const
export const exportForms = ['docx', 'pdf', 'html', 'md', 'json'] as const
export type ExportPaper = (typeof exportPapers)[number]
export type ExportForm = (typeof exportForms)[number]

export const exportPath = (meetingId: string, paper: ExportPaper, form: ExportForm) => `/api/meetings/${meetingId}/export/${paper}.${form}`

export const exportQueries = {
  /** Which forms this server can write: PDF only where LibreOffice is installed. */
  'export-forms': { path: '/api/export-forms', input: z.object({}), output: z.array(z.enum(exportForms)) },
} satisfies QueryTable

const exportedMeetingSchema = meetingSchema.omit({ version: true, currentAgendaItemId: true, suggestionPolicy: true })

/** A block of the minutes with its links both ways: to what was cited in it, and to the recommendations that came of it. */
export const exportedPassageSchema = z.object({
  blockId: blockIdSchema,
  type: z.string(),
  text: z.string(),
  suggestionIds: z.array(z.string()),
  speechIds: z.array(z.string()),
  recommendationIds: z.array(z.string()),
})

/** `minutes.json`. A change that an old reader would misunderstand raises `version`. */
export const minutesExportSchema = z.object({
  format: z.literal('yishi-minutes'),
  version: z.literal(1),
  exportedAt: instant,
  meeting: exportedMeetingSchema,
  /** The whole document in ProseMirror's JSON form. */
  document: minutesNodeSchema,
  passages: z.array(exportedPassageSchema),
  /** What is cited, as it read when it was cited; each once. */
  citations: z.object({
    suggestions: z.array(suggestionCitationSchema),
    speeches: z.array(speechCitationSchema),
    votes: z.array(voteCitationSchema),
    polls: z.array(pollCitationSchema),
    groups: z.array(groupCitationSchema),
  }),
  /** By person, site and region. */
  speakingTimes: speakingTimesSchema,
})
export type MinutesExport = z.infer<typeof minutesExportSchema>

/** `recommendations.json`. Suggestions and passages are linked by their ids. */
export const recommendationsExportSchema = z.object({
  format: z.literal('yishi-recommendations'),
  version: z.literal(1),
  exportedAt: instant,
  meeting: exportedMeetingSchema,
  recommendations: z.array(recommendationSchema),
})
export type RecommendationsExport = z.infer<typeof recommendationsExportSchema>
