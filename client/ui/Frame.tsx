import { useTranslation } from 'react-i18next'
import { Outlet, ScrollRestoration } from 'react-router'
import { ConnectionBar } from './ConnectionBar.tsx'
import { TopBar } from './TopBar.tsx'

/** What surrounds every work page. */
export function Frame() {
  const { t } = useTranslation()
  return (
    <>
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <TopBar />
      <ConnectionBar />
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <ScrollRestoration />
    </>
  )
}
