import { useTranslation } from 'react-i18next'
import { useConnectionState } from '../transport/ConnectionContext.tsx'

/** Says that the live connection is gone and coming back; nothing while it is there. */
export function ConnectionBar() {
  const { t } = useTranslation()
  const lost = useConnectionState() === 'lost'
  return (
    <div role="status" className={lost ? 'connection-bar' : undefined}>
      {lost && t('shell.reconnecting')}
    </div>
  )
}
