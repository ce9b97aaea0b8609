import { performance } from 'node:perf_hooks'

const sampleMs = 25
const tick = { first: 1, most: 16 }
/** Of the time. In a crowd it is long before the end that fewer and fuller frames spare everybody, the pages first of all. */
const busyFrom = 0.5
const quietBelow = 0.3

export type Pace = ReturnType<typeof createPace>

/**
 * How far apart what leaves should leave. A program that has time sends at once; a busy one gathers, so that each frame and
 * each transaction carries more and costs less. Measured by the share of time in which the event loop was not waiting.
 */
export function createPace(now: () => number = () => performance.now()) {
  let seen = performance.eventLoopUtilization()
  let at = now()
  let tickMs = 0

  function adapt(share: number) {
    if (share > busyFrom) tickMs = Math.min(tick.most, Math.max(tick.first, tickMs * 2))
    else if (share < quietBelow) tickMs = tickMs > tick.first ? tickMs / 2 : 0
  }

  /** How long to wait with the next, after one at this time: nothing, most of the time. */
  return function waitAfter(last: number): number {
    const time = now()
    if (time - at >= sampleMs) {
      const total = performance.eventLoopUtilization()
      adapt(performance.eventLoopUtilization(total, seen).utilization)
      seen = total
      at = time
    }
    return Math.max(0, last + tickMs - time)
  }
}
