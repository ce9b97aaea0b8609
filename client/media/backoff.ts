const firstMs = 300
const longestMs = 8_000

/** How long to wait before the attempt after `failures` failed ones: doubling, bounded, and spread so that a whole room does not come back at once. */
export function backoffMs(failures: number, random: number = Math.random()): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 10))
  return Math.round(ceiling * (0.5 + random / 2))
}
