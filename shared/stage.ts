import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { suggestionSchema } from './suggestions.ts'
import { versionSchema } from './text.ts'

export const stageViews = ['speaker', 'opinion', 'voice'] as const
export type StageView = (typeof stageViews)[number]

/** What the chair puts before everybody, in the room and on the halls' screens. */
export const stageSchema = z.object({
  meetingId: z.uuid(),
  /** Whose picture is large for all, whoever speaks. */
  spotlightId: z.uuid().nullable(),
  /** The suggestion that is being discussed. */
  suggestionId: z.uuid().nullable(),
  /** What a hall's screen shows: who speaks, what people think, or what they say. */
  view: z.enum(stageViews),
  /** Grows with every change; a client keeps the highest it has seen. */
  version: versionSchema,
})
export type Stage = z.infer<typeof stageSchema>

/** What the public is told of the stage. What was merged since is shown as what it was merged into. */
export const discussedSchema = stageSchema.pick({ meetingId: true, version: true }).extend({ suggestion: suggestionSchema.nullable() })
export type Discussed = z.infer<typeof discussedSchema>

export const stageCommands = {
  /** Puts a published suggestion before everybody; null takes it away. */
  'stage:show': { input: z.object({ meetingId: z.uuid(), suggestionId: z.uuid().nullable() }), output: stageSchema },
  'stage:spotlight': { input: z.object({ meetingId: z.uuid(), participantId: z.uuid().nullable() }), output: stageSchema },
  /** What the halls' screens show. */
  'stage:view': { input: z.object({ meetingId: z.uuid(), view: z.enum(stageViews) }), output: stageSchema },
  /** Ends whatever screen is being shared. */
  'stage:stop-screen': { input: z.object({ meetingId: z.uuid() }), output: stageSchema },
} satisfies CommandTable

export const stageQueries = {
  /** The suggestion that is being discussed, for everybody. */
  discussed: { path: '/api/meetings/:meetingId/discussed', input: z.object({ meetingId: z.uuid() }), output: discussedSchema },
  stage: { path: '/api/meetings/:meetingId/stage', input: z.object({ meetingId: z.uuid() }), output: stageSchema },
} satisfies QueryTable

export type StageEvents = {
  'stage:changed': (stage: Stage) => void
  /** What the public hears of the stage. */
  'stage:shown': (discussed: Discussed) => void
}
