import { mkdir, realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { embeddedDatabase, embeddedUser } from './embedded-claim.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'
import { prepareCluster } from './embedded-folder.ts'
import { takeProgramLock } from './embedded-lock.ts'
import { readPostmaster } from './embedded-server.ts'
import { superviseCluster } from './embedded-supervisor.ts'

export { EmbeddedPostgresError }

/** How to reach the database with `pg`; the host is the folder of a Unix socket. */
export type PostgresConnection = { host: string; user: string; database: string; password?: string }
export type EmbeddedPostgres = { connection: PostgresConnection; close(): Promise<void> }

export type EmbeddedPostgresOptions = {
  folder: string
  log: Logger
  /** False only in throwaway clusters of tests: a crash of the machine (not of the program) may then destroy them. */
  durable?: boolean
  maxConnections?: number
}

/**
 * Runs PostgreSQL for this program alone, on a folder that it creates when needed, and keeps it running until `close()`.
 * When the program is root, PostgreSQL runs as the unprivileged owner of the folder.
 * @throws EmbeddedPostgresError whose message says in one line what to do: another program uses the folder, another
 * major version wrote it, the platform has no binaries, …
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await start(options)
  } catch (cause) {
    if (cause instanceof EmbeddedPostgresError) throw cause
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new EmbeddedPostgresError('start-failed', `The embedded PostgreSQL cannot be started on ${options.folder}: ${said}`, { cause })
  }
}

async function start({ folder: given, log, durable = true, maxConnections = 60 }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = await canonical(given)
  const lock = await takeProgramLock(`${folder}.lock`, folder)
  try {
    const cluster = await prepareCluster(folder, durable)
    const supervisor = await superviseCluster(cluster, { durable, maxConnections }, log.child({ part: 'postgres' }))
    let closed: Promise<void> | undefined
    const shutDown = async () => {
      await lock.markClosing()
      await supervisor.close()
      await lock.release()
    }
    return { connection: connectionTo(cluster.socketFolder), close: () => (closed ??= shutDown()) }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** The connection to the server that already runs on the folder, if one does and this user may see it. */
export async function findEmbeddedPostgres(folder: string): Promise<PostgresConnection | undefined> {
  const postmaster = await readPostmaster(await canonical(folder))
  return postmaster && connectionTo(postmaster.socketFolder)
}

function connectionTo(socketFolder: string): PostgresConnection {
  return { host: socketFolder, user: embeddedUser, database: embeddedDatabase }
}

/** Two ways to write one folder must come to the same lock. */
async function canonical(folder: string): Promise<string> {
  const full = resolve(folder)
  await mkdir(dirname(full), { recursive: true })
  return realpath(full).catch(async () => join(await realpath(dirname(full)), basename(full)))
}
