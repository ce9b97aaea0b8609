import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { endOf, type Speech, warningMs } from '../../shared/floor.ts'
import { useFacts, useRoom } from '../media/RoomContext.tsx'
import { useServerClock } from '../room/useServerClock.ts'
import { ExtendButtons } from './ExtendButtons.tsx'
import { formatLength } from './lengths.ts'

/** What the speaker has to know at once, and the chair with them: a microphone that is still muted, and time that is running out. */
export function SpeechNotice() {
  const { floor, selfId, presides } = useFacts()
  const speech = floor.current
  if (!speech) return null
  const own = speech.participantId === selfId
  return (
    <>
      {own && <MutedNotice />}
      {(own || presides) && <TimeNotice speech={speech} own={own} mayExtend={presides} />}
    </>
  )
}

function MutedNotice() {
  const { t } = useTranslation()
  const { session, view } = useRoom()
  const { microphone } = view.local
  if (microphone === 'open') return null
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t(microphone === 'muted' ? 'floor.yourTurnMuted' : 'floor.yourTurnOff')}
      action={
        <Button type="primary" size="small" onClick={() => void session.toggleMicrophone()}>
          {t(microphone === 'muted' ? 'room.actions.unmute' : 'room.actions.openMicrophone')}
        </Button>
      }
    />
  )
}

function TimeNotice({ speech, own, mayExtend }: { speech: Speech; own: boolean; mayExtend: boolean }) {
  const { t } = useTranslation()
  const leftMs = endOf(speech) - useServerClock(useFacts().clockOffsetMs).getTime()
  const ending = leftMs <= warningMs
  return (
    // Always there, so that its words are announced when they come; the seconds beside them tick without being read out.
    <div role="status">
      {ending && (
        <Alert
          type="warning"
          showIcon
          title={t(own ? 'floor.endingOwn' : 'floor.endingOther', { name: speech.name })}
          action={
            <span className="speech-notice-end">
              <b className="speech-notice-left" aria-hidden>
                {formatLength(leftMs)}
              </b>
              {mayExtend && <ExtendButtons speech={speech} />}
            </span>
          }
        />
      )}
    </div>
  )
}
