import { and, asc, eq, inArray } from 'drizzle-orm'
import { type ClockWarnings, hallWarnings, type WarningDays } from '../../shared/clocks.ts'
import { AppError } from '../../shared/errors.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { RegionService } from '../regions/service.ts'
import { clockWarnings } from './schema.ts'

type Deps = { db: Db; audit: AuditService; regions: Pick<RegionService, 'requireRegions'> }

/** How early a region's deadlines turn yellow. */
export function createWarnings({ db, audit, regions }: Deps) {
  async function mine(actor: Actor, regionCode: string) {
    allow(actor, 'clock:edit', { regionCodes: [regionCode] })
    await regions.requireRegions(db.reader, [regionCode])
  }

  return {
    async readWarnings(actor: Actor, { regionCode }: { regionCode: string }) {
      await mine(actor, regionCode)
      const all = await listWarnings(db.reader, [regionCode])
      const own = all.find((one) => one.regionCode === regionCode) ?? { regionCode, sign: null, reply: null, version: 0 }
      return { own, holds: nearest(all, regionCode) }
    },

    /** @throws AppError `conflict` when somebody else changed them meanwhile. */
    async setWarnings(actor: Actor, warnings: ClockWarnings): Promise<ClockWarnings> {
      await mine(actor, warnings.regionCode)
      await db.transaction(async (tx) => {
        if (!(await putWarnings(tx, warnings))) throw new AppError('conflict', 'changed-meanwhile')
        await audit.record(tx, actor, 'clock:set-warnings', warnings.regionCode, { sign: warnings.sign, reply: warnings.reply })
      })
      return { ...warnings, version: warnings.version + 1 }
    },
  }
}

/** What holds in each of these regions. */
export async function readWarningDays(reader: Reader, regionCodes: readonly string[]): Promise<(regionCode: string) => WarningDays> {
  const all = await listWarnings(reader, regionCodes)
  return (regionCode) => nearest(all, regionCode)
}

async function listWarnings(reader: Reader, regionCodes: readonly string[]): Promise<ClockWarnings[]> {
  const codes = [...new Set(regionCodes.flatMap(lineageOf))]
  if (codes.length === 0) return []
  return reader.select().from(clockWarnings).where(inArray(clockWarnings.regionCode, codes)).orderBy(asc(clockWarnings.regionCode))
}

function nearest(all: readonly ClockWarnings[], regionCode: string): WarningDays {
  const above = all.filter((one) => regionCode.startsWith(one.regionCode))
  const of = (kind: 'sign' | 'reply') => above.findLast((one) => one[kind] !== null)?.[kind] ?? hallWarnings[kind]
  return { sign: of('sign'), reply: of('reply') }
}

async function putWarnings(tx: Tx, { version, ...warnings }: ClockWarnings): Promise<boolean> {
  const next = { ...warnings, version: version + 1 }
  const same = and(eq(clockWarnings.regionCode, warnings.regionCode), eq(clockWarnings.version, version))
  const rows =
    version === 0
      ? await tx.insert(clockWarnings).values(next).onConflictDoNothing().returning({ version: clockWarnings.version })
      : await tx.update(clockWarnings).set(next).where(same).returning({ version: clockWarnings.version })
  return rows.length > 0
}
