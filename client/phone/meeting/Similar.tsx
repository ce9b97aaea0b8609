/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks'
import type { Similar as Found } from '../../../shared/themes.ts'
import { usePhone } from '../preferences.tsx'

type Props = { meetingId: string; text: string; supported: (id: string) => boolean; onSupport: (id: string) => void }

/** A pause in writing, and so many characters, before the server is asked. */
const pauseMs = 700
const fromLength = 6
/** Whoever was about to press something else when this appeared must not support by it. The buttons stay within reach of the keyboard. */
const restMs = 400

/** While somebody writes: what was said already, to be supported with one tap instead. Nothing, until there is something. */
export function Similar({ meetingId, text, supported, onSupport }: Props) {
  const { t, api } = usePhone()
  const [found, setFound] = useState<Found[]>([])
  const [resting, setResting] = useState(false)
  const [dismissed, setDismissed] = useState(false)
  const written = text.trim()
  const asking = written.length >= fromLength && !dismissed

  useEffect(() => {
    if (written === '') setDismissed(false)
    if (!asking) setFound([])
    let timer = asking ? setTimeout(ask, pauseMs) : undefined
    async function ask() {
      const asked = timer
      const result = await api.similar(meetingId, written)
      // Written on meanwhile.
      if (timer !== asked || !result.ok) return
      setFound(result.value)
      setResting(true)
      timer = setTimeout(() => setResting(false), restMs)
    }
    return () => {
      clearTimeout(timer)
      timer = undefined
      setResting(false)
    }
  }, [api, meetingId, written, asking])

  return (
    <div class="similar">
      <b role="status">{found.length > 0 && t('similar.title')}</b>
      {found.length > 0 && (
        <>
          <button type="button" class="unfold" onClick={() => setDismissed(true)}>
            {t('similar.dismiss')}
          </button>
          <ul class="plain">
            {found.map(({ id, text: said, supports }) => (
              <li key={id}>
                <span class="words clamp">{said}</span>
                <button
                  type="button"
                  class="button quiet"
                  aria-disabled={resting || supported(id)}
                  onClick={() => !resting && !supported(id) && onSupport(id)}
                >
                  {supported(id) ? t('similar.given') : t('similar.support', { count: supports })}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
