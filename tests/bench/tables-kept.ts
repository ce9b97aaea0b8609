import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sizes } from './tables-fill.ts'

const folder = join(tmpdir(), 'yishi-bench-tables')
const note = join(folder, 'filled')

/** The folder of filled tables, kept from one run to the next; begun anew when other sizes are wished for, or are filled in another way. */
export async function keptTables(sizes: Sizes) {
  const way = await readFile(join(import.meta.dirname, 'tables-fill.ts'))
  const wanted = createHash('sha256').update(way).update(JSON.stringify(sizes)).digest('hex')
  const isFilled = (await readFile(note, 'utf8').catch(() => null)) === wanted
  if (!isFilled) await rm(folder, { recursive: true, force: true })
  return { folder, isFilled, keep: () => writeFile(note, wanted) }
}
