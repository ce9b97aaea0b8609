import { aliasedTable, and, arrayContains, desc, eq, exists, gte, inArray, lt, notExists, or, type SQL, sql } from 'drizzle-orm'
import { type AssignmentStatus, assignmentStatuses, isDone, isWorking } from '../../shared/assignment-machine.ts'
import type { OutcomeFilter, OutcomeState } from '../../shared/outcomes.ts'
import type { Reader } from '../db/db.ts'
import { isBehind } from '../db/paging.ts'
import { firstFound } from '../ledger/found.ts'
import { ledgerLines } from '../ledger/schema.ts'
import { meetingRegions, meetings } from '../meetings/schema.ts'
import { assignments, recommendationPublicity, recommendations } from '../recommendations/schema.ts'
import { organizations } from '../regions/schema.ts'

const one = { one: sql`1` }
const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

type Found = { id: string; createdAt: string }

/**
 * What more texts say is common: a page of the newest is soon full of it. With fewer, a word whose halves are common and which itself is
 * rare (停车位) would have nearly all of them looked through.
 */
const mostLookedAt = 10_000

/** The newest public recommendations, by when they were made. */
export async function listPublicIds(reader: Reader, filter: OutcomeFilter, limit: number): Promise<Found[]> {
  const answering = filter.department === undefined ? undefined : await answeredBy(reader, filter.department)
  const wanted = and(isPublic(reader), answering, ...conditionsOf(reader, filter))
  return filter.words === undefined ? newest(reader, wanted, limit) : newestSaying(reader, wanted, filter.words, filter.region, limit)
}

const newest = (reader: Reader, wanted: SQL | undefined, limit: number) => newestOf(reader, wanted).limit(limit)

const newestOf = (reader: Reader, wanted: SQL | undefined) =>
  reader
    .select({ id: recommendations.id, createdAt: recommendations.createdAt })
    .from(recommendations)
    .where(wanted)
    .orderBy(desc(recommendations.createdAt), desc(recommendations.id))

/**
 * Those whose title or text says each of these words. The terms of the ledger find them, but hold people's names too, so each is looked at
 * again. That is dear, and is done from the newest on until a page is full: of all where the words are common, else of what was found.
 */
async function newestSaying(reader: Reader, wanted: SQL | undefined, words: string, region: string | undefined, limit: number) {
  const found = firstFound(words, region === undefined ? null : [region], mostLookedAt + 1)
  if (found === null) return []
  const { rows } = await reader.execute<{ all: number }>(sql`select count(*)::int as all from ${found}`)
  if (rows[0]!.all > mostLookedAt) return newest(reader, and(wanted, says(recommendations, words)), limit)
  // The limit, which is never reached, has these put in order before they are looked at.
  const candidates = newestOf(reader, and(wanted, sql`${recommendations.id} in (select ${found})`))
    .limit(mostLookedAt)
    .as('candidates')
  const text = aliasedTable(recommendations, 'saying')
  return reader
    .select({ id: candidates.id, createdAt: candidates.createdAt })
    .from(candidates)
    .where(sql`(select ${says(text, words)} from ${recommendations} as "saying" where ${text.id} = ${candidates.id})`)
    .orderBy(desc(candidates.createdAt), desc(candidates.id))
    .limit(limit)
}

const says = ({ title, body }: Pick<typeof recommendations, 'title' | 'body'>, words: string): SQL | undefined =>
  and(
    ...words
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => or(sql`${title} ilike ${contains(word)}`, sql`${body} ilike ${contains(word)}`)),
  )

export async function isPublicId(reader: Reader, id: string): Promise<boolean> {
  const rows = await reader
    .select(one)
    .from(recommendations)
    .where(and(eq(recommendations.id, id), isPublic(reader)))
  return rows.length > 0
}

/** Given to somebody who answers for it, and not withheld. */
const isPublic = (reader: Reader): SQL | undefined =>
  and(
    exists(given(reader, sql`${assignments.part} = 'lead' and ${assignments.status} <> 'returned'`)),
    notExists(
      reader
        .select(one)
        .from(recommendationPublicity)
        .where(and(eq(recommendationPublicity.recommendationId, recommendations.id), eq(recommendationPublicity.publicity, 'withheld'))),
    ),
  )

