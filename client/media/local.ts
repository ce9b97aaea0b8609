import type { DeviceSource, MediaSource } from '../../shared/media.ts'
import { type DeviceProblem, openDevice } from './devices.ts'
import { keepPreferences, type Preferences, readPreferences } from './preferences.ts'
import { openScreen } from './screen.ts'

export type LocalState = {
  microphone: 'off' | 'muted' | 'open'
  camera: 'off' | 'on'
  microphoneTrack: MediaStreamTrack | null
  cameraTrack: MediaStreamTrack | null
  screenTrack: MediaStreamTrack | null
  preferences: Preferences
  problems: Partial<Record<DeviceSource, DeviceProblem>>
}

export type LocalMedia = ReturnType<typeof createLocalMedia>

/** This person's own microphone, camera and shared screen. They belong to the page, not to a connection: a reconnect keeps them running. */
export function createLocalMedia({ onChange, onEnded }: { onChange: () => void; onEnded: (source: MediaSource) => void }) {
  const tracks: Partial<Record<MediaSource, MediaStreamTrack>> = {}
  let muted = false
  /** Without the word: nothing leaves the microphone, though its owner has not muted it. */
  let held = false
  let preferences = readPreferences()
  let state = read({})

  function read(problems: LocalState['problems']): LocalState {
    return {
      microphone: tracks.microphone ? (muted ? 'muted' : 'open') : 'off',
      camera: tracks.camera ? 'on' : 'off',
      microphoneTrack: tracks.microphone ?? null,
      cameraTrack: tracks.camera ?? null,
      screenTrack: tracks.screen ?? null,
      preferences,
      problems,
    }
  }

  function changed(problems = state.problems) {
    state = read(problems)
    onChange()
  }

  function keep(source: MediaSource, track: MediaStreamTrack) {
    tracks[source] = track
    // Pulled out of its socket, taken back in the browser's settings, or the sharing ended from the browser's own bar.
    track.addEventListener('ended', () => {
      if (tracks[source] !== track) return
      delete tracks[source]
      changed()
      onEnded(source)
    })
  }

  function drop(source: MediaSource) {
    tracks[source]?.stop()
    delete tracks[source]
  }

  /** @returns the track, or null with the problem in the state. */
  async function ask(source: DeviceSource): Promise<MediaStreamTrack | null> {
    const result = await openDevice(source, preferences)
    const { [source]: _, ...others } = state.problems
    if (result.ok) {
      state = { ...state, problems: others }
      return result.track
    }
    changed({ ...others, [source]: result.problem })
    return null
  }

  return {
    state: () => state,
    track: (source: MediaSource) => tracks[source] ?? null,
    /** @returns the running track, or null with the problem in the state. */
    async open(source: DeviceSource): Promise<MediaStreamTrack | null> {
      const running = tracks[source]
      if (running) return running
      const track = await ask(source)
      if (!track) return null
      // Asked twice at once: the first track stays.
      const already = tracks[source]
      if (already) {
        track.stop()
        return already
      }
      if (source === 'microphone') track.enabled = !muted && !held
      keep(source, track)
      changed()
      return track
    },
    /** Keeps the choice for the next time, too. @returns the device's track, if it is running and has to be sent instead. */
    async prefer(change: Partial<Preferences>, source: DeviceSource): Promise<MediaStreamTrack | null> {
      preferences = { ...preferences, ...change }
      keepPreferences(preferences)
      if (!tracks[source]) {
        changed()
        return null
      }
      // Given back first: many devices and drivers serve one at a time, and one microphone with one cleaning.
      drop(source)
      const track = await ask(source)
      if (!track) return null
      if (source === 'microphone') track.enabled = !muted && !held
      keep(source, track)
      changed()
      return track
    },
    /** For what no device has to be opened anew, such as where the sound comes out. */
    note(change: Partial<Preferences>) {
      preferences = { ...preferences, ...change }
      keepPreferences(preferences)
      changed()
    },
    /** @returns whether something is shared now. */
    async openScreen(): Promise<boolean> {
      const screen = await openScreen()
      if (!screen) return false
      keep('screen', screen.video)
      if (screen.audio) keep('screen-audio', screen.audio)
      changed()
      return true
    },
    stop(source: MediaSource) {
      drop(source)
      changed()
    },
    /** Silence begins here, before anybody is asked. */
    setMuted(next: boolean) {
      muted = next
      if (tracks.microphone) tracks.microphone.enabled = !muted && !held
      changed()
    },
    isMuted: () => muted,
    /** Follows the floor; what the person has muted stays so. */
    setHeld(next: boolean) {
      held = next
      if (tracks.microphone) tracks.microphone.enabled = !muted && !held
      changed()
    },
    isHeld: () => held,
    /** The person has read what was wrong. */
    forgetProblems: () => changed({}),
    close() {
      for (const source of Object.keys(tracks) as MediaSource[]) drop(source)
      changed()
    },
  }
}
