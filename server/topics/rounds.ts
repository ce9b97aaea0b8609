import type { Logger } from 'pino'

/** Long enough that a burst of suggestions is one round, short enough to be live. */
const waitMs = 1_500
/** A meeting that takes long gets rounds farther apart, a hundredth of a core's time at most: a crowd's themes may be some seconds old, and its suggestions must not wait. */
const pause = { timesRound: 99, mostMs: 30_000 }

/** Does a meeting's work soon after it is asked for, one round at a time, and once more when it was asked for meanwhile. */
export function createRounds({ log, work }: { log: Logger; work: (meetingId: string) => Promise<void> }) {
  const waiting = new Map<string, NodeJS.Timeout>()
  const running = new Map<string, Promise<void>>()
  const again = new Set<string>()
  let closed = false

  function soon(meetingId: string, ms = waitMs) {
    if (closed || waiting.has(meetingId)) return
    if (running.has(meetingId)) return void again.add(meetingId)
    waiting.set(
      meetingId,
      setTimeout(() => run(meetingId), ms),
    )
  }

  function run(meetingId: string) {
    waiting.delete(meetingId)
    const began = Date.now()
    const round = work(meetingId)
      .catch((error: unknown) => {
        if (!closed) log.warn({ err: error, meetingId }, 'the themes of a meeting could not be found; trying again with the next change')
      })
      .finally(() => {
        running.delete(meetingId)
        const tookMs = Date.now() - began
        if (again.delete(meetingId)) soon(meetingId, Math.max(waitMs, Math.min(pause.mostMs, pause.timesRound * tookMs)))
      })
    running.set(meetingId, round)
  }

  return {
    soon: (meetingId: string) => soon(meetingId),
    /** Begins no more rounds, and waits for those under way. */
    async close() {
      closed = true
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
      await Promise.all(running.values())
    },
  }
}
