import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Whether the element has been scrolled away upwards. Without IntersectionObserver it never has. */
export function useOutOfSight(element: RefObject<Element | null>): boolean {
  const [away, setAway] = useState(false)
  useEffect(() => {
    if (!element.current || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver((entries) => {
      const last = entries[entries.length - 1]
      setAway(last !== undefined && !last.isIntersecting && last.boundingClientRect.top < 0)
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return away
}
