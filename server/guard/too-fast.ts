import type { Suspicion } from './straight-line.ts'
import { tooFast } from './thresholds.ts'
import { byAccount, type Vote } from './votes.ts'

const readableMs = (characters: number) => Math.max(tooFast.leastMs, characters * tooFast.perCharacterMs)

/** Those who answer faster than the cards can be read. A phone that was without network sends what was answered meanwhile at once: a person has to decide. */
export function findTooFast(votes: readonly Vote[], lengthOf: (suggestionId: string) => number): Suspicion[] {
  return [...byAccount(votes)].flatMap(([accountId, own]) => {
    const sorted = own.map((vote) => ({ ...vote, ms: Date.parse(vote.at) })).sort((a, b) => a.ms - b.ms)
    const gaps = sorted.slice(1).map((vote, place) => ({ ms: vote.ms - sorted[place]!.ms, suggestionId: vote.suggestionId }))
    if (gaps.length < tooFast.answers) return []
    const fast = gaps.filter(({ ms, suggestionId }) => ms < readableMs(lengthOf(suggestionId)))
    if (fast.length / gaps.length < tooFast.share) return []
    const median = gaps.map(({ ms }) => ms).sort((a, b) => a - b)[gaps.length >> 1]!
    return [{ accountIds: [accountId], evidence: { answers: gaps.length, fast: fast.length, medianMs: median } }]
  })
}
