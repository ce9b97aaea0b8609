import { AuditOutlined, CalendarOutlined, FileDoneOutlined, HomeOutlined, SettingOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink } from 'react-router'
import { type Actor, rules } from '../../shared/policy.ts'
import { mayAdminister } from '../admin/mayAdminister.ts'
import { AccountMenu } from '../identity/AccountMenu.tsx'
import { useMe } from '../identity/MeContext.tsx'
import { NoticeBell } from '../notifications/NoticeBell.tsx'
import './frame.css'

type Place = {
  to: string
  word: 'today' | 'meetings' | 'recommendations' | 'worklist' | 'admin'
  icon: ReactNode
  shown: (actor: Actor) => boolean
}

const places: readonly Place[] = [
  { to: '/', word: 'today', icon: <HomeOutlined />, shown: () => true },
  { to: '/meetings', word: 'meetings', icon: <CalendarOutlined />, shown: () => true },
  // Citizens have nothing there; everybody who holds a role may read what concerns them.
  {
    to: '/recommendations',
    word: 'recommendations',
    icon: <AuditOutlined />,
    shown: (actor) => actor.grants.some(({ role }) => role !== 'citizen'),
  },
  {
    to: '/worklist',
    word: 'worklist',
    icon: <FileDoneOutlined />,
    shown: (actor) => actor.grants.some(({ role }) => rules['assignment:handle'].roles.some((handles) => handles === role)),
  },
  { to: '/admin', word: 'admin', icon: <SettingOutlined />, shown: mayAdminister },
]

/** Brand, places and account. On a phone the places stand at the bottom, within reach of the thumb. */
export function TopBar() {
  const { t } = useTranslation()
  const { actor } = useMe()
  return (
    <header className="top-bar">
      <Link to="/" className="brand">
        <img src="/icon.svg" alt="" width={28} height={28} />
        <span>{t('common.product')}</span>
      </Link>
      <nav aria-label={t('shell.navigation')} className="places">
        {places
          .filter(({ shown }) => shown(actor))
          .map(({ to, word, icon }) => (
            <NavLink key={to} to={to} end={to === '/'}>
              {icon}
              <span>{t(`shell.${word}`)}</span>
            </NavLink>
          ))}
      </nav>
      <div className="row top-end">
        <NoticeBell />
        <AccountMenu />
      </div>
    </header>
  )
}
