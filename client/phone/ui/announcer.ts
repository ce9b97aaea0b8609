import { useCallback, useEffect, useRef, useState } from 'preact/hooks'

// Long enough for one sentence to be read out before the next one comes.
const gapMs = 5_000

/** A sentence for the polite live region. What comes within the gap replaces what waits, so that a burst is one sentence. */
export function useAnnouncer() {
  const [sentence, setSentence] = useState('')
  const waiting = useRef<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const say = useCallback(() => {
    timer.current = undefined
    if (waiting.current === null) return
    setSentence(waiting.current)
    waiting.current = null
    timer.current = setTimeout(say, gapMs)
  }, [])

  const announce = useCallback(
    (next: string) => {
      waiting.current = next
      if (timer.current === undefined) say()
    },
    [say],
  )

  useEffect(() => () => clearTimeout(timer.current), [])
  return { sentence, announce }
}
