import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'

/** Says why something failed, by its reason, or by its code when the reason has no words of its own. */
export function useFailureText(): (failure: Pick<Failure, 'code' | 'reason'>) => string {
  const { t, i18n } = useTranslation()
  return ({ code, reason }) => {
    const key = `failure.reason.${reason}`
    // The server's reasons are open-ended; the key is checked on the line before it is used.
    return i18n.exists(key) ? t(key as 'failure.reason.no-answer') : t(`failure.code.${code}`)
  }
}
