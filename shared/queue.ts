import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { isToBeLookedAt, type Suggestion, suggestionSchema } from './suggestions.ts'
import { instant } from './text.ts'

export const queueViews = ['pending', 'flagged', 'unanswered', 'all'] as const
export type QueueView = (typeof queueViews)[number]

/** Who works on a suggestion, and until when unless they go on. */
export const claimSchema = z.object({ suggestionId: z.uuid(), accountId: z.uuid(), name: z.string(), until: instant })
export type Claim = z.infer<typeof claimSchema>

/** A claim is held for so long; whoever still works on it holds it anew before. */
export const claimMs = 60_000

export const queueCountsSchema = z.object({
  pending: z.number().int(),
  flagged: z.number().int(),
  unanswered: z.number().int(),
  all: z.number().int(),
})

/** What belongs into which view. One that a moderator has published, kept, answered or hidden is no longer there for its flags. */
export function isInView(view: QueueView, suggestion: Pick<Suggestion, 'status' | 'flags' | 'kept'>): boolean {
  switch (view) {
    case 'pending':
      return suggestion.status === 'pending'
    case 'flagged':
      return isToBeLookedAt(suggestion)
    case 'unanswered':
      return suggestion.status === 'published'
    case 'all':
      return true
  }
}

const ofSuggestion = z.object({ suggestionId: z.uuid() })

export const queueCommands = {
  /** Says that I work on it, so that nobody else does unknowingly. With `takeOver` also when somebody else said so. */
  'queue:claim': { input: ofSuggestion.extend({ takeOver: z.boolean().default(false) }), output: claimSchema },
  'queue:release': { input: ofSuggestion, output: z.object({ released: z.boolean() }) },
  /** Publishes those of them that are pending and that nobody else works on, and gives what was published. */
  'suggestion:publish-many': {
    input: z.object({ meetingId: z.uuid(), suggestionIds: z.array(z.uuid()).min(1).max(200) }),
    output: z.array(suggestionSchema),
  },
  /** A published one was looked at and stands for all its flags, or is to be looked at again. Publishing says so by itself. */
  'suggestion:keep': { input: ofSuggestion.extend({ kept: z.boolean() }), output: suggestionSchema },
  /** Undoes the last decision: what was hidden or answered is what it was before, what was published waits again. */
  'suggestion:reopen': { input: ofSuggestion, output: suggestionSchema },
} satisfies CommandTable

export const queueQueries = {
  /** What moderators work through: pending ones oldest first, unanswered ones by their supporters, all others newest first. */
  queue: {
    path: '/api/meetings/:meetingId/queue',
    input: z.object({
      meetingId: z.uuid(),
      view: z.enum(queueViews).default('pending'),
      limit: z.coerce.number().int().min(1).max(500).default(300),
    }),
    /** `now` is the server's: by it, claims end. */
    output: z.object({ suggestions: z.array(suggestionSchema), claims: z.array(claimSchema), counts: queueCountsSchema, now: instant }),
  },
} satisfies QueryTable

export type QueueEvents = {
  /** `until` in the past says that nobody works on it any more. */
  'queue:claimed': (claim: Claim) => void
}
