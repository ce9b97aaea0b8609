import type { MeetingOpinion } from '../../shared/opinion.ts'

// Kaufman and Rousseeuw 1990, "Finding groups in data": above 0.5 a reasonable structure was found, above 0.25 a weak one.
const clearFrom = 0.5
const weakFrom = 0.25

/** What the picture says of the groups; the words are the screens'. */
export function groupFinding({ groups, placed, silhouettes }: Pick<MeetingOpinion, 'groups' | 'placed' | 'silhouettes'>) {
  if (placed === 0) return 'none'
  if (groups.length < 2) return 'one'
  const value = silhouettes.find((tried) => tried.groups === groups.length)?.value ?? 0
  return value >= clearFrom ? 'clear' : value >= weakFrom ? 'weak' : 'blurred'
}

type Suggestions = MeetingOpinion['suggestions']

/** What all groups agree on, the surest first. */
export const commonGround = (suggestions: Suggestions): Suggestions =>
  suggestions.filter(({ common }) => common).sort((a, b) => b.consensus - a.consensus)

/** Suggestions that the page speaks of, with the numbers that stand for them in the picture. */
export function numbered({ suggestions, groups, minorities }: Pick<MeetingOpinion, 'suggestions' | 'groups' | 'minorities'>) {
  const ids = [
    ...commonGround(suggestions)
      .slice(0, shownOfCommon)
      .map(({ suggestionId }) => suggestionId),
    ...groups.flatMap(({ representatives }) => representatives.map(({ suggestionId }) => suggestionId)),
    ...minorities.slice(0, shownOfMinorities).map(({ suggestionId }) => suggestionId),
  ]
  return new Map([...new Set(ids)].map((id, place) => [id, place + 1]))
}

export const shownOfCommon = 8
export const shownOfMinorities = 12

export const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((100 * part) / whole))
