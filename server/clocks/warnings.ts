import { and, asc, eq, inArray } from 'drizzle-orm'
import { hallWarnings, type WarningDays, warningDaysSchema } from '../../shared/clocks.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { Reader } from '../db/db.ts'
import { regionSettings } from '../regions/schema.ts'

/** From how many days before their end deadlines are yellow in each of these regions: what the nearest region above has set. */
export async function readWarningDays(reader: Reader, regionCodes: readonly string[]): Promise<(regionCode: string) => WarningDays> {
  const codes = [...new Set(regionCodes.flatMap(lineageOf))]
  const rows =
    codes.length === 0
      ? []
      : await reader
          .select()
          .from(regionSettings)
          .where(and(eq(regionSettings.key, 'reminders'), inArray(regionSettings.regionCode, codes)))
          .orderBy(asc(regionSettings.regionCode))
  const set = rows.flatMap(({ regionCode, value }) => {
    const known = warningDaysSchema.safeParse(value)
    return known.success ? [{ regionCode, days: known.data }] : []
  })
  return (regionCode) => set.findLast((one) => regionCode.startsWith(one.regionCode))?.days ?? hallWarnings
}
