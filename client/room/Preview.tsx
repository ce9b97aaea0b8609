import { Button } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { CameraIcon, MicrophoneIcon } from '../media/icons.tsx'
import { Picture } from '../media/MediaElements.tsx'
import { useRoom } from '../media/RoomContext.tsx'
import { Avatar } from './Avatar.tsx'

/** How I shall appear, with both devices on to begin with; each can be switched off before anybody sees or hears me. */
export function Preview({ name }: { name: string }) {
  const { t } = useTranslation()
  const { session, view } = useRoom()
  const { microphone, camera, cameraTrack } = view.local
  useEffect(() => {
    if (session.view().phase.name === 'outside') void session.openDevices()
  }, [session])
  return (
    <div className="preview">
      {cameraTrack ? (
        <Picture track={cameraTrack} mirrored label={t('room.join.preview')} />
      ) : (
        <div className="preview-off">
          <Avatar name={name} />
          <span>{t('room.join.previewOff')}</span>
        </div>
      )}
      <div className="preview-buttons">
        <Button
          size="large"
          type={microphone === 'open' ? 'default' : 'primary'}
          danger={microphone !== 'open'}
          icon={<MicrophoneIcon state={microphone} />}
          onClick={() => void session.toggleMicrophone()}
        >
          {t(microphone === 'open' ? 'room.actions.mute' : microphone === 'muted' ? 'room.actions.unmute' : 'room.actions.openMicrophone')}
        </Button>
        <Button
          size="large"
          type={camera === 'on' ? 'default' : 'primary'}
          danger={camera !== 'on'}
          icon={<CameraIcon on={camera === 'on'} />}
          onClick={() => void session.toggleCamera()}
        >
          {t(camera === 'on' ? 'room.actions.closeCamera' : 'room.actions.openCamera')}
        </Button>
      </div>
    </div>
  )
}
