import { z } from 'zod'
import type { QueryTable } from './commands.ts'
import { suggestionStatuses } from './suggestions.ts'
import { instant } from './text.ts'

/** What hundreds of phones say, in what a chair reads in two minutes. */
export const voiceCardSchema = z.object({
  id: z.uuid(),
  text: z.string(),
  status: z.enum(suggestionStatuses),
  createdAt: instant,
  supports: z.number().int(),
  /** Left out for whoever has to vote first. */
  agrees: z.number().int().optional(),
  disagrees: z.number().int().optional(),
  theme: z.string().nullable(),
})
export type VoiceCard = z.infer<typeof voiceCardSchema>

const share = z.object({ key: z.string(), name: z.array(z.string()), suggestions: z.number().int(), supports: z.number().int() })
export type VoiceShare = z.infer<typeof share>

export const voiceSchema = z.object({
  at: instant,
  /** Whether it says what people think of the suggestions; without, there is neither `contested` nor `agreed`. */
  results: z.boolean(),
  /** How many people have been set aside as not to be trusted, whether they are counted here or not. */
  setAside: z.number().int(),
  totals: z.object({
    /** Everybody who wrote, supported or gave a stance. */
    people: z.number().int(),
    suggestions: z.number().int(),
    pending: z.number().int(),
    answered: z.number().int(),
    merged: z.number().int(),
    hidden: z.number().int(),
    supports: z.number().int(),
    stances: z.number().int(),
    /** Of those that are public. */
    unanswered: z.number().int(),
  }),
  /** Suggestions and supports in each of the last minutes, the newest last. */
  perMinute: z.object({ suggestions: z.array(z.number().int()), supports: z.array(z.number().int()) }),
  /** The most supported of those that are public and have nothing held against them: for a hall's screen. */
  top: z.array(voiceCardSchema),
  /** The hottest themes by the names that a hall's screen may say. */
  wallThemes: z.array(z.object({ id: z.uuid(), name: z.string(), size: z.number().int() })),
  newest: z.array(voiceCardSchema),
  hot: z.array(voiceCardSchema),
  contested: z.array(voiceCardSchema),
  agreed: z.array(voiceCardSchema),
  /** The most supported of those that nobody has answered. */
  unanswered: z.array(voiceCardSchema),
  bySite: z.array(share),
  byRegion: z.array(share),
  byCategory: z.array(share),
  themes: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      size: z.number().int(),
      /** How many of them are public. */
      publicSize: z.number().int(),
      supports: z.number().int(),
      heat: z.number(),
      series: z.array(z.number()),
      best: z.array(voiceCardSchema),
    }),
  ),
})
export type Voice = z.infer<typeof voiceSchema>

export const voiceMinutes = 60

export const voiceQueries = {
  /** For the room, without those who were set aside; `with=all` counts them too. */
  voice: {
    path: '/api/meetings/:meetingId/voice',
    input: z.object({ meetingId: z.uuid(), with: z.enum(['all']).optional() }),
    output: voiceSchema,
  },
} satisfies QueryTable
