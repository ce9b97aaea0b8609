import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { AssignmentLine } from '../recommendations/AssignmentTag.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Sheet } from '../ui/Sheet.tsx'

/** What came out of the meeting, and where each stands. */
export function MeetingRecommendations({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { data = [] } = useQueryOf('recommendations', { meetingId: meeting.id })
  const mayCreate = can(actor, 'proposal:propose', subjectOfMeeting(meeting))
  return (
    <Sheet title={t('shell.recommendations')} aside={data.length > 0 && t('meetings.recommendationCount', { count: data.length })}>
      {data.length === 0 && <p className="soft">{mayCreate ? t('meetings.noRecommendationsMake') : t('meetings.noRecommendations')}</p>}
      <ul className="plain-list stack">
        {data.map(({ id, number, title, assignments }) => (
          <li key={id}>
            <Link to={`/recommendations/${id}`}>
              {number} {title}
            </Link>
            {assignments.map((assignment) => (
              <AssignmentLine key={assignment.id} assignment={assignment} />
            ))}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
