import { Card } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx'
import { SignInForm } from './SignInForm.tsx'
import './identity.css'

export function SignInPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const returnTo = returnAddress(useLocation().state)
  return (
    <div className="door">
      <title>{`${t('identity.signIn')} · ${t('shell.title')}`}</title>
      <header className="door-head">
        <Link to="/" className="brand">
          <img src="/icon.svg" alt="" width={28} height={28} />
          <span>{t('common.product')}</span>
        </Link>
        <LanguageSwitch />
      </header>
      <main className="door-main">
        <h1>{t('identity.signInTitle')}</h1>
        <p className="soft">{t('identity.signInIntro')}</p>
        <Card>
          <SignInForm returnTo={returnTo} onDone={() => void navigate(returnTo, { replace: true })} />
        </Card>
        <p>
          <Link to="/">{t('identity.lookAround')}</Link>
        </p>
      </main>
    </div>
  )
}

/** Where one came from, as long as it is a page of ours: `//host` would be somebody else's. */
function returnAddress(state: unknown): string {
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : '/'
  return typeof from === 'string' && /^\/(?!\/)/.test(from) ? from : '/'
}
