import type { SuggestionCitation } from '../../shared/minutes.ts'
import type { Suggestion } from '../../shared/suggestions.ts'

/** What `window` is told to have something cited: `new CustomEvent('yishi:cite', { detail: { kind, id } })`. */
export type CiteRequest = { kind: 'suggestion' | 'speech' | 'vote' | 'poll' | 'group'; id: string }

export const citeEvent = 'yishi:cite'

export const suggestionCitation = (suggestion: Suggestion, now: Date): SuggestionCitation => ({
  suggestionId: suggestion.id,
  text: suggestion.text,
  authorName: suggestion.authorName,
  citedAt: now.toISOString(),
})
