import { LeftOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import type { Meeting } from '../../shared/meetings.ts'
import { playable } from '../../shared/recording.ts'
import { useMeeting } from '../meetings/useMeeting.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ReplayList } from './ReplayList.tsx'
import { ReplayPlayer } from './ReplayPlayer.tsx'
import { useRecordings } from './useRecordings.ts'
import './recording.css'

/** The speeches of a meeting, to be seen and heard again. `?speech=` begins with one of them. */
export function ReplayPage() {
  const { meetingId = '' } = useParams()
  return <Loaded of={useMeeting(meetingId)}>{(meeting) => <Replay meeting={meeting} />}</Loaded>
}

function Replay({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const recorded = useRecordings(meeting.id)
  const speeches = useQueryOf('speeches', { meetingId: meeting.id })
  const wanted = search.get('speech')
  return (
    <section className="page">
      <PageHead
        title={t('recording.replayOf', { title: meeting.title })}
        sub={
          <Link to={`/meetings/${meeting.id}`}>
            <LeftOutlined aria-hidden /> {t('recording.back')}
          </Link>
        }
      />
      <Loaded of={recorded}>
        {({ recordings, available }) => {
          const speech = speeches.data?.find(({ id }) => id === wanted)
          if (!recordings.some(({ speechId }) => playable(recordings, speechId).length > 0)) {
            return <Empty>{t(available ? 'recording.empty' : 'recording.emptyUnavailable')}</Empty>
          }
          return (
            <div className="replay">
              {speech ? (
                <ReplayPlayer key={speech.id} speech={speech} recordings={playable(recordings, speech.id)} />
              ) : (
                <p className="replay-place soft">{t('recording.choose')}</p>
              )}
              <ReplayList meeting={meeting} speeches={speeches.data ?? []} recordings={recordings} current={wanted} />
            </div>
          )
        }}
      </Loaded>
    </section>
  )
}
