export type EmbeddedPostgresFailure =
  | 'already-running'
  | 'older-major'
  | 'newer-major'
  | 'foreign-folder'
  | 'not-owner'
  | 'unsupported-platform'
  | 'start-failed'
  | 'stuck'

/** Why the embedded PostgreSQL cannot be used; the message is one English line that says what to do about it. */
export class EmbeddedPostgresError extends Error {
  readonly reason: EmbeddedPostgresFailure

  constructor(reason: EmbeddedPostgresFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EmbeddedPostgresError'
    this.reason = reason
  }
}
