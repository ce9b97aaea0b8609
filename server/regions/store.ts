import { and, asc, eq, gte, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { levelOf, lineageOf, type Organization, type Region } from '../../shared/regions.ts'
import type { Reader } from '../db/db.ts'
import { organizations, regions } from './schema.ts'

type Row = typeof regions.$inferSelect

/** Every code of a subtree lies in `[code, code + ':')`, since ':' follows '9'. */
export const inSubtree = (column: AnyPgColumn, code: string) => and(gte(column, code), lt(column, `${code}:`))

/** Names from the province down, for each of the codes. */
export async function readPaths(reader: Reader, codes: readonly string[]): Promise<Map<string, string[]>> {
  if (codes.length === 0) return new Map()
  const rows = await reader
    .select()
    .from(regions)
    .where(inArray(regions.code, [...new Set(codes.flatMap(lineageOf))]))
  const names = new Map(rows.map((row) => [row.code, row.name]))
  return new Map(codes.map((code) => [code, lineageOf(code).flatMap((above) => names.get(above) ?? [])]))
}

async function withPaths(reader: Reader, rows: Row[]): Promise<Region[]> {
  const paths = await readPaths(
    reader,
    rows.map((row) => row.code),
  )
  return rows.map((row) => ({ ...row, level: levelOf(row.code), path: paths.get(row.code) ?? [] }))
}

export async function listChildren(reader: Reader, parentCode: string | undefined): Promise<Region[]> {
  const where = parentCode === undefined ? isNull(regions.parentCode) : eq(regions.parentCode, parentCode)
  return withPaths(reader, await reader.select().from(regions).where(where).orderBy(asc(regions.code)))
}

export async function searchRegions(reader: Reader, text: string, under: string | undefined): Promise<Region[]> {
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await reader
    .select()
    .from(regions)
    .where(and(sql`${regions.name} like ${like}`, under === undefined ? undefined : inSubtree(regions.code, under)))
    .orderBy(sql`length(${regions.code})`, asc(regions.code))
    .limit(50)
  return withPaths(reader, rows)
}

/** Which of the codes are no regions. */
export async function unknownCodes(reader: Reader, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return []
  const rows = await reader
    .select({ code: regions.code })
    .from(regions)
    .where(inArray(regions.code, [...codes]))
  const known = new Set(rows.map((row) => row.code))
  return codes.filter((code) => !known.has(code))
}

export const listOrganizations = (reader: Reader, regionCode: string): Promise<Organization[]> =>
  reader
    .select()
    .from(organizations)
    .where(inSubtree(organizations.regionCode, regionCode))
    .orderBy(asc(organizations.regionCode), asc(organizations.name))
    .limit(1_000)

export async function findOrganization(reader: Reader, organizationId: string): Promise<Organization | undefined> {
  const [row] = await reader.select().from(organizations).where(eq(organizations.id, organizationId))
  return row
}

export async function insertOrganization(reader: Reader, organization: Organization): Promise<boolean> {
  const rows = await reader.insert(organizations).values(organization).onConflictDoNothing().returning({ id: organizations.id })
  return rows.length > 0
}

/** Adds regions and renames those that are there; parents are given before their children or in the same call. */
export async function upsertRegions(reader: Reader, rows: Row[]) {
  if (rows.length === 0) return
  const column = <K extends keyof Row>(key: K) => sql.param(rows.map((row) => row[key]))
  await reader.execute(sql`
    insert into regions (code, name, parent_code)
    select * from unnest(${column('code')}::text[], ${column('name')}::text[], ${column('parentCode')}::text[])
    on conflict (code) do update set name = excluded.name, parent_code = excluded.parent_code
    where (regions.name, regions.parent_code) is distinct from (excluded.name, excluded.parent_code)`)
}
