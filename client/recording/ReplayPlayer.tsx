import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Speech } from '../../shared/floor.ts'
import { type Recording, recordingPath } from '../../shared/recording.ts'

/** Further apart than this, the slides are moved to where the speaker is. */
const toleranceSeconds = 0.5

/** Plays the parts of a speech one after the other, with the shared screen beside. */
export function ReplayPlayer({ speech, recordings }: { speech: Speech; recordings: Recording[] }) {
  const { t } = useTranslation()
  const screen = useRef<HTMLVideoElement>(null)
  const [place, setPlace] = useState(0)
  const [failed, setFailed] = useState(false)
  const [second, setSecond] = useState(0)
  const own = recordings.filter(({ source }) => source === 'speaker')
  const parts = own.length > 0 ? own : recordings
  const part = parts[place]
  if (!part) return null
  const slides = recordings.find((one) => one.source === 'screen' && one !== part && covers(one, part.offsetSeconds + second))

  function follow(main: HTMLVideoElement) {
    setSecond(Math.floor(main.currentTime))
    if (!screen.current || !slides || !part) return
    const at = part.offsetSeconds + main.currentTime - slides.offsetSeconds
    if (Math.abs(screen.current.currentTime - at) > toleranceSeconds) screen.current.currentTime = Math.max(0, at)
    if (main.paused !== screen.current.paused) void (main.paused ? screen.current.pause() : screen.current.play().catch(() => {}))
  }

  return (
    <div className="replay-player">
      <div className={slides ? 'replay-pictures replay-two' : 'replay-pictures'}>
        {/* biome-ignore lint/a11y/useMediaCaption: what was said stands in the minutes; there are no captions. */}
        <video
          key={part.id}
          controls
          autoPlay
          playsInline
          src={recordingPath(part)}
          aria-label={t('recording.picture', { name: speech.name })}
          onTimeUpdate={(event) => follow(event.currentTarget)}
          onPause={(event) => follow(event.currentTarget)}
          onSeeked={(event) => follow(event.currentTarget)}
          onEnded={() => place < parts.length - 1 && setPlace(place + 1)}
          onError={() => setFailed(true)}
          onLoadedData={() => setFailed(false)}
        />
        {slides && <video key={slides.id} ref={screen} muted playsInline src={recordingPath(slides)} aria-label={t('recording.screen')} />}
      </div>
      <p className="replay-caption">
        <b>{speech.name}</b> <span className="soft">{speech.siteName}</span>
        {parts.length > 1 && <span className="soft"> · {t('recording.part', { part: place + 1, count: parts.length })}</span>}
      </p>
      {failed && <p role="alert">{t('recording.unplayable')}</p>}
    </div>
  )
}

const covers = ({ offsetSeconds, seconds }: Recording, at: number) => at >= offsetSeconds - 1 && at <= offsetSeconds + (seconds ?? 0)
