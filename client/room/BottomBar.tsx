import { LogoutOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { AskToSpeak } from '../floor/AskToSpeak.tsx'
import { MicrophoneButton } from '../floor/MicrophoneButton.tsx'
import { SpeechNotice } from '../floor/SpeechNotice.tsx'
import { DeviceHelp } from '../media/DeviceHelp.tsx'
import { CameraIcon } from '../media/icons.tsx'
import { useFacts, useRoom } from '../media/RoomContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { ChairActions } from './ChairActions.tsx'
import { DevicesButton } from './DevicesButton.tsx'
import { ShareScreenButton } from './ShareScreenButton.tsx'

export function BottomBar() {
  const { t } = useTranslation()
  const { session, view } = useRoom()
  const { maySpeak } = useFacts()
  const { camera, problems } = view.local
  const cameraWord = t(camera === 'on' ? 'room.actions.closeCamera' : 'room.actions.openCamera')
  return (
    <footer className="bar" aria-label={t('room.bar')} role="toolbar">
      <div className="bar-notes">
        <DeviceHelp problems={problems} onClose={session.local.forgetProblems} />
        <FailureNote failure={view.failure} />
        <SpeechNotice />
      </div>
      {maySpeak && (
        <div className="bar-group">
          <MicrophoneButton />
          <Button
            size="large"
            danger={camera !== 'on'}
            icon={<CameraIcon on={camera === 'on'} />}
            aria-label={cameraWord}
            onClick={() => void session.toggleCamera()}
          >
            <span className="bar-word">{cameraWord}</span>
          </Button>
          <ShareScreenButton />
          <AskToSpeak />
        </div>
      )}
      <ChairActions />
      <div className="bar-group bar-end">
        {maySpeak && <DevicesButton />}
        <Button
          size="large"
          danger
          type="primary"
          icon={<LogoutOutlined aria-hidden />}
          aria-label={t('room.actions.leave')}
          onClick={() => session.leave()}
        >
          <span className="bar-word">{t('room.actions.leave')}</span>
        </Button>
      </div>
    </footer>
  )
}
