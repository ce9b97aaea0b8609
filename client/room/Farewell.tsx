import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CloseReason } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { useRoomSession } from '../media/RoomContext.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Door } from './Door.tsx'

const words = {
  left: 'left',
  'meeting-ended': 'ended',
  'joined-elsewhere': 'elsewhere',
  'not-allowed': 'notAllowed',
  removed: 'removed',
  'media-lost': 'left',
} as const

export function Farewell({ meeting, reason }: { meeting: Meeting; reason: CloseReason | 'left' }) {
  const { t } = useTranslation()
  const session = useRoomSession()
  const word = words[reason]
  const mayReturn = reason !== 'meeting-ended' && reason !== 'not-allowed'
  return (
    <Door title={t(`room.${word}.title`)}>
      <p className="soft">{t(`room.${word}.text`)}</p>
      <div className="row">
        {mayReturn && (
          <Button type="primary" size="large" onClick={() => session.comeAgain()}>
            {t('room.again')}
          </Button>
        )}
        <LinkButton size="large" type={mayReturn ? 'default' : 'primary'} to={`/meetings/${meeting.id}`}>
          {t('room.toMeeting')}
        </LinkButton>
      </div>
    </Door>
  )
}
