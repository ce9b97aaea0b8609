import { useTranslation } from 'react-i18next'
import { endOf, type Speech, warningMs } from '../../shared/floor.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { useServerClock } from '../room/useServerClock.ts'
import { formatLength, lengthOf } from './lengths.ts'

/** How long a speech has been going on, by the server's clock, and of how much; near its limit and past it it says so in words too. */
export function SpeechClock({ speech }: { speech: Speech }) {
  const { t } = useTranslation()
  const now = useServerClock(useFacts().clockOffsetMs)
  const leftMs = endOf(speech) - now.getTime()
  const state = leftMs < 0 ? 'over' : leftMs <= warningMs ? 'ending' : null
  return (
    <span className={state ? `speech-clock speech-clock-${state}` : 'speech-clock'} role="timer">
      {formatLength(lengthOf(speech, now))} / {formatLength(speech.limitSeconds * 1_000)}
      {state && <b>{t(`floor.${state}`)}</b>}
    </span>
  )
}
