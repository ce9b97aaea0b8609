import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { playable } from '../../shared/recording.ts'
import { useCitable } from '../minutes/CitableContext.tsx'

export const replayPath = (meetingId: string, speechId: string) => `/meetings/${meetingId}/replay?speech=${speechId}`

/** From a cited speech to where it can be seen and heard, if it was recorded. */
export function ReplayLink({ speechId, name }: { speechId: string; name: string }) {
  const { t } = useTranslation()
  const { recordings } = useCitable()
  const recording = playable(recordings, speechId)[0]
  if (!recording) return null
  return (
    <>
      {' · '}
      {/* In a page of its own: the minutes may be open beside the stage, which nobody wants to leave for this. */}
      <Link target="_blank" to={replayPath(recording.meetingId, speechId)} aria-label={t('recording.replaySpeech', { name })}>
        {t('recording.replay')}
      </Link>
    </>
  )
}
