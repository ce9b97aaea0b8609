import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/db.ts'
import { suggestions } from '../suggestions/schema.ts'
import type { TextDocument } from './engine-requests.ts'
import { suggestionThemes, themeStates, themes } from './schema.ts'

export type ThemeRow = typeof themes.$inferSelect
export type PlaceRow = typeof suggestionThemes.$inferSelect

/** Comparing grows with the square: of a meeting's suggestions the newest of these are grouped, and the others stay where they are. */
const mostGrouped = 4_000

const isOpen = inArray(suggestions.status, ['pending', 'published', 'answered'])
const isPublic = inArray(suggestions.status, ['published', 'answered'])

/** Locks a meeting's themes for this transaction, and gives their version. */
export async function lockThemes(tx: Tx, meetingId: string): Promise<number> {
  await tx.insert(themeStates).values({ meetingId }).onConflictDoNothing()
  const [row] = await tx.select().from(themeStates).where(eq(themeStates.meetingId, meetingId)).for('update')
  return row!.version
}

export async function bumpVersion(tx: Tx, meetingId: string): Promise<number> {
  const [row] = await tx
    .update(themeStates)
    .set({ version: sql`${themeStates.version} + 1` })
    .where(eq(themeStates.meetingId, meetingId))
    .returning()
  return row!.version
}

export async function readVersion(reader: Reader, meetingId: string): Promise<number> {
  const [row] = await reader.select().from(themeStates).where(eq(themeStates.meetingId, meetingId))
  return row?.version ?? 0
}

export const listOpenTexts = (reader: Reader, meetingId: string): Promise<TextDocument[]> =>
  reader
    .select({ id: suggestions.id, text: suggestions.text })
    .from(suggestions)
    .where(and(eq(suggestions.meetingId, meetingId), isOpen))
    .orderBy(desc(suggestions.createdAt))
    .limit(mostGrouped)

export const listPublicTexts = (reader: Reader, meetingId: string): Promise<TextDocument[]> =>
  reader
    .select({ id: suggestions.id, text: suggestions.text })
    .from(suggestions)
    .where(and(eq(suggestions.meetingId, meetingId), isPublic))
    .orderBy(desc(suggestions.createdAt))
    .limit(mostGrouped)

