import type { Logger } from 'pino'
import type { ZodError, z } from 'zod'
import { AppError, type Failure } from '../../shared/errors.ts'

/**
 * Parses what came from outside.
 * @throws AppError `invalid-input` with a reason for each field at fault.
 */
export function parse<T extends z.ZodType>(schema: T, payload: unknown): z.output<T> {
  const parsed = schema.safeParse(payload)
  if (parsed.success) return parsed.data
  throw new AppError('invalid-input', 'invalid-input', fieldsOf(parsed.error))
}

function fieldsOf(error: ZodError): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const issue of error.issues.slice(0, 20)) {
    // A custom message is itself a reason; the others are named by zod's issue code, such as `too_big`.
    const reason = issue.code === 'custom' ? issue.message : issue.code.replaceAll('_', '-')
    fields[issue.path.join('.').slice(0, 100) || 'input'] ??= reason
  }
  return fields
}

// PostgreSQL refusing or losing a connection (SQLSTATE classes 08 and 57P), and the sockets' own errors.
const unreachable = /^(08...|57P0[1-5]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/

/**
 * What the client is told. Whatever is not an AppError is a bug or an outage: logged here, and nowhere else. Of a command it is
 * known who asked, and its refusal is kept as well: whoever looks into a disturbance finds what was tried, and by whom.
 */
export function toFailure(error: unknown, what: string, log: Logger, asker?: { accountId: string | null }): Failure {
  if (error instanceof AppError) {
    if (asker) noteRefusal(error, what, log, asker)
    const { code, reason, fields, remedy } = error
    return { code, reason, ...(fields && { fields }), ...remedy }
  }
  if (isOutage(error)) {
    log.warn({ err: error, what }, 'the database is not reachable')
    return { code: 'unavailable', reason: 'unavailable' }
  }
  log.error({ err: error, what }, 'a request failed')
  return { code: 'internal', reason: 'internal' }
}

/** Whoever asks too often would write the log full with it. */
function noteRefusal({ code, reason, fields, cause }: AppError, what: string, log: Logger, { accountId }: { accountId: string | null }) {
  if (code === 'too-many-requests') return
  const because = cause instanceof Error ? { cause: cause.message.slice(0, 300) } : {}
  log.info({ what, accountId, code, reason, ...(fields && { fields }), ...because }, 'a command was refused')
}

/** Whether the database could not be reached, or was lost on the way: no fault of what was asked. */
export function isOutage(error: unknown): boolean {
  const code = sqlState(error)
  return code !== null && unreachable.test(code)
}

/** The SQLSTATE or system code of an error, looking through the wrapper that Drizzle puts around it. */
export function sqlState(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    // The Unix socket of a database that does not run is a file that is not there.
    if ('syscall' in at && at.syscall === 'connect') return '08006'
    if ('code' in at && typeof at.code === 'string') return at.code
    if (/Connection terminated|not queryable|timeout exceeded when trying to connect/.test(at.message)) return '08006'
  }
  return null
}
