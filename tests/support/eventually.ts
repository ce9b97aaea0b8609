import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks again and again until the check neither throws nor answers false, and returns its answer.
 * @throws what the last attempt threw, once the time is over
 */
export async function eventually<T>(check: () => T | Promise<T>, { timeoutMs = 5_000, everyMs = 20 } = {}): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    try {
      const answer = await check()
      if (answer !== false) return answer
      throw new Error('The check kept answering false.')
    } catch (error) {
      if (performance.now() > deadline) throw error
      await delay(everyMs)
    }
  }
}
