/** A vote as it counts: of somebody's several on merged suggestions, the newest. */
export type Vote = { accountId: string; suggestionId: string; stance: Stance; at: string }
type Stance = 'agree' | 'disagree' | 'pass'

/** When an account was made: its id is a UUIDv7, whose first 48 bits are milliseconds since 1970. */
export const madeAt = (accountId: string) => Number.parseInt(accountId.replaceAll('-', '').slice(0, 12), 16)

export function byAccount(votes: readonly Vote[]): Map<string, Vote[]> {
  const groups = new Map<string, Vote[]>()
  for (const vote of votes) {
    const own = groups.get(vote.accountId)
    if (own) own.push(vote)
    else groups.set(vote.accountId, [vote])
  }
  return groups
}

/**
 * How surprising a vote is, in bits: −log2 of its share among the other votes on the same card, counting one more of each kind.
 * That everybody agrees with what everybody agrees with says nothing.
 */
export function createSurprise(votes: readonly Vote[]) {
  const counts = new Map<string, Record<Stance, number>>()
  for (const { suggestionId, stance } of votes) {
    const card = counts.get(suggestionId) ?? { agree: 0, disagree: 0, pass: 0 }
    card[stance] += 1
    counts.set(suggestionId, card)
  }
  return ({ suggestionId, stance }: Vote): number => {
    const card = counts.get(suggestionId)
    if (!card) return 0
    const others = card.agree + card.disagree + card.pass - 1
    return -Math.log2(card[stance] / (others + 3))
  }
}
