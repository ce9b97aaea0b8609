import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import type { MeetingOpinion } from '../../shared/opinion.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { MeetingStatusTag } from '../meetings/MeetingStatusTag.tsx'
import { useMeeting } from '../meetings/useMeeting.ts'
import { ViewButton } from '../stage/ViewButton.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { AllFigures } from './AllFigures.tsx'
import { CommonGround } from './CommonGround.tsx'
import { numbered } from './findings.ts'
import { Groups } from './Groups.tsx'
import { HowToRead } from './HowToRead.tsx'
import { Minorities } from './Minorities.tsx'
import { OpinionMap } from './OpinionMap.tsx'
import { isToVoteFirst, useOpinion } from './useOpinion.ts'
import { VoteFirst } from './VoteFirst.tsx'
import './opinion.css'

/** `/meetings/:meetingId/opinion`: in which groups people stand by how they voted, and what all of them agree on. */
export function OpinionPage() {
  const { meetingId = '' } = useParams()
  const { me } = useMe()
  return <Loaded of={useMeeting(meetingId)}>{(meeting) => me && <Opinions meeting={meeting} />}</Loaded>
}

function Opinions({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [view, setView] = useState<MeetingOpinion['with']>('counted')
  const opinion = useOpinion(meeting.id, view)
  if (!can(actor, 'suggestion:read-all', subjectOfMeeting(meeting))) return <NotAllowed />
  if (isToVoteFirst(opinion)) return <VoteFirst meeting={meeting} onOpen={opinion.refetch} />
  const setAside = opinion.data?.setAside ?? 0
  return (
    <section className="page page-opinion">
      <PageHead
        title={t('opinion.title')}
        sub={
          <span className="row">
            <Link to={`/meetings/${meeting.id}`}>{meeting.title}</Link>
            <MeetingStatusTag status={meeting.status} />
          </span>
        }
      >
        <ViewButton meeting={meeting} view="opinion" words={{ show: t('opinion.screen.show'), hide: t('opinion.screen.back') }} />
        {(setAside > 0 || view === 'all') && (
          <Segmented
            value={view}
            onChange={setView}
            options={[
              { value: 'counted', label: t('opinion.counted', { count: setAside }) },
              { value: 'all', label: t('opinion.all') },
            ]}
          />
        )}
      </PageHead>
      <Loaded of={opinion}>
        {(found) => <Picture opinion={found} mayExport={can(actor, 'export:read', subjectOfMeeting(meeting))} />}
      </Loaded>
    </section>
  )
}

function Picture({ opinion, mayExport }: { opinion: MeetingOpinion; mayExport: boolean }) {
  const { t } = useTranslation()
  const numbers = useMemo(() => numbered(opinion), [opinion])
  const { voters, votes, placed, needed } = opinion
  if (voters === 0) {
    return (
      <div className="stack stack-wide">
        <Empty>{t('opinion.empty')}</Empty>
        <HowToRead />
      </div>
    )
  }
  return (
    <div className="stack stack-wide">
      <div className="opinion-top">
        <div className="sheet sheet-padded">
          <OpinionMap opinion={opinion} numbers={numbers} />
          <p className="small soft">{t('opinion.figures', { voters, votes, placed, needed, left: voters - placed })}</p>
        </div>
        <CommonGround opinion={opinion} numbers={numbers} />
      </div>
      {opinion.groups.length > 1 && (
        <div className="opinion-groups">
          <Groups opinion={opinion} numbers={numbers} />
        </div>
      )}
      {opinion.groups.length > 1 && <Minorities opinion={opinion} numbers={numbers} />}
      <HowToRead />
      <AllFigures opinion={opinion} mayExport={mayExport} />
    </div>
  )
}
