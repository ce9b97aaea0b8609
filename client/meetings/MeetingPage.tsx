import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { OrderSheet } from '../chairing/OrderSheet.tsx'
import { PresenceSheet } from '../chairing/PresenceSheet.tsx'
import { VotesSheet } from '../chairing/VotesSheet.tsx'
import { PaperFiles } from '../exports/PaperFiles.tsx'
import { useMe } from '../identity/MeContext.tsx'
import { PollsSheet } from '../polls/PollsSheet.tsx'
import { RegionPaths } from '../regions/RegionPath.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { When } from '../ui/When.tsx'
import { Agenda } from './Agenda.tsx'
import { Invitations } from './Invitations.tsx'
import { MeetingActions } from './MeetingActions.tsx'
import { MeetingRecommendations } from './MeetingRecommendations.tsx'
import { MeetingStatusTag } from './MeetingStatusTag.tsx'
import { PeoplesWayIn } from './PeoplesWayIn.tsx'
import { Sites } from './Sites.tsx'
import { useMeeting } from './useMeeting.ts'
import './meetings.css'

/** The meeting's paper. */
export function MeetingPage() {
  const { meetingId = '' } = useParams()
  return <Loaded of={useMeeting(meetingId)}>{(meeting) => <Paper meeting={meeting} />}</Loaded>
}

function Paper({ meeting }: { meeting: Meeting }) {
  const { actor } = useMe()
  const subject = subjectOfMeeting(meeting)
  return (
    <section className="page">
      <PageHead title={meeting.title} sub={<Under meeting={meeting} />} />
      <MeetingActions meeting={meeting} />
      <div className="columns page-gap">
        <div className="stack stack-wide">
          <Agenda meeting={meeting} />
          <Sites meeting={meeting} />
          {can(actor, 'room:enter', subject) && meeting.status !== 'scheduled' && <VotesSheet meeting={meeting} />}
          {meeting.status !== 'scheduled' && <PollsSheet meetingId={meeting.id} />}
          {can(actor, 'attendance:read', subject) && meeting.status !== 'scheduled' && <PresenceSheet meeting={meeting} />}
          {can(actor, 'recommendation:read', subject) && <MeetingRecommendations meeting={meeting} />}
        </div>
        <div className="stack stack-wide">
          <PeoplesWayIn meeting={meeting} />
          {can(actor, 'room:chair', subject) && <OrderSheet meeting={meeting} />}
          {can(actor, 'meeting:invite', subject) && <Invitations meeting={meeting} />}
          {can(actor, 'export:read', subject) && <PaperFiles meeting={meeting} />}
        </div>
      </div>
    </section>
  )
}

function Under({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  return (
    <div className="row row-wide soft page-under">
      <MeetingStatusTag status={meeting.status} />
      <When at={meeting.startsAt} />
      <RegionPaths regions={meeting.regions} />
      <span>{t(`meetings.policyShort.${meeting.suggestionPolicy}`)}</span>
    </div>
  )
}
