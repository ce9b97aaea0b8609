import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { suggestionStatuses } from './suggestions.ts'
import { instant, line, text, versionSchema } from './text.ts'

/** What several suggestions of one meeting are about, found from their words; a moderator confirms it or puts it right. */
export const themeSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  /** The words that tell it from the others, the foremost first. */
  words: z.array(z.string()),
  /** What a moderator called it, instead of its words. */
  name: z.string().nullable(),
  /** A moderator has confirmed it or put it right: it stays, whatever comes. */
  kept: z.boolean(),
  size: z.number().int(),
  /** How many people want one of its suggestions, counted for each suggestion. */
  supports: z.number().int(),
  /** Left out for whoever has to vote first. */
  agrees: z.number().int().optional(),
  disagrees: z.number().int().optional(),
  /** Decayed count of what was posted and supported; server/topics/text/heat.ts has the formula. */
  heat: z.number(),
  /** Heat at the end of each of the last steps, the newest last. */
  series: z.array(z.number()),
})
export type Theme = z.infer<typeof themeSchema>

/** Steps of a theme's series. */
export const heatStepMs = 2 * 60_000
export const heatSteps = 30

export const themesSchema = z.object({
  /** Grows with every change of the grouping. */
  version: versionSchema,
  at: instant,
  /** How many people have been set aside as not to be trusted, whether they are counted here or not. */
  setAside: z.number().int(),
  /** The hottest first. */
  themes: z.array(themeSchema),
  /** Suggestions in no theme. */
  loose: z.number().int(),
  /** Suggestions that probably say the same, the most supported of each group first. */
  same: z.array(z.array(z.object({ id: z.uuid(), text: z.string(), supports: z.number().int() }))),
})
export type Themes = z.infer<typeof themesSchema>

export const themeSuggestionSchema = z.object({
  id: z.uuid(),
  text: z.string(),
  status: z.enum(suggestionStatuses),
  supports: z.number().int(),
  createdAt: instant,
  /** A moderator put it where it is. */
  fixed: z.boolean(),
  /** Its author's, or else what the region's lexicon proposes. */
  category: z.string().nullable(),
  categoryProposed: z.boolean(),
})
export type ThemeSuggestion = z.infer<typeof themeSuggestionSchema>

/** What the phone shows while somebody writes. */
export const similarSchema = z.object({ id: z.uuid(), text: z.string(), supports: z.number().int() })
export type Similar = z.infer<typeof similarSchema>

const oneTheme = z.object({ themeId: z.uuid() })
const changed = z.object({ version: versionSchema })
/** Without those who were set aside; `all` counts them too. */
const counted = z.enum(['all']).optional()

export const themeCommands = {
  /** What is in it now belongs together. */
  'theme:confirm': { input: oneTheme, output: changed },
  'theme:rename': { input: oneTheme.extend({ name: line(30) }), output: changed },
  /** Puts a suggestion into another theme; null takes it out of every theme. */
  'theme:move': { input: z.object({ suggestionId: z.uuid(), themeId: z.uuid().nullable() }), output: changed },
  'theme:split': {
    input: oneTheme.extend({ id: z.uuid(), suggestionIds: z.array(z.uuid()).min(1).max(500), name: line(30).optional() }),
    output: changed,
  },
  'theme:merge': { input: oneTheme.extend({ intoId: z.uuid() }), output: changed },
} satisfies CommandTable

export const themeQueries = {
  themes: { path: '/api/meetings/:meetingId/themes', input: z.object({ meetingId: z.uuid(), with: counted }), output: themesSchema },
  /** A theme's suggestions, the most supported first; those in no theme when `themeId` is left out. */
  'theme-suggestions': {
    path: '/api/meetings/:meetingId/themes/suggestions',
    input: z.object({ meetingId: z.uuid(), themeId: z.uuid().optional(), with: counted }),
    output: z.array(themeSuggestionSchema),
  },
  /** At most three public suggestions that say much the same as what is being written. */
  similar: {
    path: '/api/meetings/:meetingId/similar',
    input: z.object({ meetingId: z.uuid(), text: text(1_000) }),
    output: z.array(similarSchema),
  },
} satisfies QueryTable

export type ThemeEvents = {
  /** The grouping or its figures have changed: whoever shows them reads them again. At most one in two seconds. */
  'themes:changed': (changed: { meetingId: string; version: number }) => void
}
