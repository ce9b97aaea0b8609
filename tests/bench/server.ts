import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createApp } from '../../server/app.ts'
import { loadConfig } from '../../server/config.ts'
import { type PostgresConnection, startEmbeddedPostgres } from '../../server/db/embedded.ts'
import { migrate } from '../../server/db/migrate.ts'
import { connect } from '../../server/db/postgres.ts'
import { end, firstWord } from './child.ts'

type Options = {
  env?: Record<string, string>
  /** A folder of an earlier start, which is kept. */
  dataDir?: string | undefined
}

/** The real server on a throwaway database of its own, for a bench. */
export async function startBenchServer({ env = {}, dataDir: given }: Options = {}) {
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'yishi-bench-')))
  const log = pino({ level: 'fatal' })
  const postgres = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres'), log, maxConnections: 50 })
  const database = connect(postgres.connection, log)
  await migrate(database.db.pool)
  const config = loadConfig({
    ...process.env,
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    MEDIA_PORT: '0',
    MEDIA_WORKERS: '1',
    MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1',
    SIGN_IN_ATTEMPTS_PER_MINUTE: '100000',
    COMMANDS_PER_MINUTE: '1000000',
    DEVICE_REQUESTS_PER_MINUTE: '1000000',
    ADDRESS_REQUESTS_PER_MINUTE: '1000000',
    NEW_DEVICES_PER_MINUTE: '1000000',
    POSTS_PER_MINUTE: '1000000',
    ATTACK_POSTS_PER_MINUTE: '1000000',
    ...env,
  })
  const app = await createApp({ config, db: database.db, log })
  const url = `http://127.0.0.1:${await app.listen()}`
  return {
    url,
    services: app.services,
    db: database.db,
    postgres: postgres.connection,
    async close() {
      await app.close()
      await database.close()
      await postgres.close()
      if (given === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export const serverProgram = join(import.meta.dirname, 'server-program.ts')

/** The same in a process of its own, so that its clients take nothing of its time, with a way into its database. */
export async function spawnBenchServer() {
  const child = spawn(process.execPath, [serverProgram], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { port, postgres } = await firstWord<{ port: number; postgres: PostgresConnection }>(child)
  const database = connect(postgres, pino({ level: 'fatal' }))
  return {
    url: `http://127.0.0.1:${port}`,
    db: database.db,
    async close() {
      await database.close()
      await end(child)
    },
  }
}
