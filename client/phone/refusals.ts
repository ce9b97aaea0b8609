import type { Failure } from '../../shared/errors.ts'
import type { Translate } from './words.ts'

/** Why the server did not take something, in words; and if it says so, when it will. */
export function sayFailure(t: Translate, { code, reason, retryAfterMs }: Failure): string {
  if (reason === 'barred') return t('failure.barred')
  return retryAfterMs ? t('failure.tooMany', { seconds: Math.ceil(retryAfterMs / 1_000) }) : t(`failure.${code}`)
}
