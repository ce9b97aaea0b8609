import type { Logger } from 'pino'

/** Everybody is back this long after the end at the latest. */
const everyMs = 500

type Deps = { breakouts: { closeOverdue(): Promise<void> }; log: Logger }

/** Calls groups back when their time is up, by what is stored: a restart loses nothing, and of several nodes one does it. */
export function createBreakoutClock({ breakouts, log }: Deps) {
  let looking: Promise<void> | null = null

  const look = () =>
    (looking ??= breakouts
      .closeOverdue()
      .catch((error: unknown) => log.warn({ err: error }, 'groups could not be called back; trying again'))
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
