import { DesktopOutlined, StopOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRoom } from '../media/RoomContext.tsx'
import { canShareScreen } from '../media/screen.ts'

/** Shares a screen, a window or a tab with the room, and ends it. Absent where the browser cannot. */
export function ShareScreenButton() {
  const { t } = useTranslation()
  const { session, view } = useRoom()
  if (!canShareScreen()) return null
  const sharing = view.local.screenTrack !== null
  const word = t(sharing ? 'stage.stopOwnScreen' : 'stage.shareScreen')
  return (
    <Button
      size="large"
      type={sharing ? 'primary' : 'default'}
      icon={sharing ? <StopOutlined aria-hidden /> : <DesktopOutlined aria-hidden />}
      aria-label={word}
      onClick={() => void (sharing ? session.stopScreen() : session.shareScreen())}
    >
      <span className="bar-word">{word}</span>
    </Button>
  )
}
