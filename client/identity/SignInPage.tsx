import { Card } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { DoorPage } from '../ui/DoorPage.tsx'
import { useMe } from './MeContext.tsx'
import { SignInForm } from './SignInForm.tsx'
import './identity.css'

export function SignInPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { actor } = useMe()
  const { state, search } = useLocation()
  const returnTo = returnAddress(state, search)
  return (
    <DoorPage title={t('identity.signIn')}>
      <main className="door-main">
        <h1>{t('identity.signInTitle')}</h1>
        <p className="soft">{t('identity.signInIntro')}</p>
        {actor.anonymous && actor.accountId !== null && <p className="soft">{t('identity.unites')}</p>}
        <Card>
          <SignInForm returnTo={returnTo} onDone={() => goBack(returnTo, (to) => void navigate(to, { replace: true }))} />
        </Card>
        <p>
          <Link to="/">{t('identity.lookAround')}</Link>
        </p>
      </main>
    </DoorPage>
  )
}

/** Where one came from, as long as it is a page of ours: `//host` would be somebody else's. */
function returnAddress(state: unknown, search: string): string {
  const given = typeof state === 'object' && state !== null && 'from' in state ? state.from : new URLSearchParams(search).get('from')
  return typeof given === 'string' && /^\/(?![/\\])/.test(given) ? given : '/'
}

/** The phones' pages are another program, and signed minutes are none: the browser has to load them. */
function goBack(to: string, within: (to: string) => void) {
  if (/^\/([rs]|minutes)\//.test(to)) location.replace(to)
  else within(to)
}
