import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { LanguageSwitch } from './LanguageSwitch.tsx'

/** A page that one meets before being inside: whose it is, in which language, and its `main`. */
export function DoorPage({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="door">
      <title>{`${title} · ${t('shell.title')}`}</title>
      <header className="door-head">
        <Link to="/" className="brand">
          <img src="/icon.svg" alt="" width={28} height={28} />
          <span>{t('common.product')}</span>
        </Link>
        <LanguageSwitch />
      </header>
      {children}
    </div>
  )
}
