/** Congestion control shall not fall where it cannot come back from by itself; below, the ladder decides by loss and delay. */
export const leastBitrate = 100_000
/** More than the smallest form of any picture needs, a screen's among them. */
const mostBitrate = 800_000
/** Congestion control needs so long to find out that a line carries more than it believed. */
const keepMs = 5_000

export type Relief = { floor: number; raisedAt: number }
export const noRelief: Relief = { floor: leastBitrate, raisedAt: 0 }

/**
 * The least that congestion control is to believe a line carries. The media worker sends nothing of a picture whose smallest layer
 * does not fit its estimate, and without anything sent the estimate never grows: a receiver that was busy for a moment while
 * it entered, and so acknowledged late, would wait for its pictures for ever. While nothing at all comes through, the floor is
 * raised step by step until something does, and kept for a moment. A line that really is too weak shows by loss and delay, and the
 * ladder then takes the pictures away, which ends the starving as well.
 */
export function relieve({ floor, raisedAt }: Relief, starving: boolean, now: number): Relief {
  if (starving) return { floor: Math.min(floor * 2, mostBitrate), raisedAt: now }
  if (floor > leastBitrate && now - raisedAt > keepMs) return noRelief
  return { floor, raisedAt }
}

/** A picture that should come and does not: since when, and how often a key frame was asked for. */
export type Missed = { since: number; asked: number } | null

/** Asked for after one second, three, seven, and ever more rarely: a key frame is dear for whoever sends it, and for all who receive it. */
export function miss(before: Missed, waiting: boolean, now: number): { missed: Missed; ask: boolean } {
  if (!waiting) return { missed: null, ask: false }
  if (!before) return { missed: { since: now, asked: 0 }, ask: false }
  const ask = now - before.since >= 1_000 * (2 ** (before.asked + 1) - 1)
  return { missed: ask ? { ...before, asked: before.asked + 1 } : before, ask }
}
