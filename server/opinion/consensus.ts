import { repness } from './representative.ts'
import { isSignificant, proportionTest, smoothedShare, sumOf, type Tally } from './statistics.ts'

/** What most of all who voted say, whatever their group (Pol.is, `select-consensus-comments`). */
export type Majority = { column: number; side: 'agree' | 'disagree'; count: number; votes: number; share: number; shareTest: number }

const mostOfASide = 5

export function majorities(all: readonly Tally[]): Majority[] {
  const of = (side: Majority['side']) =>
    all
      .map(({ agrees, disagrees, votes }, column): Majority => {
        const count = side === 'agree' ? agrees : disagrees
        return { column, side, count, votes, share: smoothedShare(count, votes), shareTest: proportionTest(count, votes) }
      })
      .filter(({ share, shareTest }) => share > 0.5 && isSignificant(shareTest))
      .sort((a, b) => b.share * b.shareTest - a.share * a.shareTest || a.column - b.column)
      .slice(0, mostOfASide)
  return [...of('agree'), ...of('disagree')]
}

/**
 * Group-informed consensus: how likely it is that somebody of every group agrees, the product over the groups of (agreements + 1) ÷ (votes + 2) (Pol.is,
 * `group-aware-consensus`; Small et al. 2021, §4.4). A small group weighs as much as a large one: nothing is common ground that one of them rejects.
 */
export const groupInformedConsensus = (tallies: readonly Tally[]) =>
  tallies.reduce((product, { agrees, votes }) => product * smoothedShare(agrees, votes), 1)

/** Whether in each group more than half of those who voted on it agree. */
export const isCommonGround = (tallies: readonly Tally[]) => tallies.length > 0 && tallies.every(({ agrees, votes }) => agrees * 2 > votes)

/** What one group holds to and most do not: shown however small the group is. */
export type MinorityStatement = { column: number; group: number; tally: Tally; rest: Tally; significant: boolean }

export function minorityStatements(tallies: Tally[][]): MinorityStatement[] {
  if (tallies.length < 2) return []
  return tallies
    .flatMap((group, place) =>
      group.flatMap((tally, column): (MinorityStatement & { distinct: number })[] => {
        const rest = sumOf(tallies.flatMap((other, index) => (index === place ? [] : [other[column]!])))
        const held = tally.agrees * 2 > tally.votes
        const minority = (tally.agrees + rest.agrees) * 2 < tally.votes + rest.votes
        if (!held || !minority) return []
        const { rat, pat } = repness(tally, rest)
        return [{ column, group: place, tally, rest, significant: isSignificant(rat) && isSignificant(pat), distinct: rat }]
      }),
    )
    .sort((a, b) => b.distinct - a.distinct || a.column - b.column)
    .map(({ distinct: _, ...statement }) => statement)
}
