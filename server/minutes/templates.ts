import { and, asc, eq, inArray } from 'drizzle-orm'
import { AppError } from '../../shared/errors.ts'
import { type MinutesTemplate, type RegionTemplate, standardTemplate } from '../../shared/minutes-template.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { RegionService } from '../regions/service.ts'
import { minutesTemplates } from './schema.ts'

type Deps = { db: Db; audit: Pick<AuditService, 'record'>; regions: Pick<RegionService, 'requireRegions'> }

export type TemplateService = ReturnType<typeof createTemplateService>

/** What the minutes of each region begin with: its own template, or that of the nearest region above that has one. */
export function createTemplateService({ db, audit, regions }: Deps) {
  /** @throws AppError `not-allowed`, or `invalid-input` for what is no region. */
  async function mine(actor: Actor, regionCode: string) {
    allow(actor, 'minutes:template', { regionCodes: [regionCode] })
    await regions.requireRegions(db.reader, [regionCode])
  }

  return {
    async read(actor: Actor, { regionCode }: { regionCode: string }) {
      await mine(actor, regionCode)
      const line = await listTemplates(db.reader, regionCode)
      const own = line.find((one) => one.regionCode === regionCode) ?? { regionCode, template: null, version: 0 }
      return { own, inherited: nearestOf(line.filter((one) => one !== own)) }
    },

    /** @throws AppError `conflict` when somebody else changed it meanwhile. */
    async set(actor: Actor, wish: RegionTemplate): Promise<RegionTemplate> {
      await mine(actor, wish.regionCode)
      await db.transaction(async (tx) => {
        if (!(await putTemplate(tx, wish))) throw new AppError('conflict', 'changed-meanwhile')
        await audit.record(tx, actor, 'minutes:set-template', wish.regionCode, { template: wish.template })
      })
      return { ...wish, version: wish.version + 1 }
    },

    /** What minutes of this region begin with. */
    holding: async (reader: Reader, regionCode: string): Promise<MinutesTemplate> =>
      nearestOf(await listTemplates(reader, regionCode)).template,
  }
}

/** Of templates from the top down, the nearest that there is. */
function nearestOf(line: readonly RegionTemplate[]): { regionCode: string | null; template: MinutesTemplate } {
  const { regionCode = null, template = null } = line.findLast((one) => one.template !== null) ?? {}
  return { regionCode, template: template ?? standardTemplate }
}

const listTemplates = (reader: Reader, regionCode: string): Promise<RegionTemplate[]> =>
  reader
    .select()
    .from(minutesTemplates)
    .where(inArray(minutesTemplates.regionCode, lineageOf(regionCode)))
    .orderBy(asc(minutesTemplates.regionCode))

/** Stores it as the next version, or returns false when there is another than the one that was edited. */
async function putTemplate(tx: Tx, { regionCode, template, version }: RegionTemplate): Promise<boolean> {
  const next = { regionCode, template, version: version + 1 }
  const edited = and(eq(minutesTemplates.regionCode, regionCode), eq(minutesTemplates.version, version))
  const rows =
    version === 0
      ? await tx.insert(minutesTemplates).values(next).onConflictDoNothing().returning({ version: minutesTemplates.version })
      : await tx.update(minutesTemplates).set(next).where(edited).returning({ version: minutesTemplates.version })
  return rows.length > 0
}
