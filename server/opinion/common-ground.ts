import type { CommonGround } from '../../shared/opinion.ts'
import type { Picture } from './pictures.ts'

// A phone's screen holds no more.
const mostCommon = 10
const mostOfAGroup = 2

/** What somebody sees who has not voted on enough: how many are missing, and nothing else. */
export const noGround = (given: number, needed: number): CommonGround => ({
  version: 0,
  given,
  needed,
  voters: 0,
  placed: 0,
  toBePlaced: 0,
  groups: [],
  knots: [],
  common: [],
  mine: null,
})

/** The picture as somebody sees it on the phone, with their own place in it. */
export function commonGroundOf(
  { version, counted, placeOf }: Picture,
  accountId: string | null,
  texts: ReadonlyMap<string, string>,
): Omit<CommonGround, 'given' | 'needed'> {
  const textOf = (suggestionId: string) => texts.get(suggestionId) ?? ''
  return {
    version,
    voters: counted.voters,
    placed: counted.placed,
    toBePlaced: counted.needed,
    groups: counted.groups.map(({ id, size, representatives }) => ({
      id,
      size,
      holds: representatives
        .slice(0, mostOfAGroup)
        .map(({ suggestionId, side, count, votes }) => ({ suggestionId, text: textOf(suggestionId), side, count, votes })),
    })),
    knots: counted.knots,
    common: counted.suggestions
      .filter(({ common }) => common)
      .sort((a, b) => b.consensus - a.consensus)
      .slice(0, mostCommon)
      .map(({ suggestionId, agrees, disagrees, passes, byGroup }) => ({
        suggestionId,
        text: textOf(suggestionId),
        byGroup:
          byGroup.length > 0
            ? byGroup.map((group) => ({
                groupId: group.groupId,
                agrees: group.agrees,
                votes: group.agrees + group.disagrees + group.passes,
              }))
            : [{ groupId: 0, agrees, votes: agrees + disagrees + passes }],
      })),
    mine: accountId === null ? null : placeOf(accountId),
  }
}
