/** What is shared of a screen: its picture, and its sound where the browser gives it. */
export type Screen = { video: MediaStreamTrack; audio: MediaStreamTrack | null }

/** Phones cannot. */
export const canShareScreen = () => window.isSecureContext && typeof navigator.mediaDevices?.getDisplayMedia === 'function'

/** Asks which screen, window or tab to share. Null when the person changes their mind. */
export async function openScreen(): Promise<Screen | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      // Text is to be read: sharpness before movement.
      video: { width: { ideal: 1_920, max: 2_560 }, height: { ideal: 1_080, max: 1_440 }, frameRate: { ideal: 5, max: 15 } },
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    })
    const [video] = stream.getVideoTracks()
    if (!video) return null
    const audio = stream.getAudioTracks()[0] ?? null
    video.contentHint = 'detail'
    if (audio) audio.contentHint = 'music'
    return { video, audio }
  } catch {
    return null
  }
}
