const windowSeconds = 60

/** How often something happened in the last minute, counted by the second. */
export function createRate(now: () => Date) {
  const counts = new Uint32Array(windowSeconds)
  let second = Math.floor(now().getTime() / 1_000)
  let total = 0

  function advance() {
    const current = Math.floor(now().getTime() / 1_000)
    for (let steps = Math.min(current - second, windowSeconds); steps > 0; steps--) {
      const place = (current - steps + 1) % windowSeconds
      total -= counts[place]!
      counts[place] = 0
    }
    // A clock that is set back counts on into the second that it was.
    second = Math.max(second, current)
  }

  return {
    hit() {
      advance()
      counts[second % windowSeconds]! += 1
      total += 1
    },
    perMinute(): number {
      advance()
      return total
    },
  }
}
