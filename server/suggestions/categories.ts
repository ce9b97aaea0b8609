import { inArray } from 'drizzle-orm'
import { defaultCategories } from '../../shared/categories.ts'
import { AppError } from '../../shared/errors.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { Reader } from '../db/db.ts'
import { meetingRegions } from '../meetings/schema.ts'
import { regionCategories } from './schema.ts'

export type Categories = { categories: string[]; fixed: boolean }

/** What may be chosen in each meeting: the lists of its regions together, each from itself or the nearest region above that has one. */
export async function readCategories(reader: Reader, meetingIds: string[]): Promise<Map<string, Categories>> {
  if (meetingIds.length === 0) return new Map()
  const hosts = await reader
    .select()
    .from(meetingRegions)
    .where(inArray(meetingRegions.meetingId, meetingIds))
    .orderBy(meetingRegions.position)
  const lineages = Map.groupBy(hosts, (host) => host.meetingId)
  const rows = await reader
    .select()
    .from(regionCategories)
    .where(inArray(regionCategories.regionCode, [...new Set(hosts.flatMap((host) => lineageOf(host.regionCode)))]))
  const lists = new Map(rows.map((row) => [row.regionCode, row.categories]))
  return new Map(
    [...lineages].map(([meetingId, all]) => [
      meetingId,
      chosenFrom(
        all.map((host) => lineageOf(host.regionCode)),
        lists,
      ),
    ]),
  )
}

export function chosenFrom(lineages: readonly string[][], lists: ReadonlyMap<string, string[]>): Categories {
  const nearest = lineages.map((lineage) => lineage.map((code) => lists.get(code)).findLast((list) => list !== undefined))
  // Where one region of a joint meeting has no list, nobody there could find their own category in the others'.
  if (nearest.some((list) => list === undefined)) {
    return { categories: [...new Set([...nearest.flatMap((list) => list ?? []), ...defaultCategories])], fixed: false }
  }
  return { categories: [...new Set(nearest.flatMap((list) => list ?? []))], fixed: true }
}

/** @throws AppError `invalid-input` for a category that the meeting's regions do not have. */
export function requireCategory(offered: Categories | undefined, category: string | undefined) {
  if (category !== undefined && offered?.fixed && !offered.categories.includes(category))
    throw new AppError('invalid-input', 'no-such-category', { category: 'unknown' })
}
