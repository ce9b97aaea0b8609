import type { Poll, PollView } from './polls.ts'

// Rules that need no schema library, so that the phone page, which is too small to carry one, uses the same functions.

export const pollKinds = ['single', 'multiple', 'scale', 'mood'] as const
/** When those who are asked see how it stands: always, once they have answered, or once it is closed. The chair's side always does. */
export const pollResults = ['live', 'answered', 'closed'] as const

/** How many answers there are to choose from: of a scale and of a mood always five. */
export const choicesOf = ({ kind, options }: Pick<Poll, 'kind' | 'options'>) => (kind === 'scale' || kind === 'mood' ? 5 : options.length)

/** The average of a scale from 1 to 5; null where nobody has answered. */
export function averageOf(counts: readonly number[]): number | null {
  const people = counts.reduce((sum, count) => sum + count, 0)
  return people === 0 ? null : counts.reduce((sum, count, place) => sum + count * (place + 1), 0) / people
}

/** How many of those who answered, in whole percent. */
export const percentOf = (count: number, answered: number) => (answered === 0 ? 0 : Math.round((100 * count) / answered))

/**
 * What is known of a poll, with what has arrived. Opening and closing raise `version`, answers `writes`. Numbers once seen stay where
 * what arrives has none, since the same news reaches some people with and some without them.
 */
export function mergePoll<P extends PollView>(
  known: P | undefined,
  arrived: Partial<PollView> & Pick<PollView, 'id' | 'writes'>,
): P | undefined {
  if (!known) return undefined
  const state = (arrived.version ?? 0) > known.version ? { version: arrived.version, closedAt: arrived.closedAt } : {}
  const numbers =
    arrived.writes >= known.writes ? { writes: arrived.writes, answered: arrived.answered, counts: arrived.counts ?? known.counts } : {}
  return { ...known, ...state, ...numbers }
}
