import { sql } from 'drizzle-orm'
import { program } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import { type Division, type Oddity, readDivisions } from './division-files.ts'
import { upsertRegions } from './store.ts'

/** Rows of one statement: large enough to be quick, small enough that the running program hardly notices. */
const batchSize = 5_000

type Options = {
  db: Db
  audit: Pick<AuditService, 'record'>
  /** The `dist` folder of the package, or a folder in its shape. */
  folder: string
  /** Named in the audit trail. */
  source: string
  onProgress?: (stored: number) => void
  signal?: AbortSignal
}

export type Imported = { count: number; added: number; oddities: Oddity[] }

/**
 * Stores every division of the files, and renames those that are there under another name. Importing again changes
 * nothing, an import that was broken off is completed by the next one, and divisions that the files do not have stay.
 */
export async function importRegions({ db, audit, folder, source, onProgress, signal }: Options): Promise<Imported> {
  const oddities: Oddity[] = []
  const before = await countRegions(db)
  let count = 0
  let batch = new Map<string, Division>()

  async function store() {
    signal?.throwIfAborted()
    await upsertRegions(db.reader, [...batch.values()])
    count += batch.size
    batch = new Map()
    onProgress?.(count)
  }

  for await (const division of readDivisions(folder, (oddity) => oddities.push(oddity))) {
    // By code, since one statement may not write the same row twice.
    batch.set(division.code, division)
    if (batch.size === batchSize) await store()
  }
  await store()
  await db.reader.execute(sql`analyze regions`)
  const added = (await countRegions(db)) - before
  await db.transaction((tx) => audit.record(tx, program, 'regions:import', source, { count, added, oddities: oddities.length }))
  return { count, added, oddities }
}

async function countRegions(db: Db): Promise<number> {
  const { rows } = await db.reader.execute<{ count: number }>(sql`select count(*)::int as count from regions`)
  return rows[0]?.count ?? 0
}
