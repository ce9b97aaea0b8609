import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useMe } from '../identity/MeContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { ConfirmEmail } from './ConfirmEmail.tsx'
import { EmailForm } from './EmailForm.tsx'
import { NoticeList } from './NoticeList.tsx'
import { RhythmForm } from './RhythmForm.tsx'
import { useMarkRead, useNotices } from './useNotices.ts'

const most = 100

/** `/me/notices`: what I was told, and how I want to be told. */
export function NoticesPage() {
  const { t } = useTranslation()
  const { me, actor } = useMe()
  const [search] = useSearchParams()
  const token = search.get('confirm')
  if (token) return <ConfirmEmail token={token} />
  if (me && (actor.accountId === null || actor.anonymous)) return <NotAllowed />
  return (
    <section className="page page-narrow">
      <PageHead title={t('notifications.title')} />
      <div className="stack stack-wide">
        <Told />
        <How />
      </div>
    </section>
  )
}

function Told() {
  const { t } = useTranslation()
  const [limit, setLimit] = useState(20)
  const notices = useNotices(limit)
  const { mark, pending, failure } = useMarkRead()
  return (
    <Loaded of={notices}>
      {({ unread, notices: list }) => (
        <Sheet
          title={t('notifications.told')}
          aside={
            unread > 0 && (
              <Button size="small" loading={pending} onClick={() => void mark(list, 'all')}>
                {t('notifications.readAll')}
              </Button>
            )
          }
        >
          <FailureNote failure={failure} />
          {list.length === 0 ? (
            <Empty>{t('notifications.none')}</Empty>
          ) : (
            <NoticeList notices={list} onOpen={(notice) => void mark([notice], 'these')} />
          )}
          {list.length === limit && limit < most && <Button onClick={() => setLimit(most)}>{t('notifications.more')}</Button>}
        </Sheet>
      )}
    </Loaded>
  )
}

function How() {
  const { t } = useTranslation()
  return (
    <Loaded of={useQueryOf('notice-settings', {})}>
      {(settings) => (
        <Sheet title={t('notifications.byMail')}>
          <EmailForm settings={settings} />
          {settings.mailPossible && <RhythmForm key={JSON.stringify([settings.rhythms, settings.language])} settings={settings} />}
        </Sheet>
      )}
    </Loaded>
  )
}
