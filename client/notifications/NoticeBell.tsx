import { BellOutlined } from '@ant-design/icons'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMe } from '../identity/MeContext.tsx'
import { Empty } from '../ui/Empty.tsx'
import { NoticeList } from './NoticeList.tsx'
import './notifications.css'
import { useMarkRead, useNoticeNews, useNotices } from './useNotices.ts'

const shownAtOnce = 8

/** The bell in the top bar: how much is unread, and the newest of it. */
export function NoticeBell() {
  const { actor } = useMe()
  return actor.accountId === null || actor.anonymous ? null : <Bell />
}

function Bell() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  useNoticeNews()
  const { data } = useNotices(shownAtOnce)
  const unread = data?.unread ?? 0
  return (
    <Popover
      trigger="click"
      placement="bottom"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={<Newest onClose={() => setOpen(false)} />}
    >
      <Button
        type="text"
        className="notice-bell"
        aria-expanded={open}
        aria-label={unread > 0 ? t('notifications.bellUnread', { count: unread }) : t('notifications.bell')}
        icon={
          <Badge count={unread} size="small" overflowCount={99}>
            <BellOutlined aria-hidden />
          </Badge>
        }
      />
    </Popover>
  )
}

function Newest({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const { data } = useNotices(shownAtOnce)
  const { mark, pending } = useMarkRead()
  if (!data) return null
  return (
    <section className="notice-newest" aria-label={t('notifications.title')}>
      {data.notices.length === 0 ? (
        <Empty>{t('notifications.none')}</Empty>
      ) : (
        <NoticeList
          notices={data.notices}
          onOpen={(notice) => {
            void mark([notice], 'these')
            onClose()
          }}
        />
      )}
      <div className="row notice-foot">
        {data.unread > 0 && (
          <Button size="small" loading={pending} onClick={() => void mark(data.notices, 'all')}>
            {t('notifications.readAll')}
          </Button>
        )}
        <Link to="/me/notices" onClick={onClose}>
          {t('notifications.all')}
        </Link>
      </div>
    </section>
  )
}
