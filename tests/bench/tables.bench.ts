/* How long lists, filters and searches take where there is very much. `npm run bench -- tables [recommendations] [suggestions] [rounds]` */
import { startBenchServer } from './server.ts'
import { measureTables, prepareTables } from './tables.ts'

const goals = { p99Ms: 100, seqScans: 0 }
const [recommendations = 100_000, suggestions = 1_000_000, rounds = 100] = process.argv.slice(2).map(Number)
const server = await startBenchServer()
try {
  const place = { url: server.url, db: server.db, ledger: server.services.ledger }
  await prepareTables(place, { recommendations, suggestions, large: Math.round(suggestions / 20) }, console.log)
  const measured = await measureTables(place, rounds)
  for (const { who, what, p50, p99, seqScans } of measured)
    console.log(
      `${who.padEnd(11)} ${String(p50).padStart(7)} ${String(p99).padStart(7)} ms  ${what}${seqScans > 0 ? `  (${seqScans} whole scans)` : ''}`,
    )
  const slowest = measured.toSorted((a, b) => b.p99 - a.p99)[0]!
  const slow = measured.filter(({ p99 }) => p99 >= goals.p99Ms).map(({ who, what, p99 }) => `${who}: ${what} ${p99}`)
  const seqScans = measured.reduce((sum, one) => sum + one.seqScans, 0)
  const result = {
    recommendations,
    suggestions,
    questions: measured.length,
    p99Ms: slowest.p99,
    slowest: `${slowest.who}: ${slowest.what}`,
    slow,
    seqScans,
  }
  console.log(JSON.stringify({ bench: 'tables', measured: result, goals, met: slow.length === 0 && seqScans === 0 }))
} finally {
  await server.close()
}
