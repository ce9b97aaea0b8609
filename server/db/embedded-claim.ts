import pg from 'pg'
import { EmbeddedPostgresError } from './embedded-error.ts'
import { alreadyRunning } from './embedded-lock.ts'
import { until } from './embedded-processes.ts'

/** Any fixed number will do; this one is "yishi" in ASCII. */
const claimKey = 0x7969736869
/** The session of a program that was killed a moment ago may not have ended yet. */
const claimTimeoutMs = 2_000
const answerTimeoutMs = 10_000

export const embeddedUser = 'yishi'
export const embeddedDatabase = 'yishi'

export type Claim = { lost: Promise<void>; isHeld(): boolean; release(): Promise<void> }

/**
 * The second lock on a folder: a session of the database which lives exactly as long as the program's connection,
 * so it holds between containers too, which cannot see each other's processes.
 * @throws EmbeddedPostgresError already-running
 */
export async function claimDatabase(socketFolder: string, folder: string): Promise<Claim> {
  const client = new pg.Client({
    host: socketFolder,
    port: 5432,
    user: embeddedUser,
    database: 'postgres',
    application_name: `yishi program, pid ${process.pid}`,
    connectionTimeoutMillis: answerTimeoutMs,
    query_timeout: answerTimeoutMs,
  })
  let held = true
  const lost = new Promise<void>((resolve) => client.once('end', () => resolve()).once('error', () => resolve()))
  void lost.then(() => (held = false))
  client.on('error', () => undefined)
  try {
    await client.connect()
    if (!(await until(() => tryLock(client), { timeoutMs: claimTimeoutMs, everyMs: 50 }))) {
      throw alreadyRunning(folder, await nameHolder(client))
    }
    await ensureDatabase(client)
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error instanceof EmbeddedPostgresError ? error : unanswered(folder, error)
  }
  return { lost, isHeld: () => held, release: () => client.end().catch(() => undefined) }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [claimKey])
  return rows[0]?.locked === true
}

async function nameHolder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_stat_activity join pg_locks using (pid) where locktype = 'advisory' and granted`,
  )
  return rows[0]?.name ?? 'unknown'
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [embeddedDatabase])
  if (rowCount === 0) await client.query(`create database ${embeddedDatabase}`)
}

function unanswered(folder: string, cause: unknown): EmbeddedPostgresError {
  const said = cause instanceof Error ? cause.message : String(cause)
  return new EmbeddedPostgresError('start-failed', `The PostgreSQL on ${folder} runs but does not answer: ${said}`, { cause })
}
