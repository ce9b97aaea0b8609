// Rules that need no schema library, so that the phone page uses the same functions.

/** Nobody sees what others think before they have voted on this many, or on all there are. */
export const resultsAfter = (total: number) => Math.min(5, total)

/**
 * How much a suggestion divides people: many votes, evenly split. Reddit's "controversial" order
 * (`_sorts.pyx`, controversy): the number of votes to the power of the smaller side over the larger.
 */
export function contestOf({ agrees, disagrees }: { agrees: number; disagrees: number }): number {
  if (agrees === 0 || disagrees === 0) return 0
  return (agrees + disagrees) ** (Math.min(agrees, disagrees) / Math.max(agrees, disagrees))
}