/** Those of the given suggestions that the public may read, in the order of `ids`. */
export async function readSimilar(reader: Reader, meetingId: string, ids: string[]) {
  if (ids.length === 0) return []
  const rows = await reader
    .select({ id: suggestions.id, text: suggestions.text, supports: suggestions.supportCount })
    .from(suggestions)
    .where(and(inArray(suggestions.id, ids), eq(suggestions.meetingId, meetingId), isPublic))
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

export const listThemes = (reader: Reader, meetingId: string): Promise<ThemeRow[]> =>
  reader
    .select()
    .from(themes)
    .where(and(eq(themes.meetingId, meetingId), isNull(themes.mergedIntoId)))

/** Where suggestions are, and whether they are still open: neither hidden nor merged. */
export async function listPlaces(reader: Reader, meetingId: string): Promise<(PlaceRow & { open: boolean })[]> {
  const rows = await reader
    .select({ place: suggestionThemes, open: sql<boolean>`${isOpen}` })
    .from(suggestionThemes)
    .innerJoin(suggestions, eq(suggestions.id, suggestionThemes.suggestionId))
    .where(eq(suggestionThemes.meetingId, meetingId))
  return rows.map(({ place, open }) => ({ ...place, open }))
}

export async function findTheme(reader: Reader, themeId: string): Promise<ThemeRow | undefined> {
  const [row] = await reader.select().from(themes).where(eq(themes.id, themeId))
  return row
}

/** Returns false when the id is taken. */
export async function insertTheme(tx: Tx, row: typeof themes.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(themes).values(row).onConflictDoNothing({ target: themes.id }).returning({ id: themes.id })
  return rows.length > 0
}

export async function updateTheme(tx: Tx, themeId: string, changes: Partial<Pick<ThemeRow, 'words' | 'name' | 'kept' | 'mergedIntoId'>>) {
  await tx.update(themes).set(changes).where(eq(themes.id, themeId))
}

export async function deleteThemes(tx: Tx, themeIds: string[]) {
  if (themeIds.length > 0) await tx.delete(themes).where(inArray(themes.id, themeIds))
}

/** Stores where suggestions belong; those that are fixed stay where they are. */
export async function putPlaces(tx: Tx, rows: Pick<PlaceRow, 'suggestionId' | 'meetingId' | 'themeId' | 'category'>[]) {
  if (rows.length === 0) return
  const column = <K extends keyof (typeof rows)[number]>(key: K) => sql.param(rows.map((row) => row[key]))
  await tx.execute(sql`
    insert into suggestion_themes (suggestion_id, meeting_id, theme_id, category)
    select * from unnest(${column('suggestionId')}::uuid[], ${column('meetingId')}::uuid[], ${column('themeId')}::uuid[], ${column('category')}::text[])
    on conflict (suggestion_id) do update set
      theme_id = case when suggestion_themes.fixed then suggestion_themes.theme_id else excluded.theme_id end,
      category = excluded.category`)
}

export async function fixPlace(tx: Tx, place: Pick<PlaceRow, 'suggestionId' | 'meetingId' | 'themeId'>) {
  const { themeId } = place
  await tx
    .insert(suggestionThemes)
    .values({ ...place, fixed: true })
    .onConflictDoUpdate({ target: suggestionThemes.suggestionId, set: { themeId, fixed: true } })
}

/** All that is in a theme stays in it from now on, or goes to another for good. */
export async function fixTheme(tx: Tx, themeId: string, toId = themeId) {
  await tx.update(suggestionThemes).set({ themeId: toId, fixed: true }).where(eq(suggestionThemes.themeId, themeId))
}

/** What was posted and supported in each minute but by the accounts in `out`, by the suggestion that it counts for: of merged ones the one that survives. */
export async function readMinutes(reader: Reader, meetingId: string, out: readonly string[]) {
  const { rows } = await reader.execute<{ id: string; at: number; posts: number; supports: number }>(sql`
    select coalesce(s.merged_into_id, s.id) as id, (extract(epoch from date_trunc('minute', e.at)) * 1000)::float8 as at,
      count(*) filter (where e.post)::int as posts, count(*) filter (where not e.post)::int as supports
    from suggestions s
    cross join lateral (
      select s.created_at as at, true as post where s.author_id <> all(${sql.param(out)}::uuid[])
      union all
      select at, false from supports where suggestion_id = s.id and supported and account_id <> s.author_id and account_id <> all(${sql.param(out)}::uuid[])
    ) e
    where s.meeting_id = ${meetingId} and s.status <> 'hidden'
    group by 1, 2`)
  return rows
}

/** A theme's suggestions, or those in none, the most supported first. Who supports them is counted elsewhere. */
export const listOfTheme = (reader: Reader, meetingId: string, themeId: string | null) =>
  reader
    .select({
      id: suggestions.id,
      text: suggestions.text,
      status: suggestions.status,
      createdAt: suggestions.createdAt,
      fixed: sql<boolean>`coalesce(${suggestionThemes.fixed}, false)`,
      category: sql<string | null>`coalesce(${suggestions.category}, ${suggestionThemes.category})`,
      categoryProposed: sql<boolean>`${suggestions.category} is null`,
    })
    .from(suggestions)
    .leftJoin(suggestionThemes, eq(suggestionThemes.suggestionId, suggestions.id))
    .where(
      and(
        eq(suggestions.meetingId, meetingId),
        isOpen,
        themeId === null ? isNull(suggestionThemes.themeId) : eq(suggestionThemes.themeId, themeId),
      ),
    )
    .orderBy(desc(suggestions.supportCount), desc(suggestions.createdAt), desc(suggestions.id))
    .limit(500)

export async function findMeetingOf(reader: Reader, suggestionId: string): Promise<string | undefined> {
  const [row] = await reader.select({ meetingId: suggestions.meetingId }).from(suggestions).where(eq(suggestions.id, suggestionId))
  return row?.meetingId
}

export async function readTexts(reader: Reader, ids: string[]) {
  if (ids.length === 0) return []
  return reader
    .select({ id: suggestions.id, text: suggestions.text, supports: suggestions.supportCount })
    .from(suggestions)
    .where(and(inArray(suggestions.id, ids), isOpen))
}
