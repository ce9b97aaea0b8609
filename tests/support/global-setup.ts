import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { TestProject } from 'vitest/node'
import { type PostgresConnection, startEmbeddedPostgres } from '../../server/db/embedded.ts'
import { migrate } from '../../server/db/migrate.ts'
import { connect } from '../../server/db/postgres.ts'
import { createJobs } from '../../server/jobs/jobs.ts'
import { freePort } from './ports.ts'
import { setUpScript } from './scripts.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresConnection
    redisUrl: string
    mediaWorkerBinary: string
  }
}

/** The database that every test file copies. */
export const templateDatabase = 'yishi_template'

/** One throwaway PostgreSQL and Redis for the whole run; each test file takes its own copy of the migrated template. */
export async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'yishi-tests-'))
  const log = pino({ level: 'warn' })
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log, durable: false, maxConnections: 200 })
  await makeTemplate(postgres.connection)
  const redis = await startRedis(folder)
  project.provide('postgres', postgres.connection)
  project.provide('redisUrl', redis.url)
  const binary = await mediaWorkerBinary()
  // Also for the programs that benches start, which take it from there.
  process.env.MEDIASOUP_WORKER_BIN = binary
  project.provide('mediaWorkerBinary', binary)
  return async () => {
    await redis.close()
    await postgres.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function makeTemplate(connection: PostgresConnection) {
  const log = pino({ level: 'warn' })
  const server = connect(connection, log)
  await server.db.pool.query(`create database ${templateDatabase}`)
  await server.close()
  const template = connect({ ...connection, database: templateDatabase }, log)
  await migrate(template.db.pool)
  // With the jobs' own schema, so that not every file has to make it.
  const jobs = createJobs({ db: template.db, log })
  await jobs.start()
  await jobs.close()
  await template.close()
}

async function startRedis(folder: string) {
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ready = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)))
    child.stdout.on('data', (text: Buffer) => /ready to accept connections/i.test(text.toString()) && resolve())
  })
  await ready
  return {
    url: `redis://127.0.0.1:${port}`,
    async close() {
      child.kill()
      await once(child, 'exit')
    },
  }
}

async function mediaWorkerBinary(): Promise<string> {
  if (process.env.MEDIASOUP_WORKER_BIN) return process.env.MEDIASOUP_WORKER_BIN
  const { ensureMediaWorker } = await setUpScript('media-worker.mjs')
  const { createLog } = await setUpScript('setup/progress.mjs')
  return ensureMediaWorker({ log: createLog() })
}
