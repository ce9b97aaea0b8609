import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { deviceSources } from '../../shared/media.ts'
import type { LocalState } from './local.ts'

/** Says why a microphone or camera could not be opened, and what to do. With `onClose` it can be put away. */
export function DeviceHelp({
  problems,
  onClose,
  onRetry,
}: {
  problems: LocalState['problems']
  onClose?: () => void
  onRetry?: () => void
}) {
  const { t } = useTranslation()
  return deviceSources.map((source) => {
    const problem = problems[source]
    if (!problem) return null
    return (
      <Alert
        key={source}
        type="warning"
        showIcon
        role="alert"
        {...(onRetry && problem !== 'insecure-page'
          ? {
              action: (
                <Button size="small" onClick={onRetry}>
                  {t('media.check.again')}
                </Button>
              ),
            }
          : {})}
        {...(onClose ? { closable: { onClose } } : {})}
        title={t(`media.problem.${problem}`, { device: t(`media.source.${source}`) })}
      />
    )
  })
}
