import { useEffect, useState } from 'react'

/** The server's time, ticking with its seconds. `offsetMs` is what to add to this page's clock. */
export function useServerClock(offsetMs: number): Date {
  const [now, setNow] = useState(() => new Date(Date.now() + offsetMs))
  useEffect(() => {
    const tick = () => setNow(new Date(Date.now() + offsetMs))
    tick()
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  }, [offsetMs])
  return now
}
