import { and, desc, eq, exists, gte, inArray, lt, notExists, or, type SQL, sql } from 'drizzle-orm'
import { type AssignmentStatus, assignmentStatuses, isDone, isWorking } from '../../shared/assignment-machine.ts'
import type { OutcomeFilter, OutcomeState } from '../../shared/outcomes.ts'
import type { Reader } from '../db/db.ts'
import { meetingRegions, meetings } from '../meetings/schema.ts'
import { assignments, recommendationPublicity, recommendations } from '../recommendations/schema.ts'
import { organizations } from '../regions/schema.ts'

const one = { one: sql`1` }
const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The newest public recommendations, by when they were made. */
export async function listPublicIds(reader: Reader, filter: OutcomeFilter, limit: number): Promise<{ id: string; createdAt: string }[]> {
  return reader
    .select({ id: recommendations.id, createdAt: recommendations.createdAt })
    .from(recommendations)
    .where(and(isPublic(reader), ...conditionsOf(reader, filter)))
    .orderBy(desc(recommendations.createdAt), desc(recommendations.id))
    .limit(limit)
}

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

function conditionsOf(reader: Reader, { region, state, department, year, words, after }: OutcomeFilter): (SQL | undefined)[] {
  return [
    region === undefined
      ? undefined
      : exists(
          reader
            .select(one)
            .from(meetingRegions)
            .where(
              and(
                eq(meetingRegions.meetingId, recommendations.meetingId),
                gte(meetingRegions.regionCode, region),
                lt(meetingRegions.regionCode, `${region}:`),
              ),
            ),
        ),
    state && isInState(reader, state),
    department === undefined
      ? undefined
      : exists(
          reader
            .select(one)
            .from(assignments)
            .innerJoin(organizations, eq(organizations.id, assignments.organizationId))
            .where(and(eq(assignments.recommendationId, recommendations.id), sql`${organizations.name} like ${contains(department)}`)),
        ),
    year === undefined
      ? undefined
      : and(
          gte(recommendations.createdAt, `${year}-01-01T00:00:00+08:00`),
          lt(recommendations.createdAt, `${year + 1}-01-01T00:00:00+08:00`),
        ),
    ...(words ?? '')
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => or(sql`${recommendations.title} ilike ${contains(word)}`, sql`${recommendations.body} ilike ${contains(word)}`)),
    after === undefined ? undefined : isAfter(after),
  ]
}

/** Of several departments that lead, the slowest says how far it has come. */
function isInState(reader: Reader, state: OutcomeState): SQL | undefined {
  const leads = (statuses: readonly AssignmentStatus[]) =>
    given(reader, and(eq(assignments.part, 'lead'), inArray(assignments.status, [...statuses])))
  const [some, none] = [
    (statuses: readonly AssignmentStatus[]) => exists(leads(statuses)),
    (statuses: readonly AssignmentStatus[]) => notExists(leads(statuses)),
  ]
  const [handling, done] = [assignmentStatuses.filter((one) => isWorking(one) && one !== 'issued'), assignmentStatuses.filter(isDone)]
  switch (state) {
    case 'issued':
      return some(['issued'])
    case 'handling':
      return and(none(['issued']), some(handling))
    case 'replied':
      return and(none(['issued', ...handling]), some(done))
  }
}

function isAfter(after: string): SQL {
  const [at, id] = after.split('_') as [string, string]
  return sql`(${recommendations.createdAt}, ${recommendations.id}) < (${new Date(Number(at)).toISOString()}::timestamptz, ${id}::uuid)`
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
