/** Every error a client can receive, with the HTTP status that says the same. The set is closed. */
export const errorStatus = {
  'invalid-input': 400,
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof errorStatus

/** What may help whoever was turned away because of too many requests. */
export type Remedy = {
  /** After this long, asking again may succeed. */
  retryAfterMs?: number
  /** A sum to be worked out (`shared/proof.ts`); with its result the same request is let through. */
  challenge?: string
}

/** What crosses the wire. `reason` is a kebab-case key that the client translates; `fields` maps an input's path to such a key. */
export type Failure = { code: ErrorCode; reason: string; fields?: Record<string, string> } & Remedy

/** A refusal with a reason. Anything else that is thrown is a bug and reaches the client as `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly reason: string
  readonly fields: Record<string, string> | undefined
  readonly remedy: Remedy

  /** `cause` stays on the server: it is for the log. */
  constructor(code: ErrorCode, reason: string, fields?: Record<string, string>, { cause, ...remedy }: Remedy & { cause?: unknown } = {}) {
    super(`${code}: ${reason}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.reason = reason
    this.fields = fields
    this.remedy = remedy
  }
}

/** @throws AppError `not-found` when there is nothing. */
export function found<T>(thing: T | null | undefined, reason: string): T {
  if (thing === null || thing === undefined) throw new AppError('not-found', reason)
  return thing
}
