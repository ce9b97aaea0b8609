import type { StanceCounts } from '../../shared/stances.ts'

type Counts = Pick<StanceCounts, 'agrees' | 'disagrees' | 'passes'>

/** So few votes say little: below this a card comes to many more people. */
const fewVotes = 5

/**
 * How much a suggestion deserves to be the next card. After Pol.is's comment priority (Small et al. 2021, "Polis: Scaling
 * deliberation by mapping high dimensional opinion spaces"; `priority-metric` in its source):
 *
 *     ((1 − p) · importance · (1 + 8 · 2^(−S / 5)))²
 *
 * with S votes, of which p, smoothed, were passes. The last factor gives what is new up to nine times the weight, halved every
 * five votes. Where Pol.is takes the share of agreement and how far the suggestion lies from the middle of its picture, this
 * takes 1 + 3c, where c = 4ad (a and d the smoothed shares of agreement and disagreement among those who took a side) is 1 for
 * a suggestion that divides people in halves and falls to 0 for one that all think the same of.
 */
export function priorityOf({ agrees, disagrees, passes }: Counts): number {
  const votes = agrees + disagrees + passes
  const passed = (passes + 1) / (votes + 2)
  const agreed = (agrees + 1) / (agrees + disagrees + 2)
  const contest = 4 * agreed * (1 - agreed)
  return ((1 - passed) * (1 + 3 * contest) * (1 + 8 * 2 ** (-votes / fewVotes))) ** 2
}

/**
 * Draws cards by lot, without putting any back, each as likely as its priority: a hall that votes at once is not sent to the same
 * card (Efraimidis and Spirakis 2006, "Weighted random sampling with a reservoir").
 */
export function drawCards<T extends Counts>(cards: readonly T[], count: number, random: () => number): T[] {
  return cards
    .map((card) => ({ card, key: Math.log(1 - random()) / priorityOf(card) }))
    .sort((a, b) => b.key - a.key)
    .slice(0, count)
    .map(({ card }) => card)
}
