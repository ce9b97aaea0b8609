/* The real server on an embedded PostgreSQL that writes durably, for the benches: prints its port and how to reach the database. */
import { startBenchServer } from './server.ts'

const server = await startBenchServer({ dataDir: process.argv[2], env: { PORT: process.argv[3] ?? '0' } })
console.log(JSON.stringify({ port: Number(new URL(server.url).port), postgres: server.postgres }))
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)))
