import { and, arrayContains, eq, gt, gte, inArray, lt, lte, type SQL, sql } from 'drizzle-orm'
import { endOf } from '../../shared/calendar.ts'
import { mostWarningDays } from '../../shared/clocks.ts'
import type { choiceKinds, LedgerCount, LedgerFilter, LedgerLine, LedgerSort } from '../../shared/ledger.ts'
import type { Reader } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import { meetings } from '../meetings/schema.ts'
import { assignments, recommendationSupervisors, recommendations } from '../recommendations/schema.ts'
import { organizations } from '../regions/schema.ts'
import { readPaths } from '../regions/store.ts'
import { behind, orderOf } from './cursor.ts'
import { firstFound, mostCounted, subjectsFoundBy } from './found.ts'
import { never } from './lines.ts'
import { ledgerLines, pastRecommendations } from './schema.ts'

export type Row = typeof ledgerLines.$inferSelect
type ChoiceKind = (typeof choiceKinds)[number]
type Wanted = { reach: SQL | undefined; filter: LedgerFilter; now: Date }

const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** A page of lines in their order. */
export const listLines = (
  reader: Reader,
  wanted: Wanted,
  { sort, after, limit }: { sort: LedgerSort; after: string | undefined; limit: number },
): Promise<Row[]> =>
  reader
    .select()
    .from(ledgerLines)
    .where(and(...conditions(reader, wanted), after === undefined ? undefined : behind(sort, after)))
    .orderBy(orderOf(sort))
    .limit(limit)

/** All that there is to count, however long it takes. */
export const countLines = (reader: Reader, wanted: Wanted): Promise<LedgerCount[]> =>
  countWhere(reader, wanted.now, and(...conditions(reader, wanted)))

/** For a page that waits: of what a search finds the first so many; whether there are more is said. `regions` as `regionsOf` gives them. */
export async function countSoon(reader: Reader, wanted: Wanted, regions: string[] | null | undefined, most = mostCounted) {
  const { text, ...filter } = wanted.filter
  const found = text === undefined || regions === undefined ? null : firstFound(text, regions, most + 1)
  // Of meetings and departments there are few lines, which are counted sooner than what is found everywhere.
  if (found === null) return { counts: await countLines(reader, wanted), atLeast: false }
  const among = sql`${ledgerLines.subjectId} in (select ${found})`
  const [counts, { rows }] = await Promise.all([
    countWhere(reader, wanted.now, and(among, ...conditions(reader, { ...wanted, filter }))),
    reader.execute<{ found: number }>(sql`select count(*)::int as found from ${found}`),
  ])
  return { counts, atLeast: rows[0]!.found > most }
}

async function countWhere(reader: Reader, now: Date, which: SQL | undefined): Promise<LedgerCount[]> {
  const at = now.toISOString()
  const of = (condition: SQL | undefined) => sql<number>`(count(*) filter (where ${condition}))::int`
  return reader
    .select({
      state: ledgerLines.state,
      total: sql<number>`count(*)::int`,
      green: of(colours.green(at)),
      yellow: of(colours.yellow(at)),
      red: of(colours.red(at)),
    })
    .from(ledgerLines)
    .where(which)
    .groupBy(ledgerLines.state)
}

// The same as `colourOfLine`, for the database.
const colours = {
  green: (at: string) => and(gt(ledgerLines.warnAt, at), lt(ledgerLines.dueAt, never)),
  // The last of these says nothing new, but by it the database knows how few these are.
  yellow: (at: string) => and(lte(ledgerLines.warnAt, at), gte(ledgerLines.dueAt, at), lte(ledgerLines.dueAt, earliestWarned(at))),
  red: (at: string) => lt(ledgerLines.dueAt, at),
}

const earliestWarned = (at: string) => new Date(Date.parse(at) + mostWarningDays * 86_400_000).toISOString()

function conditions(reader: Reader, { reach, filter, now }: Wanted): (SQL | undefined)[] {
  const { text, state, colour, regionCode, organizationId, meetingId, proposerId, year, grade } = filter
  return [
    reach,
    text === undefined ? undefined : foundBy(reader, text),
    state && eq(ledgerLines.state, state),
    colour && colours[colour](now.toISOString()),
    regionCode === undefined ? undefined : arrayContains(ledgerLines.places, [regionCode]),
    organizationId === undefined ? undefined : eq(ledgerLines.organizationId, organizationId),
    meetingId === undefined ? undefined : eq(ledgerLines.meetingId, meetingId),
    proposerId === undefined ? undefined : eq(ledgerLines.proposerId, proposerId),
    year === undefined ? undefined : inYear(year),
    grade && eq(ledgerLines.grade, grade),
  ]
}

/** A year is when it was made, in China's time: so every index that goes by that finds it too. */
const inYear = (year: number) => {
  const beginning = (of: number) => endOf(`${of - 1}-12-31`)
  return and(gt(ledgerLines.createdAt, beginning(year)), lte(ledgerLines.createdAt, beginning(year + 1)))
}

function foundBy(reader: Reader, text: string): SQL {
  const found = subjectsFoundBy(reader, text)
  return found === null ? sql`false` : inArray(ledgerLines.subjectId, found)
}

