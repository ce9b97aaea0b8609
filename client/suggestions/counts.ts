import type { StanceCounts } from '../../shared/stances.ts'
import type { Suggestion, SuggestionCounts } from '../../shared/suggestions.ts'

/** New counts of supporters; they come without a new version. */
export function recounted(known: ReadonlyMap<string, Suggestion>, counts: readonly SuggestionCounts[]): ReadonlyMap<string, Suggestion> {
  const next = new Map(known)
  for (const { id, supports } of counts) {
    const suggestion = known.get(id)
    if (suggestion) next.set(id, { ...suggestion, supportCount: supports })
  }
  return next
}

/** What the news says of stances; that of the public says nothing. */
export const stancesIn = (counts: readonly SuggestionCounts[]): StanceCounts[] =>
  counts.flatMap(({ id, agrees, disagrees, passes }) =>
    agrees === undefined || disagrees === undefined || passes === undefined ? [] : [{ suggestionId: id, agrees, disagrees, passes }],
  )
