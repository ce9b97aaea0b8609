import { AudioMutedOutlined, AudioOutlined, VideoCameraOutlined } from '@ant-design/icons'
import type { LocalState } from './local.ts'

export function MicrophoneIcon({ state }: { state: LocalState['microphone'] | 'closed' }) {
  return state === 'open' ? <AudioOutlined aria-hidden /> : <AudioMutedOutlined aria-hidden />
}

/** Ant Design has no crossed-out camera; the stroke is laid over its own. */
export function CameraIcon({ on }: { on: boolean }) {
  return on ? (
    <VideoCameraOutlined aria-hidden />
  ) : (
    <span className="struck">
      <VideoCameraOutlined aria-hidden />
    </span>
  )
}
