import { type ReactNode, startTransition, useEffect, useState } from 'react'

/** Draws something once the rest of the page stands and the browser has time; until then what keeps its place. */
export function Later({ place, children }: { place: ReactNode; children: ReactNode }) {
  const [shown, setShown] = useState(false)
  useEffect(() => startTransition(() => setShown(true)), [])
  return shown ? children : place
}
