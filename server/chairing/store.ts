import { and, asc, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { Chairing, Desk, LobbyEntry } from '../../shared/chairing.ts'
import type { Reader, Tx } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import { participants, sites } from '../meetings/schema.ts'
import { bars, calls, chairings, lobbyEntries, secondChairs } from './schema.ts'

/** Whoever changes how a meeting is chaired, or what runs under its chair, holds this lock until the transaction ends. */
export async function lockChairing(tx: Tx, meetingId: string) {
  await tx.insert(chairings).values({ meetingId }).onConflictDoNothing()
  await tx.select().from(chairings).where(eq(chairings.meetingId, meetingId)).for('update')
}

export async function updateChairing(tx: Tx, meetingId: string, changes: Partial<typeof chairings.$inferInsert>) {
  const next = { ...changes, version: sql`${chairings.version} + 1` }
  await tx.update(chairings).set(next).where(eq(chairings.meetingId, meetingId))
}

export async function readChairing(reader: Reader, meetingId: string): Promise<Chairing> {
  const [row] = await reader
    .select({ state: chairings, name: accounts.name })
    .from(chairings)
    .leftJoin(accounts, eq(accounts.id, chairings.chairId))
    .where(eq(chairings.meetingId, meetingId))
  const seats = await reader
    .select({ accountId: accounts.id, name: accounts.name, regionCode: secondChairs.regionCode })
    .from(secondChairs)
    .innerJoin(accounts, eq(accounts.id, secondChairs.accountId))
    .where(eq(secondChairs.meetingId, meetingId))
    .orderBy(asc(secondChairs.regionCode))
  const { entry = 'open', locked = false, quorum = null, chairId = null, version = 0 } = row?.state ?? {}
  const chair = chairId === null ? null : { accountId: chairId, name: row?.name ?? '' }
  return { meetingId, entry, locked, quorum, chair, secondChairs: seats, version }
}

export async function putSecondChair(tx: Tx, meetingId: string, regionCode: string, accountId: string | null) {
  await tx.delete(secondChairs).where(and(eq(secondChairs.meetingId, meetingId), eq(secondChairs.regionCode, regionCode)))
  if (accountId) await tx.insert(secondChairs).values({ meetingId, regionCode, accountId })
}

/**
 * In the room now, on whatever node: a span that nobody has ended. In plain words, because Drizzle leaves the table out of a
 * column's name in a selection of one table, and `id` would then be the span's.
 */
export const isPresent = sql<boolean>`exists (select from participant_spans as span where span.participant_id = participants.id and span.to_at is null)`

/** The participants of a meeting that match. */
export const participantsWhere = (reader: Reader, meetingId: string, where: ReturnType<typeof and>) =>
  reader
    .select({
      id: participants.id,
      accountId: participants.accountId,
      name: participants.name,
      siteId: participants.siteId,
      voter: participants.voter,
      mayChair: participants.mayChair,
      present: isPresent,
    })
    .from(participants)
    .where(and(eq(participants.meetingId, meetingId), where))
    .orderBy(participants.id)

export async function findParticipant(reader: Reader, meetingId: string, by: { id: string } | { accountId: string }) {
  const where = 'id' in by ? eq(participants.id, by.id) : eq(participants.accountId, by.accountId)
  const [row] = await participantsWhere(reader, meetingId, where)
  return row
}

/** The voting members who are in the room now. */
export async function presentVoters(reader: Reader, meetingId: string): Promise<string[]> {
  const rows = await participantsWhere(reader, meetingId, and(eq(participants.voter, true), isPresent))
  return rows.map(({ id }) => id)
}

const entryColumns = {
  meetingId: lobbyEntries.meetingId,
  accountId: lobbyEntries.accountId,
  name: lobbyEntries.name,
  role: lobbyEntries.role,
  siteName: sites.name,
  status: lobbyEntries.status,
  askedAt: lobbyEntries.askedAt,
}

const selectEntries = (reader: Reader) => reader.select(entryColumns).from(lobbyEntries).leftJoin(sites, eq(sites.id, lobbyEntries.siteId))

export async function findEntry(reader: Reader, meetingId: string, accountId: string): Promise<LobbyEntry | undefined> {
  const [entry] = await selectEntries(reader).where(and(eq(lobbyEntries.meetingId, meetingId), eq(lobbyEntries.accountId, accountId)))
  return entry
}

export const listWaiting = (reader: Reader, meetingId: string): Promise<LobbyEntry[]> =>
  selectEntries(reader).where(and(eq(lobbyEntries.meetingId, meetingId), eq(lobbyEntries.status, 'waiting')))

export async function putEntry(tx: Tx, entry: typeof lobbyEntries.$inferInsert) {
  const { name, role, siteId, status, askedAt } = entry
  await tx
    .insert(lobbyEntries)
    .values(entry)
    .onConflictDoUpdate({
      target: [lobbyEntries.meetingId, lobbyEntries.accountId],
      set: { name, role, siteId, status, askedAt },
    })
}

/** Whether the entry was there and in another state. */
export async function setEntryStatus(tx: Tx, meetingId: string, accountId: string, status: LobbyEntry['status']): Promise<boolean> {
  const where = and(eq(lobbyEntries.meetingId, meetingId), eq(lobbyEntries.accountId, accountId), ne(lobbyEntries.status, status))
  return (await tx.update(lobbyEntries).set({ status }).where(where).returning()).length > 0
}

/** Whoever was sent out has to ask again where there is a lobby, and does not pass a locked door. */
export async function sendBack(tx: Tx, meetingId: string, participantId: string, at: string) {
  const [row] = await tx.select().from(participants).where(eq(participants.id, participantId))
  if (!row) return
  const { accountId, name, role, siteId } = row
  await putEntry(tx, { meetingId, accountId, name, role, siteId, status: 'left', askedAt: at })
}

export async function insertBar(tx: Tx, bar: typeof bars.$inferInsert) {
  await tx.insert(bars).values(bar).onConflictDoNothing()
}

export async function deleteBar(tx: Tx, meetingId: string, accountId: string): Promise<boolean> {
  const where = and(eq(bars.meetingId, meetingId), eq(bars.accountId, accountId))
  return (await tx.delete(bars).where(where).returning()).length > 0
}

/** The most that lies before the chair of each kind; older ones stay stored. */
const deskLimit = 200

export async function readDesk(reader: Reader, meetingId: string): Promise<Desk> {
  const lobby = await selectEntries(reader)
    .where(and(eq(lobbyEntries.meetingId, meetingId), inArray(lobbyEntries.status, ['waiting', 'refused'])))
    .orderBy(asc(lobbyEntries.askedAt))
    .limit(deskLimit)
  const barred = await reader
    .select({ accountId: bars.accountId, name: bars.name, at: bars.at })
    .from(bars)
    .where(eq(bars.meetingId, meetingId))
    .orderBy(desc(bars.at))
    .limit(deskLimit)
  const called = await selectCalls(reader).where(eq(calls.meetingId, meetingId)).orderBy(desc(calls.at), desc(calls.id)).limit(deskLimit)
  const [row] = await reader.select({ version: chairings.deskVersion }).from(chairings).where(eq(chairings.meetingId, meetingId))
  return { meetingId, lobby, bars: barred, calls: called, version: row?.version ?? 0 }
}

export async function bumpDesk(tx: Tx, meetingId: string) {
  await tx
    .update(chairings)
    .set({ deskVersion: sql`${chairings.deskVersion} + 1` })
    .where(eq(chairings.meetingId, meetingId))
}

export const selectCalls = (reader: Reader) =>
  reader
    .select({
      id: calls.id,
      meetingId: calls.meetingId,
      accountId: participants.accountId,
      name: participants.name,
      siteName: sites.name,
      kind: calls.kind,
      text: calls.text,
      at: calls.at,
      doneAt: calls.doneAt,
    })
    .from(calls)
    .innerJoin(participants, eq(participants.id, calls.participantId))
    .leftJoin(sites, eq(sites.id, participants.siteId))
    .$dynamic()

export const openCallsOf = (reader: Reader, participantId: string) =>
  reader.$count(calls, and(eq(calls.participantId, participantId), isNull(calls.doneAt)))
