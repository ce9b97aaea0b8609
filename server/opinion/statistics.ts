import { type VoteMatrix, vote } from './matrix.ts'

/** Significant at 90 %, one-sided (Pol.is, `z-sig-90?`). */
export const isSignificant = (z: number) => z > 1.2816

/** Whether a proportion is above one half: a z value with one success added, so that few votes prove little (Pol.is, `prop-test`). */
export const proportionTest = (successes: number, trials: number) => 2 * Math.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)

/** Whether a proportion is greater within than without: a two-proportion z value with one added to each count (Pol.is, `two-prop-test`). */
export function twoProportionTest(within: number, without: number, trialsWithin: number, trialsWithout: number): number {
  const [a, b, n, m] = [within + 1, without + 1, trialsWithin + 1, trialsWithout + 1]
  const pooled = (a + b) / (n + m)
  return pooled >= 1 ? 0 : (a / n - b / m) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
}

/** A share with one agreement and one disagreement added, as nobody knows much from one vote. */
export const smoothedShare = (successes: number, trials: number) => (successes + 1) / (trials + 2)

export type Tally = { agrees: number; disagrees: number; passes: number; votes: number }

/** Votes on each suggestion by group: `tallies[group][column]`. Who is in no group (-1) is not counted. */
export function tallyByGroup({ people, suggestions, starts, columns, votes }: VoteMatrix, groupOf: Int8Array, groups: number): Tally[][] {
  const tallies = Array.from({ length: groups }, () =>
    Array.from({ length: suggestions }, (): Tally => ({ agrees: 0, disagrees: 0, passes: 0, votes: 0 })),
  )
  for (let row = 0; row < people; row++) {
    const group = tallies[groupOf[row]!]
    if (!group) continue
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const tally = group[columns[entry]!]!
      tally.votes++
      if (votes[entry] === vote.agree) tally.agrees++
      else if (votes[entry] === vote.disagree) tally.disagrees++
      else tally.passes++
    }
  }
  return tallies
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = { agrees: 0, disagrees: 0, passes: 0, votes: 0 }
  for (const { agrees, disagrees, passes, votes } of tallies) {
    sum.agrees += agrees
    sum.disagrees += disagrees
    sum.passes += passes
    sum.votes += votes
  }
  return sum
}
