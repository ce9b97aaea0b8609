import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { mostPhotos } from './photo-rules.ts'
import { readReceipt, receiptPattern } from './suggestion-rules.ts'
import { instant, line, text, versionSchema } from './text.ts'

export { formatReceipt, isPublic, shownSuggestion, wholeSuggestion } from './suggestion-rules.ts'

export const suggestionStatuses = ['pending', 'published', 'answered', 'merged', 'hidden'] as const

export const suggestionSorts = ['newest', 'supported', 'unanswered'] as const

export const suggestionSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  agendaItemId: z.uuid().nullable(),
  /** A nickname, or empty for a citizen who gave none. */
  authorName: z.string(),
  text: z.string(),
  /** One of the region's categories, or what its author wrote where the region has none. */
  category: z.string().nullable(),
  /** Where it is about, in its author's words. */
  place: z.string().nullable(),
  /** Pictures that came with it, in their author's order. */
  photoIds: z.array(z.uuid()),
  /** The short code by which it came: a site's or a station's. Told to the room only. */
  via: z.string().optional(),
  status: z.enum(suggestionStatuses),
  /** Put before the others by the chair's side. */
  pinned: z.boolean(),
  /** Why it deserves a look, such as `link` or `burst`. Told to the room only, and left out when there is nothing. */
  flags: z.array(z.string()).optional(),
  /** A moderator has looked at it and lets it stand for all its flags. Told to the room only, and left out as long as nobody has. */
  kept: z.boolean().optional(),
  /** How many people want it: its author, its supporters and those of all that are merged into it, each once. At most a second old. */
  supportCount: z.number().int(),
  mergedIntoId: z.uuid().nullable(),
  answer: z.string().nullable(),
  /** Why it was hidden; told to its author and to the room only. */
  hideReason: z.string().nullable(),
  createdAt: instant,
  /** Grows by one with every change; a client keeps the highest it has seen. */
  version: versionSchema,
})
export type Suggestion = z.infer<typeof suggestionSchema>

/**
 * A suggestion as the news to thousands of phones carries it: without what every phone knows (which meeting), what none is told,
 * and what stands for nothing. `wholeSuggestion` puts back what was left out.
 */
export type ShownSuggestion = Pick<Suggestion, 'id' | 'text' | 'createdAt' | 'version'> &
  Partial<Omit<Suggestion, 'meetingId' | 'via' | 'flags' | 'kept' | 'hideReason'>>

/** A receipt: 60 random bits in Crockford's base 32, written in three groups of four. Case and missing dashes are forgiven on reading. */
export const receiptSchema = z.string().max(20).transform(readReceipt).pipe(z.string().regex(receiptPattern))

/** Whether the answer will come by e-mail too: not from this server, nobody asked for it, a letter waits to be answered, or it will. */
export const letterStateSchema = z.enum(['impossible', 'none', 'unconfirmed', 'confirmed'])
export type LetterState = z.infer<typeof letterStateSchema>

export const postedSuggestionSchema = z.object({ suggestion: suggestionSchema, receipt: z.string() })
export type PostedSuggestion = z.infer<typeof postedSuggestionSchema>

/** Only what is not yet merged or hidden can be published, answered or merged into. Shared so that the client can grey out the button. */
export const isOpen = (suggestion: Pick<Suggestion, 'status'>) => suggestion.status !== 'merged' && suggestion.status !== 'hidden'

/** Flagged, and nobody has looked at it yet: it is in people's sight at most because the policy publishes at once. */
export const isToBeLookedAt = ({ status, flags, kept }: Pick<Suggestion, 'status' | 'flags' | 'kept'>) =>
  (status === 'pending' || status === 'published') && (flags?.length ?? 0) > 0 && !kept

/** One step of a suggestion's way, newest first on the receipt's page. */
export const receiptStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('posted'), at: instant }),
  z.object({ kind: z.literal('published'), at: instant }),
  z.object({ kind: z.literal('answered'), at: instant, answer: z.string() }),
  z.object({ kind: z.literal('merged'), at: instant, intoText: z.string() }),
  z.object({ kind: z.literal('unmerged'), at: instant }),
  z.object({ kind: z.literal('reopened'), at: instant }),
  z.object({ kind: z.literal('hidden'), at: instant, reason: z.string() }),
  /** It is cited in minutes that every region has signed, which anybody may read at `path`. */
  z.object({ kind: z.literal('cited'), at: instant, edition: z.number().int(), path: z.string() }),
  z.object({ kind: z.literal('recommended'), at: instant, number: z.string(), title: z.string() }),
  z.object({ kind: z.literal('assigned'), at: instant, number: z.string(), organization: z.string(), replyDueAt: instant }),
  z.object({ kind: z.literal('signed'), at: instant, number: z.string(), organization: z.string() }),
  z.object({
    kind: z.literal('replied'),
    at: instant,
    number: z.string(),
    organization: z.string(),
    text: z.string(),
    outcome: z.enum(['adopted', 'partly-adopted', 'not-adopted']),
    grade: z.enum(['A', 'B', 'C']),
    itemText: z.string(),
  }),
  /** The answer did not do: the department handles it once more. */
  z.object({ kind: z.literal('second-round'), at: instant, number: z.string(), organization: z.string() }),
  /** Not adopted after two rounds, and kept in a register to be looked back on. */
  z.object({ kind: z.literal('registered'), at: instant, number: z.string(), organization: z.string() }),
  /** There is a reply, which is not public. */
  z.object({ kind: z.literal('replied-withheld'), at: instant, number: z.string(), organization: z.string() }),
])
export type ReceiptStep = z.infer<typeof receiptStepSchema>

