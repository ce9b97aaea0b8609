import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { inject } from 'vitest'
import { createApp } from '../../server/app.ts'
import { loadConfig } from '../../server/config.ts'
import type { Db } from '../../server/db/db.ts'
import { connect } from '../../server/db/postgres.ts'
import { templateDatabase } from './global-setup.ts'
import { createPeople } from './people.ts'

export type TestApp = Awaited<ReturnType<typeof startApp>>

/** A database of its own, copied from the migrated template (some 40 ms), dropped on close. */
export async function createDatabase() {
  const server = inject('postgres')
  const log = pino({ level: 'silent' })
  const database = `test_${randomUUID().replaceAll('-', '')}`
  const admin = connect(server, log)
  await admin.db.pool.query(`create database ${database} template ${templateDatabase}`)
  const own = connect({ ...server, database }, log)
  return {
    db: own.db,
    async close() {
      await own.close()
      await admin.db.pool.query(`drop database ${database} with (force)`)
      await admin.close()
    },
  }
}

/** With a `database` of somebody else, as after a restart, that one is used and left as it is. */
type Options = {
  env?: Record<string, string>
  now?: () => Date
  clientFolder?: string
  database?: { db: Db }
  tls?: { cert: string; key: string }
  /** Jobs are stored in any case; without this nobody does them. */
  runJobs?: boolean
  /** Where the log goes, a line at a time; to nowhere without it. */
  logTo?: { write(line: string): void }
}

/** The real server on a free port with an empty database of its own. Call it once a file, and `close` after. */
export async function startApp({ env = {}, database: given, logTo, runJobs = false, ...deps }: Options = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'yishi-app-'))
  const database = given ? { db: given.db, close: async () => {} } : await createDatabase()
  const config = loadConfig({
    PATH: process.env.PATH,
    SOFFICE_BIN: process.env.SOFFICE_BIN,
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    MEDIA_PORT: '0',
    MEDIA_WORKERS: '1',
    MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1',
    MEDIASOUP_WORKER_BIN: inject('mediaWorkerBinary'),
    SIGN_IN_ATTEMPTS_PER_MINUTE: '100000',
    COMMANDS_PER_MINUTE: '1000000',
    DEVICE_REQUESTS_PER_MINUTE: '1000000',
    ADDRESS_REQUESTS_PER_MINUTE: '1000000',
    NEW_DEVICES_PER_MINUTE: '1000000',
    POSTS_PER_MINUTE: '1000000',
    ATTACK_POSTS_PER_MINUTE: '1000000',
    ...env,
  })
  const log = logTo ? pino({ level: 'info' }, logTo) : pino({ level: process.env.TEST_LOG ?? 'silent' })
  const app = await createApp({ config, db: database.db, log, runJobs, ...deps })
  const port = await app.listen()
  const url = `http://127.0.0.1:${port}`
  const people = createPeople(url, database.db)
  return {
    url,
    db: database.db,
    services: app.services,
    ...people,
    async close() {
      people.close()
      await app.close()
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
