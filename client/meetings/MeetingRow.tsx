import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type MeetingSummary, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { RegionPaths } from '../regions/RegionPath.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { When } from '../ui/When.tsx'
import { MeetingStatusTag } from './MeetingStatusTag.tsx'
import './meetings.css'

/** One meeting in a list: what, when, where, and for those who may, the way straight in. */
export function MeetingRow({ meeting }: { meeting: MeetingSummary }) {
  const { t } = useTranslation()
  return (
    <li className={`meeting-row meeting-row-${meeting.status}`}>
      <div className="grow">
        <Link to={`/meetings/${meeting.id}`} className="meeting-title">
          {meeting.title}
        </Link>
        <div className="row row-wide soft">
          <When at={meeting.startsAt} />
          <RegionPaths regions={meeting.regions} />
          <span>{t('meetings.siteCount', { count: meeting.siteCount })}</span>
        </div>
      </div>
      <MeetingStatusTag status={meeting.status} />
      <WayIn meeting={meeting} />
    </li>
  )
}

function WayIn({ meeting }: { meeting: MeetingSummary }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  if (meeting.status !== 'live') return null
  return can(actor, 'room:enter', subjectOfMeeting(meeting)) ? (
    <LinkButton type="primary" to={`/meetings/${meeting.id}/room`} aria-label={t('meetings.enterNamed', { title: meeting.title })}>
      {t('meetings.enter')}
    </LinkButton>
  ) : (
    <a className="button-like" href={`/s/${meeting.code}`}>
      {t('meetings.suggest')}
    </a>
  )
}
