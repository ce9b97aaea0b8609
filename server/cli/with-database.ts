import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Db } from '../db/db.ts'
import { EmbeddedPostgresError, findEmbeddedPostgres } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { connect, type Database, embeddedFolder, openDatabase } from '../db/postgres.ts'

/**
 * Lets `work` use the program's database, whether the program runs or not: the embedded one is started for as long
 * as it takes where it does not run yet.
 */
export async function withDatabase<T>(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: Logger,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const database = await openBeside(config, log)
  try {
    await migrate(database.db.pool)
    return await work(database.db)
  } finally {
    await database.close()
  }
}

async function openBeside(config: Pick<Config, 'databaseUrl' | 'dataDir'>, log: Logger): Promise<Database> {
  try {
    return await openDatabase(config, log)
  } catch (error) {
    const isRunning = error instanceof EmbeddedPostgresError && error.reason === 'already-running'
    const running = isRunning ? await findEmbeddedPostgres(embeddedFolder(config.dataDir)) : undefined
    if (!running) throw error
    return connect(running, log)
  }
}
