import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { MeetingStatusTag } from '../meetings/MeetingStatusTag.tsx'
import { useMeeting } from '../meetings/useMeeting.ts'
import { ViewButton } from '../stage/ViewButton.tsx'
import { ThemesBoard } from '../themes/ThemesBoard.tsx'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { Picture } from './Picture.tsx'
import './voice.css'

/** `/meetings/:meetingId/voice`: two thousand people in two minutes, and what they are about put in order. */
export function VoicePage() {
  const { meetingId = '' } = useParams()
  const { me } = useMe()
  const meeting = useMeeting(meetingId)
  return <Loaded of={meeting}>{(found) => me && <Voices meeting={found} />}</Loaded>
}

function Voices({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [search, setSearch] = useSearchParams()
  if (!can(actor, 'suggestion:read-all', subjectOfMeeting(meeting))) return <NotAllowed />
  const tab = search.get('tab') === 'themes' ? 'themes' : 'picture'
  return (
    <section className="page page-voice">
      <PageHead
        title={t('voice.title')}
        sub={
          <span className="row">
            <Link to={`/meetings/${meeting.id}`}>{meeting.title}</Link>
            <MeetingStatusTag status={meeting.status} />
          </span>
        }
      >
        <ViewButton meeting={meeting} view="voice" words={{ show: t('voice.screen.show'), hide: t('voice.screen.hide') }} />
      </PageHead>
      <Tabs
        destroyOnHidden
        activeKey={tab}
        onChange={(key) => setSearch(key === 'themes' ? { tab: key } : {}, { replace: true })}
        items={[
          { key: 'picture', label: t('voice.picture'), children: <Picture meeting={meeting} /> },
          { key: 'themes', label: t('themes.title'), children: <ThemesBoard meeting={meeting} /> },
        ]}
      />
    </section>
  )
}
