import { LeftOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useOfflinePage } from '../offline/useOfflinePage.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Minutes } from './Minutes.tsx'
import './minutes.css'

/** The minutes at full width. */
export function MinutesPage() {
  const { t } = useTranslation()
  const { meetingId = '' } = useParams()
  useOfflinePage()
  const { data: meeting } = useQueryOf('meeting', { meetingId })
  return (
    <main id="content" className="minutes minutes-page">
      {meeting && <title>{t('minutes.titleOf', { title: meeting.title })}</title>}
      <Minutes
        meetingId={meetingId}
        whole
        heading={
          <>
            <Link to={`/meetings/${meetingId}`} className="minutes-back">
              <LeftOutlined aria-hidden /> {t('minutes.backToMeeting')}
            </Link>
            <h1>{meeting?.title ?? t('minutes.title')}</h1>
          </>
        }
      />
    </main>
  )
}
