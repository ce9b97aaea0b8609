import { useTranslation } from 'react-i18next'
import type { LedgerState } from '../../shared/ledger.ts'

/** How a state of the ledger is called. */
export function useStateName() {
  const { t } = useTranslation()
  return (state: LedgerState): string =>
    state === 'to-issue' ? t('recommendations.toIssue') : state === 'past' ? t('ledger.past') : t(`recommendations.status.${state}`)
}
