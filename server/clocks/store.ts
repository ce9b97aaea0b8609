import { and, asc, eq, inArray } from 'drizzle-orm'
import type { ClockRules, Day, OwnDay } from '../../shared/clocks.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { Reader, Tx } from '../db/db.ts'
import { calendarDays, clockRules } from './schema.ts'

/** The rules of a region and of all above it, from the top down. */
export const listRules = (reader: Reader, regionCode: string): Promise<ClockRules[]> =>
  reader
    .select()
    .from(clockRules)
    .where(inArray(clockRules.regionCode, lineageOf(regionCode)))
    .orderBy(asc(clockRules.regionCode))

/** Stores the rules of a region as its next version, or returns false when there is another than the one that was edited. */
export async function putRules(tx: Tx, { version, ...rules }: ClockRules): Promise<boolean> {
  const next = { ...rules, version: version + 1 }
  const mine = and(eq(clockRules.regionCode, rules.regionCode), eq(clockRules.version, version))
  const rows =
    version === 0
      ? await tx.insert(clockRules).values(next).onConflictDoNothing().returning({ version: clockRules.version })
      : await tx.update(clockRules).set(next).where(mine).returning({ version: clockRules.version })
  return rows.length > 0
}

/** The own days of a region and of all above it, from the top down, each region's in their order. */
export const listDays = (reader: Reader, regionCode: string): Promise<OwnDay[]> =>
  reader
    .select()
    .from(calendarDays)
    .where(inArray(calendarDays.regionCode, lineageOf(regionCode)))
    .orderBy(asc(calendarDays.regionCode), asc(calendarDays.day))

export async function putDay(tx: Tx, day: OwnDay) {
  const { work, name } = day
  const target = [calendarDays.regionCode, calendarDays.day]
  await tx.insert(calendarDays).values(day).onConflictDoUpdate({ target, set: { work, name } })
}

export async function removeDay(tx: Tx, regionCode: string, day: Day) {
  await tx.delete(calendarDays).where(and(eq(calendarDays.regionCode, regionCode), eq(calendarDays.day, day)))
}
