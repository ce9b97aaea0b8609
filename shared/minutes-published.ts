import { z } from 'zod'
import type { QueryTable } from './commands.ts'
import { minutesFormSchema } from './minutes-form.ts'
import { contentHashSchema } from './minutes-stages.ts'
import { suggestionStatuses } from './suggestions.ts'
import { instant } from './text.ts'

/** What stands behind a cited suggestion, with all that is merged with it: people who want it, and suggestions, each with its receipt. */
export const citationStandingSchema = z.object({
  suggestionId: z.uuid(),
  status: z.enum(suggestionStatuses),
  supporters: z.number().int(),
  receipts: z.number().int(),
})
export type CitationStanding = z.infer<typeof citationStandingSchema>

/** The minutes as every region signed them once. `openedAt` and `openReason` once they were unlocked: then they are not in force any more. */
export const publishedEditionSchema = z.object({
  edition: z.number().int().positive(),
  contentHash: contentHashSchema,
  lockedAt: instant,
  /** As it was when the last region signed; it moves no more. */
  standings: z.array(citationStandingSchema),
  /** Around the text when it was signed; null where nobody had filled it in. */
  form: minutesFormSchema.nullable(),
  openedAt: instant.nullable(),
  openReason: z.string().nullable(),
})
export type PublishedEdition = z.infer<typeof publishedEditionSchema>

/** Where anybody reads the signed minutes of a meeting; without an edition the one in force, or else the last one. */
export const publishedPath = (code: string, edition?: number) => `/minutes/${code}${edition === undefined ? '' : `/${edition}`}`

/** The one that is in force; none before the first is signed, and while a later one is being made. */
export const editionInForce = (editions: readonly PublishedEdition[]) => editions.find(({ openedAt }) => openedAt === null)

/** The edition somebody asks for, of the newest first; without a number the one in force, or else the last. */
export const editionOf = (editions: readonly PublishedEdition[], number: number | undefined): PublishedEdition | undefined =>
  number === undefined ? (editionInForce(editions) ?? editions[0]) : editions.find(({ edition }) => edition === number)

export const minutesPublishedQueries = {
  /** The signed editions, newest first; none before every region has signed. */
  'published-minutes': {
    path: '/api/meetings/:meetingId/minutes/published',
    input: z.object({ meetingId: z.uuid() }),
    output: z.array(publishedEditionSchema),
  },
} satisfies QueryTable