/** A receipt as its holder's own page lists it: what was said, and what happened last. */
export const keptReceiptSchema = postedSuggestionSchema.extend({ meetingTitle: z.string(), latest: receiptStepSchema })
export type KeptReceipt = z.infer<typeof keptReceiptSchema>

export const suggestionCommands = {
  /** Keeps a receipt with one's account. Claiming it again returns the same. */
  'receipt:claim': { input: z.object({ receipt: receiptSchema }), output: keptReceiptSchema },
  'suggestion:post': {
    input: z.object({
      id: z.uuid(),
      meetingId: z.uuid(),
      text: text(1_000),
      authorName: line(20).optional(),
      category: line(20).optional(),
      place: line(60).optional(),
      via: z
        .string()
        .max(12)
        .transform((code) => code.toUpperCase())
        .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4,12}$/))
        .optional(),
      /** Uploaded before, by the same session. */
      photoIds: z
        .array(z.uuid())
        .max(mostPhotos)
        .refine((ids) => new Set(ids).size === ids.length, 'twice')
        .optional(),
    }),
    output: postedSuggestionSchema,
  },
  'suggestion:publish': { input: z.object({ suggestionId: z.uuid() }), output: suggestionSchema },
  'suggestion:answer': { input: z.object({ suggestionId: z.uuid(), answer: text(2_000) }), output: suggestionSchema },
  'suggestion:merge': { input: z.object({ suggestionId: z.uuid(), intoId: z.uuid() }), output: suggestionSchema },
  /** Undoes a merge: the suggestion is what it was before, with the supports and stances that were given to it. */
  'suggestion:unmerge': { input: z.object({ suggestionId: z.uuid() }), output: suggestionSchema },
  'suggestion:pin': { input: z.object({ suggestionId: z.uuid(), pinned: z.boolean() }), output: suggestionSchema },
  /**
   * Supports a suggestion, or takes the support back. `commandId` orders what one person sends: an older command that comes late
   * changes nothing. The answer is what counts.
   */
  'suggestion:support': {
    input: z.object({ suggestionId: z.uuid(), supported: z.boolean(), commandId: z.uuidv7().optional() }),
    output: z.object({ suggestionId: z.uuid(), supported: z.boolean() }),
  },
  'suggestion:hide': { input: z.object({ suggestionId: z.uuid(), reason: line(200) }), output: suggestionSchema },
} satisfies CommandTable

export const suggestionQueries = {
  /** Pinned ones first. The room reads all of a meeting's suggestions, the public those that were published. */
  suggestions: {
    path: '/api/meetings/:meetingId/suggestions',
    input: z.object({
      meetingId: z.uuid(),
      sort: z.enum(suggestionSorts).default('newest'),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
    output: z.array(suggestionSchema),
  },
  /** My own of this meeting, with their receipts, by the session they were posted with. */
  'my-suggestions': {
    path: '/api/meetings/:meetingId/suggestions/mine',
    input: z.object({ meetingId: z.uuid() }),
    output: z.array(postedSuggestionSchema),
  },
  /** The suggestions of this meeting that I support besides my own. */
  'my-supports': {
    path: '/api/meetings/:meetingId/supports/mine',
    input: z.object({ meetingId: z.uuid() }),
    output: z.array(z.uuid()),
  },
  /** What a suggestion may be filed under. Where a region has set its own list, nothing else is taken. */
  'suggestion-categories': {
    path: '/api/meetings/:meetingId/categories',
    input: z.object({ meetingId: z.uuid() }),
    output: z.object({ categories: z.array(z.string()), fixed: z.boolean() }),
  },
  /** Of all meetings: what one has written with this account, and the receipts that one keeps. The newest step first. */
  'my-receipts': { path: '/api/me/receipts', input: z.object({}), output: z.array(keptReceiptSchema) },
  /** The whole way of one suggestion, for whoever holds its receipt. */
  receipt: {
    path: '/api/receipts/:receipt',
    input: z.object({ receipt: receiptSchema }),
    output: z.object({
      suggestion: suggestionSchema,
      receipt: z.string(),
      meetingTitle: z.string(),
      steps: z.array(receiptStepSchema),
      letters: letterStateSchema,
    }),
  },
} satisfies QueryTable

/** New counts of a suggestion; what people think of it is told to the chair's side only, since others vote first. */
export type SuggestionCounts = { id: string; supports: number; agrees?: number; disagrees?: number; passes?: number }

export type SuggestionEvents = {
  /** At most once a second for a meeting, with what changed in that second. */
  'suggestions:counted': (counts: SuggestionCounts[]) => void
  'suggestion:changed': (suggestion: Suggestion) => void
  /** The same for the public, when it may read it. */
  'suggestion:shown': (suggestion: ShownSuggestion) => void
  /** It is no longer for the public: hidden or merged. */
  'suggestion:withdrawn': (withdrawn: { id: string; version: number; mergedIntoId: string | null }) => void
}
