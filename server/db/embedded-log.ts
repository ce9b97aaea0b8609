import type { Logger } from 'pino'

/** An ERROR is one refused statement, which the program that sent it has seen and judged itself. */
const levels = {
  DEBUG: 'debug',
  LOG: 'info',
  INFO: 'info',
  NOTICE: 'info',
  WARNING: 'warn',
  ERROR: 'warn',
  FATAL: 'error',
  PANIC: 'fatal',
} as const

type Severity = keyof typeof levels

/**
 * Writes what PostgreSQL says on stderr into the program's log.
 * @param isExpected while true (at shutdown) everything is only worth debugging
 */
export function createPostgresLog(log: Logger, isExpected: () => boolean) {
  let rest = ''
  let severity: Severity = 'LOG'
  const recent: string[] = []

  function writeLine(line: string) {
    const match = /^(DEBUG|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC)\d?:\s+(.*)/.exec(line)
    // Other lines continue the message before them; the dynamic linker's complaints come without a severity too.
    if (match) severity = match[1] as Severity
    const message = match?.[2] ?? line.trim()
    if (!message) return
    recent.push(`${match ? `${severity}: ` : ''}${message}`)
    if (recent.length > 20) recent.shift()
    log[isExpected() ? 'debug' : levels[severity]](message)
  }

  return {
    write(chunk: string) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) writeLine(line)
    },
    /** The newest line that explains a failure. */
    lastWords: () => recent.findLast((line) => /^(FATAL|PANIC|ERROR)/.test(line)) ?? recent.at(-1) ?? 'it said nothing',
  }
}
