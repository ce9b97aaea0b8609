import { and, asc, eq, inArray, isNotNull, isNull, lt, notExists, sql } from 'drizzle-orm'
import type { Floor, FloorMode, Speech, SpeechEndReason } from '../../shared/floor.ts'
import { inOrder } from '../../shared/floor-order.ts'
import type { Reader, Tx } from '../db/db.ts'
import { participantSpans, participants, sites } from '../meetings/schema.ts'
import { floorRequests, floors, siteBudgets, speeches } from './schema.ts'
import { standingsFrom } from './standings.ts'

const requestColumns = {
  id: floorRequests.id,
  participantId: floorRequests.participantId,
  name: participants.name,
  siteId: participants.siteId,
  siteName: sites.name,
  regionCode: sites.regionCode,
  kind: floorRequests.kind,
  requestedAt: floorRequests.requestedAt,
}

const speechColumns = {
  id: speeches.id,
  meetingId: speeches.meetingId,
  agendaItemId: speeches.agendaItemId,
  participantId: speeches.participantId,
  name: participants.name,
  siteId: speeches.siteId,
  siteName: sites.name,
  regionCode: sites.regionCode,
  startedAt: speeches.startedAt,
  endedAt: speeches.endedAt,
  endReason: speeches.endReason,
  limitSeconds: speeches.limitSeconds,
}

const waitingIn = (meetingId: string) => and(eq(floorRequests.meetingId, meetingId), isNull(floorRequests.settledAt))

/** Whoever changes the floor of a meeting holds this lock until the transaction ends. */
export async function lockFloor(tx: Tx, meetingId: string) {
  await tx.insert(floors).values({ meetingId }).onConflictDoNothing()
  await tx.select().from(floors).where(eq(floors.meetingId, meetingId)).for('update')
}

export async function updateFloor(tx: Tx, meetingId: string, changes: Partial<Pick<Floor, 'mode' | 'rule'>> = {}) {
  await tx
    .update(floors)
    .set({ ...changes, version: sql`${floors.version} + 1` })
    .where(eq(floors.meetingId, meetingId))
}

export async function readFloor(reader: Reader, meetingId: string): Promise<Floor> {
  const waiting = await reader
    .select(requestColumns)
    .from(floorRequests)
    .innerJoin(participants, eq(participants.id, floorRequests.participantId))
    .leftJoin(sites, eq(sites.id, participants.siteId))
    .where(waitingIn(meetingId))
  const spoken = await listSpeeches(reader, meetingId)
  const [floor] = await reader.select().from(floors).where(eq(floors.meetingId, meetingId))
  const { mode, rule, version } = floor ?? { mode: 'chaired' as const, rule: 'fair' as const, version: 0 }
  const standingOf = standingsFrom(spoken)
  const requests = inOrder(
    rule,
    waiting.map((request) => ({ ...request, standing: standingOf(request) })),
  )
  return { meetingId, mode, rule, requests, current: spoken.find((speech) => speech.endedAt === null) ?? null, version }
}

/** Who is heard in each of these meetings, as far as their floors have ever been used. */
export async function readHolders(reader: Reader, meetingIds: string[]) {
  if (meetingIds.length === 0) return []
  return reader
    .select({ meetingId: floors.meetingId, mode: floors.mode, version: floors.version, speakerId: speeches.participantId })
    .from(floors)
    .leftJoin(speeches, and(eq(speeches.meetingId, floors.meetingId), isNull(speeches.endedAt)))
    .where(inArray(floors.meetingId, meetingIds))
}
export type Holder = { meetingId: string; mode: FloorMode; version: number; speakerId: string | null }

export const listSpeeches = (reader: Reader, meetingId: string): Promise<Speech[]> =>
  reader
    .select(speechColumns)
    .from(speeches)
    .innerJoin(participants, eq(participants.id, speeches.participantId))
    .leftJoin(sites, eq(sites.id, speeches.siteId))
    .where(eq(speeches.meetingId, meetingId))
    .orderBy(asc(speeches.startedAt))

export async function findParticipantId(reader: Reader, meetingId: string, accountId: string): Promise<string | null> {
  const where = and(eq(participants.meetingId, meetingId), eq(participants.accountId, accountId))
  const [row] = await reader.select({ id: participants.id }).from(participants).where(where)
  return row?.id ?? null
}

/** Where a participant of this meeting sits. */
export async function findParticipant(reader: Reader, meetingId: string, participantId: string) {
  const where = and(eq(participants.meetingId, meetingId), eq(participants.id, participantId))
  const [row] = await reader.select({ id: participants.id, siteId: participants.siteId }).from(participants).where(where)
  return row
}