const given = (reader: Reader, which: SQL | undefined) =>
  reader
    .select(one)
    .from(assignments)
    .where(and(eq(assignments.recommendationId, recommendations.id), which))

/**
 * Each as a part of the ledger, whose lines and terms are indexed for it: so the database knows whether to begin with them or with the
 * newest, and what is rare is found as soon as what is common.
 */
function conditionsOf(reader: Reader, { region, state, year, after }: OutcomeFilter): (SQL | undefined)[] {
  return [
    region === undefined ? undefined : inLedger(reader, arrayContains(ledgerLines.scopes, [region])),
    state && and(inLedger(reader, inArray(ledgerLines.state, statusesOf[state])), isInState(reader, state)),
    year === undefined
      ? undefined
      : and(
          gte(recommendations.createdAt, `${year}-01-01T00:00:00+08:00`),
          lt(recommendations.createdAt, `${year + 1}-01-01T00:00:00+08:00`),
        ),
    after === undefined ? undefined : isBehind(recommendations.createdAt, recommendations.id, after),
  ]
}

const inLedger = (reader: Reader, which: SQL | undefined) =>
  inArray(recommendations.id, reader.select({ id: ledgerLines.subjectId }).from(ledgerLines).where(which))

/** So many names are looked for one by one; of what more have in common, the newest are soon found. */
const mostNamed = 5_000

/** Whoever has a part in it, by a part of its name. */
async function answeredBy(reader: Reader, department: string): Promise<SQL> {
  const named = sql`${organizations.name} like ${contains(department)}`
  const rows = await reader.select({ id: organizations.id }).from(organizations).where(named).limit(mostNamed)
  const ids = rows.map(({ id }) => id)
  if (ids.length < mostNamed) return inLedger(reader, sql`${ledgerLines.organizationId} = any(${sql.param(ids)}::uuid[])`)
  const joined = reader.select(one).from(assignments).innerJoin(organizations, eq(organizations.id, assignments.organizationId))
  return exists(joined.where(and(eq(assignments.recommendationId, recommendations.id), named)))
}

/** How far an assignment in each of these has come, to the public. */
const statusesOf: Record<OutcomeState, AssignmentStatus[]> = {
  issued: ['issued'],
  handling: assignmentStatuses.filter((status) => isWorking(status) && status !== 'issued'),
  replied: assignmentStatuses.filter(isDone),
}

/** Of several departments that lead, the slowest says how far it has come. */
function isInState(reader: Reader, state: OutcomeState): SQL | undefined {
  const leads = (statuses: readonly AssignmentStatus[]) =>
    given(reader, and(eq(assignments.part, 'lead'), inArray(assignments.status, [...statuses])))
  const [some, none] = [
    (statuses: readonly AssignmentStatus[]) => exists(leads(statuses)),
    (statuses: readonly AssignmentStatus[]) => notExists(leads(statuses)),
  ]
  const { issued, handling, replied } = statusesOf
  switch (state) {
    case 'issued':
      return some(issued)
    case 'handling':
      return and(none(issued), some(handling))
    case 'replied':
      return and(none([...issued, ...handling]), some(replied))
  }
}

/** The regions that have anything public, for whoever chooses one. */
export async function listRegionCodes(reader: Reader, limit: number): Promise<string[]> {
  const rows = await reader
    .selectDistinct({ code: meetingRegions.regionCode })
    .from(meetingRegions)
    .where(
      exists(
        reader
          .select(one)
          .from(recommendations)
          .where(and(eq(recommendations.meetingId, meetingRegions.meetingId), isPublic(reader))),
      ),
    )
    .orderBy(meetingRegions.regionCode)
    .limit(limit)
  return rows.map(({ code }) => code)
}

export const meetingCodes = (reader: Reader, ids: string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : reader.select({ id: meetings.id, code: meetings.code }).from(meetings).where(inArray(meetings.id, ids))
