import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { AppError } from '../../shared/errors.ts'
import type { ImportReport } from '../../shared/ledger.ts'
import { type Actor, allow, signedIn } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader } from '../db/db.ts'
import type { RegionService } from '../regions/service.ts'
import { checkRows, columnsOf, type Entry } from './check.ts'
import { insertPast, knownNumbers } from './past.ts'
import { createSheetReader } from './sheet.ts'

export type LedgerImports = ReturnType<typeof createLedgerImports>

type Deps = { db: Db; audit: AuditService; regions: Pick<RegionService, 'requireRegions'>; now: () => Date }
type Asked = { regionCode: string; confirm: string | undefined }

/** More than anybody reads; the counts say how many there are. */
const mostTold = 300

/** Earlier years' recommendations from spreadsheets: looked at first, and stored when whoever sent them has seen what would happen. */
export function createLedgerImports({ db, audit, regions, now }: Deps) {
  const sheets = createSheetReader()

  async function sift(reader: Reader, regionCode: string, entries: readonly Entry[]) {
    const numbers = await knownNumbers(
      reader,
      regionCode,
      entries.map(({ number }) => number),
    )
    return { fresh: entries.filter(({ number }) => !numbers.has(number)), known: entries.filter(({ number }) => numbers.has(number)) }
  }

  return {
    close: sheets.close,

    /**
     * What a file would bring, or, confirmed by its hash, what it has brought: the rows that are right and whose number is new.
     * @throws AppError `conflict` when another file is sent than was looked at
     */
    async read(actor: Actor, { regionCode, confirm }: Asked, bodyOf: () => Promise<Uint8Array>): Promise<ImportReport> {
      allow(actor, 'ledger:import', { regionCodes: [regionCode] })
      await regions.requireRegions(db.reader, [regionCode])
      const bytes = await bodyOf()
      const hash = createHash('sha256').update(bytes).digest('hex')
      if (confirm !== undefined && confirm !== hash) throw new AppError('conflict', 'another-file')
      const [head, ...rows] = await sheets.read(bytes)
      const columns = head && columnsOf(head.cells)
      if (!columns) throw new AppError('invalid-input', 'headings-missing')
      const { entries, problems } = checkRows(rows, columns)
      const report = (fresh: readonly Entry[], known: readonly Entry[]): ImportReport => ({
        hash,
        rows: rows.length,
        fresh: fresh.length,
        known: known.slice(0, mostTold).map(({ row, number }) => ({ row, number })),
        problems: problems.slice(0, mostTold),
        stored: confirm !== undefined,
      })
      if (confirm === undefined) {
        const { fresh, known } = await sift(db.reader, regionCode, entries)
        return report(fresh, known)
      }
      return db.transaction(async (tx) => {
        // Two files of a region at once, or one twice, would both find the numbers free.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('past recommendations ' || ${regionCode}, 0))`)
        const { fresh, known } = await sift(tx, regionCode, entries)
        const imported = { importedBy: signedIn(actor), importedAt: now().toISOString(), regionCode }
        await insertPast(
          tx,
          fresh.map(({ row: _, ...entry }) => ({ id: v7(), ...entry, ...imported })),
        )
        await audit.record(tx, actor, 'ledger:import', regionCode, { hash, rows: rows.length, stored: fresh.length })
        return report(fresh, known)
      })
    },
  }
}