/** Lines with the names of what they are about. */
export async function nameLines(reader: Reader, rows: readonly Row[]): Promise<LedgerLine[]> {
  const idsOf = (key: 'recommendationId' | 'pastId' | 'organizationId' | 'proposerId') => [
    ...new Set(rows.flatMap((row) => row[key] ?? [])),
  ]
  const [parties, titles, past, names, proposers, paths] = await Promise.all([
    readParties(reader, idsOf('recommendationId')),
    readTitles(reader, idsOf('recommendationId')),
    readPast(reader, idsOf('pastId')),
    readNames(reader, organizations, idsOf('organizationId')),
    readNames(reader, accounts, idsOf('proposerId')),
    readPaths(
      reader,
      rows.flatMap((row) => row.regionCode ?? []),
    ),
  ])
  return rows.map((row) => {
    const { id, recommendationId, pastId, organizationId, meetingId, proposerId, regionCode, warnAt, dueAt, ...rest } = row
    const { year, state, grade, paused, createdAt, changedAt } = rest
    const earlier = pastId === null ? undefined : past.get(pastId)
    const runs = dueAt !== never
    return {
      ...{
        id,
        recommendationId,
        pastId,
        meetingId,
        proposerId,
        organizationId,
        regionCode,
        year,
        state,
        grade,
        paused,
        createdAt,
        changedAt,
      },
      ...(earlier ?? titles.get(recommendationId!)!),
      assignmentId: organizationId === null ? null : id,
      organizationName: earlier?.organizationName ?? (organizationId && names.get(organizationId)) ?? '',
      proposerName: earlier?.proposerName ?? (proposerId && proposers.get(proposerId)) ?? '',
      regionPath: (regionCode && paths.get(regionCode)) || [],
      warnAt: runs ? warnAt : null,
      dueAt: runs ? dueAt : null,
      parties: parties.get(recommendationId ?? '') ?? [],
    }
  })
}

async function readParties(reader: Reader, ids: string[]) {
  const found = new Map<string, LedgerLine['parties']>()
  if (ids.length === 0) return found
  const rows = await reader
    .select({ assignment: assignments, regionCode: organizations.regionCode, supervisorId: recommendationSupervisors.accountId })
    .from(assignments)
    .innerJoin(organizations, eq(organizations.id, assignments.organizationId))
    .leftJoin(
      recommendationSupervisors,
      and(
        eq(recommendationSupervisors.recommendationId, assignments.recommendationId),
        eq(recommendationSupervisors.hostCode, assignments.hostCode),
      ),
    )
    .where(inArray(assignments.recommendationId, ids))
  for (const { assignment, regionCode, supervisorId } of rows) {
    const { id, recommendationId, status, part, organizationId, hostCode, round } = assignment
    const own = found.get(recommendationId) ?? []
    found.set(recommendationId, own)
    own.push({
      id,
      status,
      part,
      organizationId,
      regionCode,
      hostCode,
      round,
      supervisor: supervisorId === null ? null : { id: supervisorId },
    })
  }
  return found
}

async function readTitles(reader: Reader, ids: string[]) {
  if (ids.length === 0) return new Map<string, { number: string; title: string; meetingTitle: string }>()
  const rows = await reader
    .select({ recommendation: recommendations, meetingTitle: meetings.title })
    .from(recommendations)
    .innerJoin(meetings, eq(meetings.id, recommendations.meetingId))
    .where(inArray(recommendations.id, ids))
  return new Map(rows.map(({ recommendation: { id, number, title }, meetingTitle }) => [id, { number, title, meetingTitle }]))
}

async function readPast(reader: Reader, ids: string[]) {
  const rows = ids.length === 0 ? [] : await reader.select().from(pastRecommendations).where(inArray(pastRecommendations.id, ids))
  return new Map(
    rows.map(({ id, number, title, meetingTitle, departments, proposer }) => [
      id,
      { number, title, meetingTitle, organizationName: departments, proposerName: proposer },
    ]),
  )
}

async function readNames(reader: Reader, table: typeof organizations | typeof accounts, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.select({ id: table.id, name: table.name }).from(table).where(inArray(table.id, ids))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const chosen = {
  organization: { key: ledgerLines.organizationId, table: organizations, name: organizations.name },
  meeting: { key: ledgerLines.meetingId, table: meetings, name: meetings.title },
  proposer: { key: ledgerLines.proposerId, table: accounts, name: accounts.name },
} as const

/** What occurs in the lines that somebody may read, by a part of its name. */
export async function listChoices(
  reader: Reader,
  reach: SQL | undefined,
  of: ChoiceKind,
  { text, id }: { text: string; id: string | undefined },
) {
  const { key, table, name } = chosen[of]
  return reader
    .select({ id: table.id, name })
    .from(table)
    .where(
      and(
        id === undefined ? undefined : eq(table.id, id),
        text === '' ? undefined : sql`${name} ilike ${like(text)}`,
        reach === undefined
          ? sql`exists (select from ${ledgerLines} where ${eq(key, table.id)})`
          : // Of what somebody may read it is found out once, and not anew for each name.
            sql`${table.id} in (with mine as materialized (select distinct ${key} as id from ${ledgerLines} where ${reach}) select id from mine)`,
      ),
    )
    .orderBy(name, table.id)
    .limit(50)
}
