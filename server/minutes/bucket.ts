/** Lets `burst` things through at once and `perSecond` in the long run. */
export function createBucket(perSecond: number, burst: number, now: () => number = Date.now) {
  let tokens = burst
  let at = now()
  return function take(): boolean {
    const time = now()
    tokens = Math.min(burst, tokens + ((time - at) / 1_000) * perSecond)
    at = time
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
