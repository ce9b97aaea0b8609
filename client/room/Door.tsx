import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx'

/** What stands before and after the room: one sheet on the dark ground. */
export function Door({
  title,
  children,
  busy = false,
  wide = false,
}: {
  title?: string
  children?: ReactNode
  busy?: boolean
  wide?: boolean
}) {
  const { t } = useTranslation()
  return (
    <div className={wide ? 'door-of-room door-wide' : 'door-of-room'}>
      <header className="door-of-room-head">
        <span className="room-brand">{t('common.product')}</span>
        <LanguageSwitch />
      </header>
      <main className="door-of-room-sheet" aria-busy={busy}>
        {busy ? <Skeleton active paragraph={{ rows: 5 }} aria-label={t('shell.loading')} /> : null}
        {title && <h1>{title}</h1>}
        {children}
      </main>
    </div>
  )
}
