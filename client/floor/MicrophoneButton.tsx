import { Button, Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import { MicrophoneIcon } from '../media/icons.tsx'
import { useFacts, useRoom } from '../media/RoomContext.tsx'
import { amHeard } from '../media/view.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { useFloor } from './useFloor.ts'

/** Mutes and unmutes. Without the word there is nothing to unmute: it then says why the microphone is closed, and how to get it opened. */
export function MicrophoneButton() {
  const { t } = useTranslation()
  const { session, view } = useRoom()
  const heard = amHeard(useFacts())
  const { microphone } = view.local
  if (microphone !== 'off' && !heard) return <ClosedMicrophone />
  const word = t(
    microphone === 'open' ? 'room.actions.mute' : microphone === 'muted' ? 'room.actions.unmute' : 'room.actions.openMicrophone',
  )
  return (
    <Button
      size="large"
      danger={microphone !== 'open'}
      icon={<MicrophoneIcon state={microphone} />}
      aria-label={word}
      onClick={() => void session.toggleMicrophone()}
    >
      <span className="bar-word">{word}</span>
    </Button>
  )
}

function ClosedMicrophone() {
  const { t } = useTranslation()
  return (
    <Popover trigger="click" placement="top" title={t('floor.closed.title')} content={<WhyClosed />}>
      <Button size="large" icon={<MicrophoneIcon state="closed" />} aria-label={t('floor.closed.button')}>
        <span className="bar-word">{t('floor.closed.word')}</span>
      </Button>
    </Popover>
  )
}

function WhyClosed() {
  const { t } = useTranslation()
  const { floor, selfId } = useFacts()
  const { request } = useFloor()
  const place = floor.requests.findIndex((one) => one.participantId === selfId)
  return (
    <div className="floor-why stack">
      <p>{t('floor.closed.text')}</p>
      {place >= 0 ? (
        <p>{t('floor.closed.waiting', { place: place + 1 })}</p>
      ) : (
        <Button type="primary" loading={request.pending} onClick={() => void request.send('contribution')}>
          {t('floor.request')}
        </Button>
      )}
      <FailureNote failure={request.failure} />
    </div>
  )
}
