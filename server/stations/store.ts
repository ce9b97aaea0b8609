import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Station } from '../../shared/stations.ts'
import type { Reader, Tx } from '../db/db.ts'
import { sites } from '../meetings/schema.ts'
import { inSubtree, readPaths } from '../regions/store.ts'
import { stations } from './schema.ts'

type Row = typeof stations.$inferSelect

async function withPaths(reader: Reader, rows: Row[]): Promise<Station[]> {
  const paths = await readPaths(
    reader,
    rows.map((row) => row.regionCode),
  )
  return rows.map(({ createdAt: _, ...row }) => ({ ...row, path: paths.get(row.regionCode) ?? [] }))
}

export const listStations = async (reader: Reader, regionCode: string): Promise<Station[]> =>
  withPaths(
    reader,
    await reader
      .select()
      .from(stations)
      .where(inSubtree(stations.regionCode, regionCode))
      .orderBy(asc(stations.regionCode), asc(stations.createdAt))
      .limit(1_000),
  )

export async function findStation(reader: Reader, by: { id: string } | { code: string }): Promise<Station | undefined> {
  const where = 'id' in by ? eq(stations.id, by.id) : eq(stations.code, by.code)
  const [station] = await withPaths(reader, await reader.select().from(stations).where(where))
  return station
}

/** What the codes of sites and stations stand for; codes of anything else are left out. */
export async function namesOfCodes(reader: Reader, codes: string[]): Promise<{ code: string; name: string; regionCode: string }[]> {
  if (codes.length === 0) return []
  const [atSites, atStations] = [sites, stations].map((table) =>
    reader.select({ code: table.code, name: table.name, regionCode: table.regionCode }).from(table).where(inArray(table.code, codes)),
  )
  return [...(await atSites!), ...(await atStations!)]
}

/** Returns false when the id is taken. */
export async function insertStation(tx: Tx, row: typeof stations.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(stations).values(row).onConflictDoNothing({ target: stations.id }).returning({ id: stations.id })
  return rows.length > 0
}

export async function lockStation(tx: Tx, stationId: string) {
  await tx.select({ id: stations.id }).from(stations).where(eq(stations.id, stationId)).for('update')
}

export async function updateStation(tx: Tx, stationId: string, changes: Partial<Pick<Row, 'name' | 'retired'>>) {
  await tx
    .update(stations)
    .set({ ...changes, version: sql`${stations.version} + 1` })
    .where(eq(stations.id, stationId))
}
