import { type ErrorCode, errorStatus, type Failure } from '../../shared/errors.ts'

/** A refusal as an exception, for the readers that expect one (TanStack Query, error boundaries). */
export class RequestFailure extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(`${failure.code}: ${failure.reason}`)
    this.failure = failure
  }
}

/** What is known when no answer came at all. A write may or may not have happened; its id makes asking again safe. */
export const noAnswer: Failure = { code: 'unavailable', reason: 'no-answer' }

/** Whatever was thrown, as a failure that can be shown. */
export function failureOf(error: unknown): Failure {
  return error instanceof RequestFailure ? error.failure : { code: 'internal', reason: 'internal' }
}

/** Reads a failure out of an answer that is not our own (a proxy's page, the sign-in library's body). */
export function failureFromAnswer(status: number, body: unknown): Failure {
  if (isAnswer(body)) return body.error
  const code = (Object.keys(errorStatus) as ErrorCode[]).find((name) => errorStatus[name] === status)
  return code ? { code, reason: code } : status >= 500 ? noAnswer : { code: 'invalid-input', reason: 'invalid-input' }
}

function isAnswer(body: unknown): body is { error: Failure } {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false
  const { error } = body
  return typeof error === 'object' && error !== null && 'code' in error && 'reason' in error
}
