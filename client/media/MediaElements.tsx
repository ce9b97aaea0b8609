import { useEffect, useRef, useState } from 'react'

/** A live picture. It never plays sound: that is {@link Sound}'s, so that moving a tile does not interrupt a voice. */
export function Picture({
  track,
  mirrored = false,
  testId,
  label,
}: {
  track: MediaStreamTrack
  mirrored?: boolean
  testId?: string
  label: string
}) {
  const element = useTrack<HTMLVideoElement>(track)
  const [shown, setShown] = useState<MediaStreamTrack | null>(null)
  // Until the first frame is there, what lies behind is a better picture than a black one.
  const classes = ['picture', mirrored && 'picture-mirrored', shown !== track && 'picture-waiting'].filter(Boolean).join(' ')
  return (
    <video
      ref={element}
      className={classes}
      data-testid={testId}
      aria-label={label}
      onLoadedData={() => setShown(track)}
      autoPlay
      playsInline
      muted
    />
  )
}

/** A voice, on the speaker that was chosen. */
export function Sound({ track, speaker = null }: { track: MediaStreamTrack; speaker?: string | null }) {
  const element = useTrack<HTMLAudioElement>(track)
  useEffect(() => {
    const audio = element.current
    // A speaker that has been unplugged: the usual one plays on.
    if (audio && 'setSinkId' in audio) void audio.setSinkId(speaker ?? '').catch(() => {})
  }, [element, speaker])
  // biome-ignore lint/a11y/useMediaCaption: a live voice has no captions yet.
  return <audio ref={element} autoPlay />
}

function useTrack<T extends HTMLMediaElement>(track: MediaStreamTrack) {
  const element = useRef<T>(null)
  useEffect(() => {
    const media = element.current
    if (!media) return
    media.srcObject = new MediaStream([track])
    // Refused when the page was never touched; the next touch of any button starts it.
    media.play().catch(() => {
      const again = () => void media.play().catch(() => {})
      window.addEventListener('pointerdown', again, { once: true })
    })
    return () => {
      media.srcObject = null
    }
  }, [track])
  return element
}
