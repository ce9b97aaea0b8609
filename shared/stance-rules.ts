// Rules that need no schema library, so that the phone page uses the same functions.

type Meeting = { status: string }

/**
 * How many votes open what others think: some, or all there are of others' suggestions. Once the meeting has ended nobody can vote any
 * more, so nobody's vote is awaited.
 */
export const resultsAfter = (total: number, { status }: Meeting) => (status === 'ended' ? 0 : Math.max(1, Math.min(5, total)))

/** Whether somebody may see what others think: the chair's side always, all others once they have voted on some. */
export const seesResults = (who: { moderates: boolean; given: number; total: number }, meeting: Meeting) =>
  who.moderates || who.given >= resultsAfter(who.total, meeting)

/**
 * How much a suggestion divides people: many votes, evenly split. Reddit's "controversial" order
 * (`_sorts.pyx`, controversy): the number of votes to the power of the smaller side over the larger.
 */
export function contestOf({ agrees, disagrees }: { agrees: number; disagrees: number }): number {
  if (agrees === 0 || disagrees === 0) return 0
  return (agrees + disagrees) ** (Math.min(agrees, disagrees) / Math.max(agrees, disagrees))
}
