import type { DeviceSource } from '../../shared/media.ts'

/** Which devices somebody chose on this machine, and how the microphone is to be cleaned. */
export type Preferences = {
  microphone: string | null
  camera: string | null
  speaker: string | null
  noiseSuppression: boolean
  echoCancellation: boolean
  autoGainControl: boolean
}

const key = 'yishi.devices'
const usual: Preferences = {
  microphone: null,
  camera: null,
  speaker: null,
  noiseSuppression: true,
  echoCancellation: true,
  autoGainControl: true,
}

export function readPreferences(): Preferences {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>) }
  } catch {
    return usual
  }
}

export function keepPreferences(preferences: Preferences) {
  try {
    localStorage.setItem(key, JSON.stringify(preferences))
  } catch {
    // A private window may refuse to store; the choice then holds for this page.
  }
}

/** What a device is asked for. A chosen one that has been unplugged is replaced by another instead of refused. */
export function constraintsFor(source: DeviceSource, preferences: Preferences): MediaStreamConstraints {
  const chosen = preferences[source]
  const deviceId = chosen ? { deviceId: { ideal: chosen } } : {}
  if (source === 'camera') {
    return { video: { ...deviceId, width: { ideal: 1_280 }, height: { ideal: 720 }, frameRate: { ideal: 24, max: 30 } } }
  }
  const { noiseSuppression, echoCancellation, autoGainControl } = preferences
  return { audio: { ...deviceId, noiseSuppression, echoCancellation, autoGainControl } }
}
