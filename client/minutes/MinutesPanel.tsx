import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Minutes } from './Minutes.tsx'
import './minutes.css'

/** The minutes in a narrow column, inside the room. The paper stays light on the dark stage. */
export function MinutesPanel({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation()
  return (
    <section className="minutes minutes-panel" aria-label={t('minutes.title')}>
      <Minutes
        meetingId={meetingId}
        heading={
          <Link to={`/meetings/${meetingId}/minutes`} target="_blank" className="minutes-back">
            {t('minutes.openFull')}
          </Link>
        }
      />
    </section>
  )
}
