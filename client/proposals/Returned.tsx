import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

/** Why the secretariat sent it back. */
export function Returned({ reason }: { reason: string }) {
  const { t } = useTranslation()
  return <Alert type="warning" showIcon title={t('proposals.returnedTitle')} description={<div className="pre">{reason}</div>} />
}
