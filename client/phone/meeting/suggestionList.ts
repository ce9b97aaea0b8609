import { isPublic } from '../../../shared/suggestion-rules.ts'
import type { PostedSuggestion, Suggestion, SuggestionCounts } from '../../../shared/suggestions.ts'
import type { KeptReceipt } from './outbox.ts'

/** The newest that is known of each suggestion; null when it was withdrawn from the public. */
export type Known = ReadonlyMap<string, { version: number; suggestion: Suggestion | null }>

export const nothingKnown: Known = new Map()

/** Adds what is newer than what is known. News may come twice, late and out of order. */
export function learn(known: Known, items: readonly { id: string; version: number; suggestion: Suggestion | null }[]): Known {
  const newer = items.filter((item) => (known.get(item.id)?.version ?? -1) < item.version)
  if (newer.length === 0) return known
  const next = new Map(known)
  for (const { id, version, suggestion } of newer) if ((next.get(id)?.version ?? -1) < version) next.set(id, { version, suggestion })
  return next
}

/** New counts of what is known; they come without a new version. */
export function recount(known: Known, counts: readonly SuggestionCounts[]): Known {
  const next = new Map(known)
  for (const { id, supports } of counts) {
    const item = known.get(id)
    if (item?.suggestion) next.set(id, { ...item, suggestion: { ...item.suggestion, supportCount: supports } })
  }
  return next
}

export const asKnown = (suggestion: Suggestion) => ({ id: suggestion.id, version: suggestion.version, suggestion })

/** What the chair pinned first, then the newest; ids are UUIDv7, so they break ties in the order of writing. */
export const publicOf = (known: Known): Suggestion[] =>
  [...known.values()].flatMap(({ suggestion }) => (suggestion && isPublic(suggestion) ? [suggestion] : [])).sort(pinnedFirst(newestFirst))

/** The most supported first, by the counts of one moment: nothing may move under a finger that is about to press. */
export function mostSupported(suggestions: readonly Suggestion[]): ReadonlyMap<string, number> {
  return new Map([...suggestions].sort((a, b) => b.supportCount - a.supportCount).map(({ id }, place) => [id, place]))
}

/** In the order of that moment; what came later stands at the end. */
export const inRank = (suggestions: readonly Suggestion[], rank: ReadonlyMap<string, number>): Suggestion[] =>
  [...suggestions].sort(pinnedFirst((a, b) => (rank.get(a.id) ?? rank.size) - (rank.get(b.id) ?? rank.size)))

type Compare = (a: Suggestion, b: Suggestion) => number
const pinnedFirst =
  (then: Compare): Compare =>
  (a, b) =>
    Number(b.pinned) - Number(a.pinned) || then(a, b)

const newestFirst: Compare = (a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id)

export type MyEntry = { suggestion: Suggestion; receipt: string; mergedIntoText: string | null }

/** My own, from the session they were posted with and from the receipts kept on this phone, each as new as it is known. */
export function myEntries(mine: readonly PostedSuggestion[], kept: readonly KeptReceipt[], known: Known): MyEntry[] {
  const byId = new Map<string, PostedSuggestion>()
  for (const entry of [...kept, ...mine]) {
    const before = byId.get(entry.suggestion.id)
    if (!before || before.suggestion.version <= entry.suggestion.version) byId.set(entry.suggestion.id, entry)
  }
  return [...byId.values()]
    .map(({ suggestion, receipt }) => {
      const seen = known.get(suggestion.id)?.suggestion
      const newest = seen && seen.version >= suggestion.version ? seen : suggestion
      const into = newest.mergedIntoId === null ? undefined : known.get(newest.mergedIntoId)?.suggestion
      return { suggestion: newest, receipt, mergedIntoText: into?.text ?? null }
    })
    .sort((a, b) => newestFirst(a.suggestion, b.suggestion))
}
