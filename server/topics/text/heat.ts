/** Something that happened, and how much it counts. */
export type Happening = { atMs: number; weight: number }

/** A post counts once, a support half: to write costs more than to tap. */
export const heatWeights = { post: 1, support: 0.5 }
/** In a running meeting what was said ten minutes ago counts half. */
export const liveHalfLifeMs = 10 * 60_000

/** Heat at an instant: `H(t) = Σ w · 2^(−(t − tᵢ) / h)` over everything that happened until then. */
export function heatAt(happenings: readonly Happening[], atMs: number, halfLifeMs = liveHalfLifeMs): number {
  return happenings.reduce((sum, { atMs: then, weight }) => (then > atMs ? sum : sum + weight * 2 ** ((then - atMs) / halfLifeMs)), 0)
}

/** Heat at the end of each of `count` steps that end with `endMs`, in one pass: each step's heat is the one before, decayed, and what came. */
export function heatSeries(
  happenings: readonly Happening[],
  { endMs, stepMs, count, halfLifeMs = liveHalfLifeMs }: { endMs: number; stepMs: number; count: number; halfLifeMs?: number },
): number[] {
  const startMs = endMs - stepMs * count
  const came = new Array<number>(count).fill(0)
  for (const { atMs, weight } of happenings) {
    if (atMs <= startMs || atMs > endMs) continue
    const step = Math.min(count - 1, Math.ceil((atMs - startMs) / stepMs) - 1)
    came[step]! += weight * 2 ** ((atMs - (startMs + (step + 1) * stepMs)) / halfLifeMs)
  }
  let heat = heatAt(happenings, startMs, halfLifeMs)
  return came.map((fresh) => {
    heat = heat * 2 ** (-stepMs / halfLifeMs) + fresh
    return heat
  })
}
