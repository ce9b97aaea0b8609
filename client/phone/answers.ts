import type { Failure } from '../../shared/errors.ts'

export const unreachable: Failure = { code: 'unavailable', reason: 'unreachable' }

/** Our own doors answer with a failure; whatever else stands in between (a proxy, a captive portal) counts as unreachable. */
export function failureIn(body: unknown): Failure {
  const error = (body as { error?: Failure } | null)?.error
  return typeof error?.code === 'string' ? error : unreachable
}
