import { contestOf, type StanceCounts } from '../../shared/stances.ts'
import type { Suggestion } from '../../shared/suggestions.ts'

export const orders = ['newest', 'supported', 'contested', 'unanswered'] as const
export type Order = (typeof orders)[number]

type Counts = ReadonlyMap<string, StanceCounts>

const newestFirst = (a: Suggestion, b: Suggestion) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id)
const bySupport = (a: Suggestion, b: Suggestion) => b.supportCount - a.supportCount
const waits = ({ status }: Suggestion) => Number(status === 'pending' || status === 'published')
const none = { agrees: 0, disagrees: 0 }

/** The place of each in an order, by the counts of one moment: nothing moves away from whoever is about to press. */
export function rankBy(order: Order, suggestions: readonly Suggestion[], counts: Counts): ReadonlyMap<string, number> {
  const contest = ({ id }: Suggestion) => contestOf(counts.get(id) ?? none)
  const compare = {
    newest: newestFirst,
    supported: bySupport,
    contested: (a: Suggestion, b: Suggestion) => contest(b) - contest(a),
    unanswered: (a: Suggestion, b: Suggestion) => waits(b) - waits(a) || bySupport(a, b),
  }[order]
  return new Map([...suggestions].sort((a, b) => compare(a, b) || newestFirst(a, b)).map(({ id }, place) => [id, place]))
}

/** What is pinned first, then what came since the ranking, newest first, then by rank. */
export function inRank(suggestions: readonly Suggestion[], rank: ReadonlyMap<string, number>): Suggestion[] {
  const place = ({ id }: Suggestion) => rank.get(id) ?? -1
  return [...suggestions].sort((a, b) => Number(b.pinned) - Number(a.pinned) || place(a) - place(b) || newestFirst(a, b))
}
