import { pino } from 'pino'
import { type Config, loadConfig } from '../config.ts'
import type { Db } from '../db/db.ts'
import { withDatabase } from './with-database.ts'

/** A failure that the person at the terminal can mend; its message is all they need to see. */
export class CliError extends Error {}

/** Runs one small program on the program's database; what it throws becomes one line on the terminal and exit code 1. */
export async function runOnDatabase(work: (db: Db, config: Config) => Promise<number>) {
  try {
    const config = loadConfig(process.env)
    process.exitCode = await withDatabase(config, pino({ level: 'warn' }, pino.destination(2)), (db) => work(db, config))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
