import type { Opinion } from '../../shared/opinion.ts'
import type { OpinionPicture } from './picture.ts'
import type { Tally } from './statistics.ts'

const rounded = (value: number) => Math.round(value * 1e4) / 1e4
const counts = ({ agrees, disagrees, passes }: Tally) => ({ agrees, disagrees, passes })

/** The picture as it travels: by the ids of the suggestions, without a word of who stands where. */
export function tellOpinion(picture: OpinionPicture, ids: readonly string[]): Omit<Opinion, 'with' | 'setAside'> {
  const { groups, knots, suggestions, majorities, minorities, voters, votes, placed, needed, silhouettes } = picture
  const id = (column: number) => ids[column]!
  const voted = Array.from(suggestions.tallies.keys()).filter((column) => suggestions.tallies[column]!.votes > 0)
  return {
    voters,
    votes,
    placed,
    needed,
    silhouettes: Object.entries(silhouettes).map(([k, value]) => ({ groups: Number(k), value: rounded(value) })),
    groups: groups.map(({ id: groupId, size, x, y, representatives }) => ({
      id: groupId,
      size,
      x: rounded(x),
      y: rounded(y),
      representatives: representatives.map(({ column, ...figures }) => ({ suggestionId: id(column), ...figures })),
    })),
    knots: knots.map(({ x, y, people, groupId }) => ({ x: rounded(x), y: rounded(y), people, groupId })),
    suggestions: voted.map((column) => ({
      suggestionId: id(column),
      ...counts(suggestions.tallies[column]!),
      x: rounded(suggestions.x[column]!),
      y: rounded(suggestions.y[column]!),
      consensus: suggestions.consensus[column]!,
      common: suggestions.common[column]!,
      byGroup: groups.map(({ id: groupId, tallies }) => ({ groupId, ...counts(tallies[column]!) })),
    })),
    majorities: majorities.map(({ column, ...figures }) => ({ suggestionId: id(column), ...figures })),
    minorities: minorities.map(({ column, group, tally, rest, significant }) => ({
      suggestionId: id(column),
      groupId: group,
      agrees: tally.agrees,
      votes: tally.votes,
      restAgrees: rest.agrees,
      restVotes: rest.votes,
      significant,
    })),
  }
}
