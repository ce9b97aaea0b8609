/* How long lists, filters and searches take where there is very much. `npm run bench -- tables [recommendations] [suggestions] [rounds]` */
import { startBenchServer } from './server.ts'
import { measureTables, prepareTables } from './tables.ts'
import { keptTables } from './tables-kept.ts'
import { measureSweep } from './tables-sweep.ts'

/** The sweep is a job: it may take its seconds, so long as nobody waits for it. */
const goals = { p99Ms: 100, listMeanwhileP99Ms: 300 }
const [recommendations = 100_000, suggestions = 1_000_000, rounds = 100] = process.argv.slice(2).map(Number)
const sizes = { recommendations, suggestions, large: Math.round(suggestions / 20) }
const kept = await keptTables(sizes)
const server = await startBenchServer({ dataDir: kept.folder })
try {
  const place = { url: server.url, db: server.db, ledger: server.services.ledger, reminders: server.services.reminders }
  if (kept.isFilled) console.log(`filled by an earlier run, in ${kept.folder}`)
  else {
    await prepareTables(place, sizes, console.log)
    await kept.keep()
    console.log(`kept in ${kept.folder} for the next run`)
  }
  await place.ledger.caughtUp()
  const measured = await measureTables(place, rounds)
  for (const { who, what, p50, p99, seqScans } of measured)
    console.log(
      `${who.padEnd(11)} ${String(p50).padStart(7)} ${String(p99).padStart(7)} ms  ${what}${seqScans > 0 ? `  (${seqScans} whole scans)` : ''}`,
    )
  const sweep = await measureSweep(place)
  console.log(`the reminders of ${sweep.reminded} deadlines took ${sweep.seconds} s`)
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
    sweep,
  }
  const met = slow.length === 0 && sweep.listMeanwhileP99Ms < goals.listMeanwhileP99Ms
  console.log(JSON.stringify({ bench: 'tables', measured: result, goals, met }))
} finally {
  await server.close()
}
