import type { Voice } from '../../shared/voice.ts'

export const recentMinutes = 10

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

/** What the rate says: how much came lately, and whether that is more or less than before. */
export function rateFinding({ suggestions }: Voice['perMinute']) {
  const now = sum(suggestions.slice(-recentMinutes))
  const before = sum(suggestions.slice(-2 * recentMinutes, -recentMinutes))
  const trend = now === 0 && before === 0 ? 'quiet' : now > before ? 'more' : now < before ? 'fewer' : 'same'
  return { trend, now, difference: Math.abs(now - before) } as const
}

/** What the shares say: which is the largest, and how much of all it is. */
export function shareFinding(shares: readonly { key: string; name: readonly string[]; suggestions: number }[]) {
  const all = sum(shares.map(({ suggestions }) => suggestions))
  const named = shares.filter(({ key }) => key !== '')
  const first = named.reduce<(typeof named)[number] | null>((best, one) => (best && best.suggestions >= one.suggestions ? best : one), null)
  return first && { name: first.name.at(-1) ?? '', percent: Math.round((100 * first.suggestions) / Math.max(1, all)) }
}

/** Of those who said yes or no, how many said yes; null where nobody did, or where it is not told. */
export const agreement = ({ agrees = 0, disagrees = 0 }: { agrees?: number | undefined; disagrees?: number | undefined }) =>
  agrees + disagrees === 0 ? null : Math.round((100 * agrees) / (agrees + disagrees))
