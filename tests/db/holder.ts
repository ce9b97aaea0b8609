import pg from 'pg'
import pino from 'pino'
import { startEmbeddedPostgres } from '../../server/db/embedded.ts'

// A program with an embedded database, for tests to kill: tells its connection on stdout, closes on SIGTERM.
const folder = process.argv[2] ?? ''
process.on('SIGINT', () => undefined)
try {
  const postgres = await startEmbeddedPostgres({ folder, log: pino(pino.destination(2)), durable: false })
  const client = new pg.Client(postgres.connection)
  await client.connect()
  await client.query('create table if not exists note (text text)')
  await client.query("insert into note values ('committed')")
  client.on('error', () => undefined)
  process.once('SIGTERM', () => void postgres.close().then(() => process.exit(0)))
  console.log(JSON.stringify(postgres.connection))
} catch (error) {
  console.log(error instanceof Error ? `${error.name}: ${error.message}` : error)
  process.exit(1)
}
