import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { type MeetingSummary, meetingStatuses } from '../../shared/meetings.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { MeetingList } from './MeetingList.tsx'
import { mayCreateSomewhere } from './mayCreate.ts'

export function MeetingsPage() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [search, setSearch] = useSearchParams()
  const status = meetingStatuses.find((name) => name === search.get('status'))
  const meetings = useQueryOf('meetings', status ? { status } : {}, { refetchInterval: 30_000 })
  const create = mayCreateSomewhere(actor) && (
    <LinkButton type="primary" to="/meetings/new">
      {t('meetings.new')}
    </LinkButton>
  )
  return (
    <section className="page">
      <PageHead title={t('shell.meetings')}>{create}</PageHead>
      <div className="stack">
        <Segmented<MeetingSummary['status'] | 'all'>
          aria-label={t('meetings.filter')}
          value={status ?? 'all'}
          onChange={(next) => setSearch(next === 'all' ? {} : { status: next }, { replace: true })}
          options={[
            { value: 'all', label: t('common.all') },
            ...meetingStatuses.map((value) => ({ value, label: t(`meetings.status.${value}`) })),
          ]}
        />
        <Loaded of={meetings} skeleton={<ListSkeleton />}>
          {(list) => (list.length > 0 ? <MeetingList meetings={list} /> : <Empty>{t('meetings.empty')}</Empty>)}
        </Loaded>
      </div>
    </section>
  )
}
