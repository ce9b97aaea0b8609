import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Broken } from '../../shared/proposal-rules.ts'

/** What still hinders handing it in, rule by rule; a draft may be kept all the same. */
export function RuleList({ broken, known }: { broken: readonly Broken[]; known: boolean }) {
  const { t } = useTranslation()
  if (!known) return null
  if (broken.length === 0) return <Alert type="success" showIcon role="status" title={t('proposals.rulesKept')} />
  return (
    <Alert
      type="info"
      showIcon
      role="status"
      title={t('proposals.rulesBroken', { count: broken.length })}
      description={
        <ul className="rule-list">
          {broken.map((one) => (
            <li key={`${one.rule} ${'wanted' in one ? one.wanted : ''}`}>{t(`proposals.rule.${one.rule}`, { ...one })}</li>
          ))}
        </ul>
      }
    />
  )
}
