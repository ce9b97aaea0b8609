import { and, asc, eq, inArray } from 'drizzle-orm'
import { AppError } from '../../shared/errors.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import { lineageOf } from '../../shared/regions.ts'
import { type RegionSetting, regionSettingSchema, type SettingKey, type SettingOf, settings } from '../../shared/settings.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import { regionSettings } from './schema.ts'
import type { RegionService } from './service.ts'

type Deps = { db: Db; audit: Pick<AuditService, 'record'>; regions: Pick<RegionService, 'requireRegions'> }

export type SettingService = ReturnType<typeof createSettingService>

/** What regions set for themselves: each key's value is a region's own, or that of the nearest region above that has one. */
export function createSettingService({ db, audit, regions }: Deps) {
  /** @throws AppError `not-allowed`, or `invalid-input` for what is no region. */
  async function mine(actor: Actor, { regionCode, key }: Pick<RegionSetting, 'regionCode' | 'key'>) {
    allow(actor, settings[key].by, { regionCodes: [regionCode] })
    await regions.requireRegions(db.reader, [regionCode])
  }

  return {
    async read(actor: Actor, { regionCode, key }: { regionCode: string; key: SettingKey }) {
      await mine(actor, { regionCode, key })
      const line = await listSettings(db.reader, regionCode, key)
      const own: RegionSetting = line.find((one) => one.regionCode === regionCode) ?? { regionCode, key, value: null, version: 0 }
      const above = line.findLast((one) => one !== own && one.value !== null)
      // Of a key that is only known at run time, its own standard.
      const setting = above ?? ({ regionCode, key, value: settings[key].standard, version: 0 } as RegionSetting)
      return { own, inherited: { regionCode: above?.regionCode ?? null, setting } }
    },

    /** @throws AppError `conflict` when somebody else changed it meanwhile. */
    async set(actor: Actor, wish: RegionSetting): Promise<RegionSetting> {
      await mine(actor, wish)
      await db.transaction(async (tx) => {
        if (!(await putSetting(tx, wish))) throw new AppError('conflict', 'changed-meanwhile')
        await audit.record(tx, actor, 'setting:set', wish.regionCode, { key: wish.key, value: wish.value })
      })
      return { ...wish, version: wish.version + 1 }
    },

    /** What holds in a region now. */
    async holding<K extends SettingKey>(reader: Reader, regionCode: string, key: K): Promise<SettingOf<K>> {
      const nearest = (await listSettings(reader, regionCode, key)).findLast(({ value }) => value !== null)
      // The union of rows does not know that this one is of the key that was asked for.
      return (nearest?.value ?? settings[key].standard) as SettingOf<K>
    },
  }
}

/** Of a region and of all above it, from the top down. What an earlier version of the program stored and this one cannot read counts as not set. */
async function listSettings(reader: Reader, regionCode: string, key: SettingKey): Promise<RegionSetting[]> {
  const rows = await reader
    .select()
    .from(regionSettings)
    .where(and(eq(regionSettings.key, key), inArray(regionSettings.regionCode, lineageOf(regionCode))))
    .orderBy(asc(regionSettings.regionCode))
  return rows.map((row) => {
    const known = regionSettingSchema.safeParse(row)
    return known.success ? known.data : { ...row, value: null }
  })
}

/** Stores it as the next version, or returns false when there is another than the one that was edited. */
async function putSetting(tx: Tx, { version, ...setting }: RegionSetting): Promise<boolean> {
  const next = { ...setting, version: version + 1 }
  const { regionCode, key } = setting
  const edited = and(eq(regionSettings.regionCode, regionCode), eq(regionSettings.key, key), eq(regionSettings.version, version))
  const rows =
    version === 0
      ? await tx.insert(regionSettings).values(next).onConflictDoNothing().returning({ version: regionSettings.version })
      : await tx.update(regionSettings).set(next).where(edited).returning({ version: regionSettings.version })
  return rows.length > 0
}
