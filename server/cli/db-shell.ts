import { spawn } from 'node:child_process'
import { join } from 'node:path'
import pino from 'pino'
import { loadConfig } from '../config.ts'
import { EmbeddedPostgresError, findEmbeddedPostgres, type PostgresConnection, startEmbeddedPostgres } from '../db/embedded.ts'
import { runSqlPrompt } from './db-prompt.ts'

/** `npm run db:shell [-- psql's options]`: a prompt on the program's database, whether the program runs or not. */
async function main(): Promise<number> {
  const config = loadConfig(process.env)
  if (config.databaseUrl) return openShell(config.databaseUrl)
  const folder = join(config.dataDir, 'postgres')
  // The prompt must outlive Ctrl-C, which psql takes as "cancel this statement".
  process.on('SIGINT', () => undefined)
  try {
    const own = await startEmbeddedPostgres({ folder, log: pino({ level: 'warn' }, pino.destination(2)) })
    return await openShell(own.connection).finally(own.close)
  } catch (error) {
    if (!isAlreadyRunning(error)) throw error
    const running = await findEmbeddedPostgres(folder)
    if (!running) throw new Error(`The program is running, but only root and the owner of ${folder} may open a shell on its database.`)
    return openShell(running)
  }
}

const isAlreadyRunning = (error: unknown) => error instanceof EmbeddedPostgresError && error.reason === 'already-running'

async function openShell(target: string | PostgresConnection): Promise<number> {
  const args = process.argv.slice(2)
  return (await runPsql(target, args)) ?? (await runSqlPrompt(target, args))
}

/** @returns psql's exit code, or undefined where there is no psql */
function runPsql(target: string | PostgresConnection, args: string[]): Promise<number | undefined> {
  const { address, password } = typeof target === 'string' ? hidePassword(target) : { address: socketUrl(target), password: undefined }
  const env = password === undefined ? process.env : { ...process.env, PGPASSWORD: password }
  const child = spawn('psql', ['-d', address, ...args], { stdio: 'inherit', env })
  return new Promise((resolve, reject) => {
    child.once('close', (code) => resolve(code ?? 1))
    child.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(undefined) : reject(error)))
  })
}

/** Everybody on the machine can read the arguments of a process. */
function hidePassword(databaseUrl: string) {
  const url = new URL(databaseUrl)
  const password = url.password ? decodeURIComponent(url.password) : undefined
  url.password = ''
  return { address: url.href, password }
}

function socketUrl({ host, user, database }: PostgresConnection): string {
  return `postgresql:///${database}?host=${encodeURIComponent(host)}&port=5432&user=${user}`
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