/** Those of the meeting's participants who are in the room, by the attendance register. */
export async function listPresent(reader: Reader, meetingId: string): Promise<ReadonlySet<string>> {
  const rows = await reader
    .select({ id: participantSpans.participantId })
    .from(participantSpans)
    .innerJoin(participants, eq(participants.id, participantSpans.participantId))
    .where(and(eq(participants.meetingId, meetingId), isNull(participantSpans.to)))
  return new Set(rows.map(({ id }) => id))
}

/** Returns false when this participant already waits, or the id is taken. */
export async function insertRequest(tx: Tx, request: typeof floorRequests.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(floorRequests).values(request).onConflictDoNothing().returning({ id: floorRequests.id })
  return rows.length > 0
}

/** The owner of a request that still waits. */
export async function findWaiting(reader: Reader, meetingId: string, requestId: string) {
  const [row] = await reader
    .select({ participantId: floorRequests.participantId, accountId: participants.accountId })
    .from(floorRequests)
    .innerJoin(participants, eq(participants.id, floorRequests.participantId))
    .where(and(waitingIn(meetingId), eq(floorRequests.id, requestId)))
  return row
}

export async function settleRequest(tx: Tx, requestId: string, at: string) {
  await tx.update(floorRequests).set({ settledAt: at }).where(eq(floorRequests.id, requestId))
}

export async function settleAll(tx: Tx, meetingId: string, at: string) {
  await tx.update(floorRequests).set({ settledAt: at }).where(waitingIn(meetingId))
}

export const insertSpeech = (tx: Tx, speech: typeof speeches.$inferInsert) => tx.insert(speeches).values(speech)

export async function findSpeechMeeting(reader: Reader, speechId: string): Promise<string | null> {
  const [row] = await reader.select({ meetingId: speeches.meetingId }).from(speeches).where(eq(speeches.id, speechId))
  return row?.meetingId ?? null
}

/** Ends the speech in progress, if there is one, and returns its id. */
export async function endSpeech(tx: Tx, meetingId: string, endedAt: string, endReason: SpeechEndReason): Promise<string | null> {
  const where = and(eq(speeches.meetingId, meetingId), isNull(speeches.endedAt))
  const [row] = await tx.update(speeches).set({ endedAt, endReason }).where(where).returning({ id: speeches.id })
  return row?.id ?? null
}

export const setLimit = (tx: Tx, speechId: string, limitSeconds: number) =>
  tx.update(speeches).set({ limitSeconds }).where(eq(speeches.id, speechId))

/** Speeches in progress whose time is up. */
export const listTimedOut = (reader: Reader, now: string) =>
  reader
    .select({ id: speeches.id, meetingId: speeches.meetingId })
    .from(speeches)
    .where(
      and(isNull(speeches.endedAt), sql`${speeches.startedAt} + make_interval(secs => ${speeches.limitSeconds}) <= ${now}::timestamptz`),
    )

/** Speeches in progress whose speaker was in the room, and left it before `leftBefore` without coming back. */
export const listAbandoned = (reader: Reader, leftBefore: string) => {
  const spansThat = (condition: ReturnType<typeof isNull>) =>
    reader
      .select({ id: participantSpans.id })
      .from(participantSpans)
      .where(and(eq(participantSpans.participantId, speeches.participantId), condition))
  return reader
    .select({ id: speeches.id, meetingId: speeches.meetingId })
    .from(speeches)
    .where(
      and(
        isNull(speeches.endedAt),
        lt(speeches.startedAt, leftBefore),
        notExists(spansThat(sql`(${participantSpans.to} is null or ${participantSpans.to} > ${leftBefore}::timestamptz)`)),
        sql`exists ${spansThat(isNotNull(participantSpans.to))}`,
      ),
    )
}

export async function readBudgets(reader: Reader, siteIds: string[]): Promise<ReadonlyMap<string, number>> {
  if (siteIds.length === 0) return new Map()
  const rows = await reader.select().from(siteBudgets).where(inArray(siteBudgets.siteId, siteIds))
  return new Map(rows.map((row) => [row.siteId, row.minutes]))
}

export async function putBudget(tx: Tx, siteId: string, minutes: number | null) {
  if (minutes === null) await tx.delete(siteBudgets).where(eq(siteBudgets.siteId, siteId))
  else await tx.insert(siteBudgets).values({ siteId, minutes }).onConflictDoUpdate({ target: siteBudgets.siteId, set: { minutes } })
}
