import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'
import { Notice } from './Notice.tsx'

/** What is shown instead of a page that threw: what happened, whether anything was lost, what to do. */
export function PageError() {
  const { t } = useTranslation()
  const error = useRouteError()
  return (
    <main>
      <Notice title={t('shell.broken.title')} text={isOldBundle(error) ? t('shell.broken.newVersion') : t('shell.broken.text')}>
        <Button type="primary" onClick={() => location.reload()}>
          {t('shell.broken.reload')}
        </Button>
        <Button href="/">{t('shell.notFound.home')}</Button>
      </Notice>
    </main>
  )
}

/** A page's bundle is gone after an update of the server; browsers say so in a TypeError of their own wording. */
const isOldBundle = (error: unknown) => error instanceof TypeError && /import/i.test(error.message)
