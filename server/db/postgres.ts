import { join } from 'node:path'
import { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { createDb, type Db } from './db.ts'
import { startEmbeddedPostgres } from './embedded.ts'

export type Database = { db: Db; close(): Promise<void> }

export const embeddedFolder = (dataDir: string) => join(dataDir, 'postgres')

/** Opens PostgreSQL: the one that `DATABASE_URL` names, or our own in the data folder. */
export async function openDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>, log: Logger): Promise<Database> {
  if (config.databaseUrl) return reached(connect({ connectionString: config.databaseUrl }, log))
  const embedded = await startEmbeddedPostgres({ folder: embeddedFolder(config.dataDir), log })
  const database = connect(embedded.connection, log)
  return {
    db: database.db,
    async close() {
      await database.close()
      await embedded.close()
    },
  }
}

/** The database of DATABASE_URL cannot be used; the message says why, without the password. */
export class DatabaseError extends Error {}

async function reached(database: Database): Promise<Database> {
  try {
    await database.db.pool.query('select 1')
    return database
  } catch (cause) {
    await database.close()
    const why = cause instanceof Error && cause.message ? cause.message : String((cause as { code?: unknown }).code)
    throw new DatabaseError(`The database that DATABASE_URL names cannot be used: ${why}`, { cause })
  }
}

export type Target = { connectionString: string } | { host: string; user: string; database: string; password?: string }

/** A pool of connections to a database that runs already. */
export function connect(target: Target, log: Logger, { max = 20 } = {}): Database {
  const pool = new Pool({ ...target, max, connectionTimeoutMillis: 5_000, application_name: 'yishi' })
  // An idle connection that the database closes is no reason to end the program; the next query opens another.
  pool.on('error', (error) => log.warn({ err: error }, 'the database closed an idle connection'))
  return { db: createDb(pool), close: () => pool.end() }
}

/** What another thread needs to connect to the same database. */
export function targetOf({ pool }: Db): Target {
  const { connectionString, host, user, database, password } = pool.options
  if (connectionString) return { connectionString }
  if (!host || !user || !database) throw new Error('The pool was not opened by connect().')
  return { host, user, database, ...(typeof password === 'string' ? { password } : {}) }
}
