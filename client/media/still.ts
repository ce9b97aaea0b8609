import { mostStillUploadBytes, stillEveryMs, stillPath, stillSide } from '../../shared/still-rules.ts'

const quality = 0.6
/** A camera that gives nothing for so long is covered, asleep or taken. */
const patienceMs = 3_000

type Deps = {
  meetingId: string
  /** The camera, where a picture of it may go out now. */
  camera(): MediaStreamTrack | null
  /** Whether phones see this camera. */
  onSeen(seen: boolean): void
}

export type Stills = ReturnType<typeof createStills>

/** Sends a picture of one's own camera each time the server says that phones look. */
export function createStills({ meetingId, camera, onSeen }: Deps) {
  let unseen: ReturnType<typeof setTimeout> | undefined

  function seen() {
    clearTimeout(unseen)
    unseen = setTimeout(() => onSeen(false), 3 * stillEveryMs)
    onSeen(true)
  }

  return {
    async send(stillId: string) {
      const track = camera()
      const picture = track && (await takeStill(track).catch(() => null))
      // It may have been switched off while it was being drawn.
      if (!picture || picture.size > mostStillUploadBytes || camera() !== track) return
      const headers = { 'content-type': 'image/jpeg' }
      const answer = await fetch(stillPath(meetingId, stillId), { method: 'PUT', body: picture, headers }).catch(() => null)
      if (answer?.ok) seen()
    },
    close: () => clearTimeout(unseen),
  }
}

/** One frame, as a small JPEG. Through an element: `ImageCapture` is not everywhere. */
async function takeStill(track: MediaStreamTrack): Promise<Blob | null> {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  try {
    const ready = new Promise((resolve, reject) => {
      video.onloadeddata = resolve
      setTimeout(reject, patienceMs)
    })
    video.srcObject = new MediaStream([track])
    // In a page that is not looked at it may be refused; the first frame comes all the same.
    void video.play().catch(() => {})
    await ready
    const scale = Math.min(1, stillSide / Math.max(video.videoWidth, video.videoHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(video.videoWidth * scale))
    canvas.height = Math.max(1, Math.round(video.videoHeight * scale))
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
  } finally {
    video.srcObject = null
  }
}
