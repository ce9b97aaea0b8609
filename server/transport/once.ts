import type { Known } from './limits.ts'

/** What may happen once until a time. */
export type Once = {
  /** Whether it is the first time. */
  take(what: string, untilMs: number): Known<boolean>
}

/** More than this in five minutes are no hall's; forgetting the oldest would let them happen again. */
const mostRemembered = 200_000

/** Remembers in this program alone. Times are asked for in rising order, within a few minutes. */
export function onceHere(now: () => Date): Once {
  const taken = new Map<string, number>()

  function forgetExpired(at: number) {
    for (const [what, untilMs] of taken) {
      if (untilMs > at) break
      taken.delete(what)
    }
  }

  return {
    take(what, untilMs) {
      forgetExpired(now().getTime())
      if (taken.has(what) || taken.size >= mostRemembered) return false
      taken.set(what, untilMs)
      return true
    },
  }
}
