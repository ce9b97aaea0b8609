import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { watchLevel } from './level.ts'

/** Quiet rooms stay below this, a voice at arm's length goes above. */
const voiceFrom = 0.3

/** Shows that the microphone hears something, and says so once it has. */
export function LevelMeter({ track }: { track: MediaStreamTrack }) {
  const { t } = useTranslation()
  const bar = useRef<HTMLSpanElement>(null)
  const [heard, setHeard] = useState(false)
  useEffect(() => {
    setHeard(false)
    return watchLevel(track, (level) => {
      // Drawn past React: twenty times a second nothing else changes.
      if (bar.current) bar.current.style.width = `${Math.round(level * 100)}%`
      if (level > voiceFrom) setHeard(true)
    })
  }, [track])
  return (
    <div className="level">
      <span className="level-track" aria-hidden="true">
        <span ref={bar} className="level-bar" />
      </span>
      <span className="small" role="status">
        {t(heard ? 'media.check.heard' : 'media.check.speak')}
      </span>
    </div>
  )
}
