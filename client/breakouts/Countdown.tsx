import { useTranslation } from 'react-i18next'
import { formatLength } from '../floor/lengths.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { useServerClock } from '../room/useServerClock.ts'

/** In this last stretch the countdown warns. */
export const endingMs = 60_000

export function useLeftMs(endsAt: string): number {
  return Date.parse(endsAt) - useServerClock(useFacts().clockOffsetMs).getTime()
}

/** How long the groups still have, by the server's clock. */
export function Countdown({ endsAt }: { endsAt: string }) {
  const { t } = useTranslation()
  const leftMs = useLeftMs(endsAt)
  return (
    <span className={leftMs <= endingMs ? 'countdown countdown-ending' : 'countdown'} role="timer" aria-label={t('breakouts.banner.left')}>
      {t('breakouts.banner.left')} <b>{formatLength(leftMs)}</b>
    </span>
  )
}
