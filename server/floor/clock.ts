import type { Logger } from 'pino'
import type { FloorService } from './service.ts'

/** A speech is over this long after its limit at the latest. */
const everyMs = 500
/** Whoever reloads the page comes back within this time and keeps the word. Lost connections have had the room's own time before. */
const absenceMs = 10_000

/**
 * Ends speeches when their time is up. What is due is read from the database each time: nothing is lost by a restart,
 * and of several nodes that look at once, one ends it.
 */
export function createFloorClock({ floor, now, log }: { floor: Pick<FloorService, 'endOverdue'>; now: () => Date; log: Logger }) {
  let looking: Promise<void> | null = null

  const look = () =>
    (looking ??= floor
      .endOverdue(new Date(now().getTime() - absenceMs).toISOString())
      .catch((error: unknown) => log.warn({ err: error }, 'speeches could not be ended; trying again'))
      .finally(() => {
        looking = null
      }))

  const timer = setInterval(() => void look(), everyMs).unref()
  return {
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}
