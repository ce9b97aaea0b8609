import { networkInterfaces } from 'node:os'
import { pino } from 'pino'
import { createApp } from './app.ts'
import { type Config, ConfigError, loadConfig } from './config.ts'
import { EmbeddedPostgresError } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { DatabaseError, openDatabase } from './db/postgres.ts'
import { MediaWorkerError } from './media/workers.ts'
import { readTls, selfMadeTls, type Tls, TlsError } from './transport/tls.ts'
import { prepareFirstRun } from './trial/first-run.ts'
import { greeting } from './trial/greeting.ts'

/** How long a stop may take before the program gives up waiting. */
const stopLimitMs = 15_000

/** Failures that the person who started the program can mend: told in their own words, without a stack. */
const isExpected = (error: unknown): error is Error =>
  error instanceof ConfigError ||
  error instanceof EmbeddedPostgresError ||
  error instanceof DatabaseError ||
  error instanceof MediaWorkerError ||
  error instanceof TlsError ||
  (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))

async function start() {
  const config = loadConfig(process.env)
  const log = pino({ level: config.logLevel })
  const closers: Closer[] = []
  const stop = () => stopInOrder(closers, log)
  const asked = new AbortController()
  const started = Promise.withResolvers<void>()
  // Before anything is opened: a signal that comes meanwhile would otherwise leave the database running, or be lost.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping')
      asked.abort()
      setTimeout(() => process.exit(1), stopLimitMs).unref()
      void started.promise.then(stop).then(() => process.exit(0))
    })
  }
  try {
    await serve(config, log, closers, asked.signal)
  } catch (error) {
    if (error === asked.signal.reason) return
    await stop()
    throw error
  } finally {
    started.resolve()
  }
}

/** Opens one part after the other; once it is asked to stop, it opens no further one. */
async function serve(config: Config, log: pino.Logger, closers: Closer[], asked: AbortSignal) {
  const database = await openDatabase(config, log)
  closers.unshift(database.close)
  asked.throwIfAborted()
  await migrate(database.db.pool)
  asked.throwIfAborted()
  const untold = await prepareFirstRun({ db: database.db, config, now: () => new Date() })
  try {
    const tls = await tlsFor(config)
    asked.throwIfAborted()
    const app = await createApp({ config, db: database.db, log, ...(tls ? { tls } : {}) })
    closers.unshift(app.close)
    asked.throwIfAborted()
    const port = await app.listen()
    const addresses = addressesOf(config.publicUrl, tls ? 'https' : 'http', port)
    log.info({ port, addresses }, 'serving')
    process.stdout.write(greeting(untold, addresses, process.stdout.isTTY === true))
  } catch (error) {
    // The passwords are stored by now and known nowhere else: a start that fails further on must not keep them.
    if (untold) process.stdout.write(greeting(untold, [], false))
    throw error
  }
}

type Closer = () => Promise<void>

async function stopInOrder(closers: Closer[], log: pino.Logger) {
  for (const close of closers.splice(0)) await close().catch((error: unknown) => log.error({ err: error }, 'a part did not close'))
}

/** `--https` on the command line makes a certificate, where the settings name none. */
async function tlsFor({ https, dataDir }: Config): Promise<Tls | null> {
  if (https) return readTls(https)
  return process.argv.includes('--https') ? selfMadeTls(dataDir, new Date()) : null
}

function addressesOf(publicUrl: string | undefined, protocol: 'http' | 'https', port: number): string[] {
  if (publicUrl) return [publicUrl]
  const lan = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).filter((one) => one.family === 'IPv4' && !one.internal))
  return [`${protocol}://localhost:${port}`, ...lan.map((one) => `${protocol}://${one.address}:${port}`)]
}

start().catch((error: unknown) => {
  if (isExpected(error)) console.error(error.message)
  else console.error(error)
  process.exit(1)
})
