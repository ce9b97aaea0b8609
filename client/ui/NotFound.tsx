import { useTranslation } from 'react-i18next'
import { LinkButton } from './LinkButton.tsx'
import { Notice } from './Notice.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <Notice title={t('shell.notFound.title')} text={t('shell.notFound.text')}>
      <LinkButton to="/" type="primary">
        {t('shell.notFound.home')}
      </LinkButton>
    </Notice>
  )
}
