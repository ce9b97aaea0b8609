import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { AttackNote } from '../guard/Defence.tsx'
import { GuardPanel } from '../guard/GuardPanel.tsx'
import { useGuard } from '../guard/useGuard.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useMeeting } from '../meetings/useMeeting.ts'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { QueueList } from './QueueList.tsx'
import '../suggestions/suggestions.css'
import './queue.css'

/** Where moderators decide what becomes of the public's suggestions, and how the meeting is guarded. */
export function QueuePage() {
  const { meetingId = '' } = useParams()
  return <Loaded of={useMeeting(meetingId)}>{(meeting) => <OfMeeting meeting={meeting} />}</Loaded>
}

function OfMeeting({ meeting }: { meeting: Meeting }) {
  const { me, actor } = useMe()
  if (!me) return null
  return can(actor, 'suggestion:moderate', subjectOfMeeting(meeting)) ? <Working meeting={meeting} /> : <NotAllowed />
}

function Working({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const guard = useGuard(meeting.id).state.data
  const open = guard?.findings.filter(({ decidedAt }) => !decidedAt).length ?? 0
  return (
    <section className="page page-narrow">
      <PageHead title={t('queue.title')} sub={meeting.title} windowTitle={`${t('queue.title')} · ${meeting.title}`}>
        <LinkButton to={`/meetings/${meeting.id}`}>{t('queue.back')}</LinkButton>
      </PageHead>
      {guard && <AttackNote guard={guard} />}
      <Tabs
        destroyOnHidden
        activeKey={search.get('tab') === 'guard' ? 'guard' : 'queue'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        items={[
          { key: 'queue', label: t('queue.tab'), children: <QueueList meeting={meeting} /> },
          {
            key: 'guard',
            label: open > 0 ? t('guard.tabOpen', { count: open }) : t('guard.tab'),
            children: <GuardPanel meetingId={meeting.id} />,
          },
        ]}
      />
    </section>
  )
}
