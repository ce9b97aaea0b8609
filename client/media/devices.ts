import type { DeviceSource } from '../../shared/media.ts'
import { constraintsFor, type Preferences } from './preferences.ts'

/** Why there is no microphone or camera, as the person can do something about it. */
export type DeviceProblem = 'insecure-page' | 'refused' | 'no-device' | 'in-use' | 'failed'

export type DeviceResult = { ok: true; track: MediaStreamTrack } | { ok: false; problem: DeviceProblem }

/** Browsers give devices only to pages that came over HTTPS, or from this very machine. */
export const devicesAllowed = () => window.isSecureContext && navigator.mediaDevices !== undefined

export async function openDevice(source: DeviceSource, preferences: Preferences): Promise<DeviceResult> {
  if (!devicesAllowed()) return { ok: false, problem: 'insecure-page' }
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraintsFor(source, preferences))
    const [track] = stream.getTracks()
    if (!track) return { ok: false, problem: 'no-device' }
    // Tells the encoder to prefer sharpness of speech over music, and of movement over still text.
    track.contentHint = source === 'microphone' ? 'speech' : 'motion'
    return { ok: true, track }
  } catch (error) {
    return { ok: false, problem: problemOf(error) }
  }
}

/** By the names of the W3C's Media Capture and Streams, section 10.2. */
function problemOf(error: unknown): DeviceProblem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'no-device'
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use'
    default:
      return 'failed'
  }
}
