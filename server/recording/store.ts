import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Recording } from '../../shared/recording.ts'
import type { Reader, Tx } from '../db/db.ts'
import { speeches } from '../floor/schema.ts'
import { recordingSwitches, recordings } from './schema.ts'

export type Switch = { meetingId: string; on: boolean; version: number }

export async function readSwitch(reader: Reader, meetingId: string): Promise<Switch> {
  const [row] = await reader.select().from(recordingSwitches).where(eq(recordingSwitches.meetingId, meetingId))
  return row ?? { meetingId, on: false, version: 0 }
}

/** Locks the row until the end of the transaction. */
export async function lockSwitch(tx: Tx, meetingId: string): Promise<Switch> {
  await tx.insert(recordingSwitches).values({ meetingId, on: false, version: 0 }).onConflictDoNothing()
  const [row] = await tx.select().from(recordingSwitches).where(eq(recordingSwitches.meetingId, meetingId)).for('update')
  return row!
}

/** Sets the switch, or only says with a new version that something about the recordings changed. */
export async function raiseSwitch(tx: Tx, meetingId: string, changes: { on?: boolean } = {}): Promise<Switch> {
  const [row] = await tx
    .insert(recordingSwitches)
    .values({ meetingId, on: changes.on ?? false })
    .onConflictDoUpdate({ target: recordingSwitches.meetingId, set: { ...changes, version: sql`${recordingSwitches.version} + 1` } })
    .returning()
  return row!
}

export type Turn = { meetingId: string; speechId: string; participantId: string; startedAt: string }

/** The speeches that are to be recorded now. */
export const listTurns = (reader: Reader): Promise<Turn[]> =>
  reader
    .select({
      meetingId: speeches.meetingId,
      speechId: speeches.id,
      participantId: speeches.participantId,
      startedAt: speeches.startedAt,
    })
    .from(speeches)
    .innerJoin(recordingSwitches, eq(recordingSwitches.meetingId, speeches.meetingId))
    .where(and(isNull(speeches.endedAt), eq(recordingSwitches.on, true)))

const columns = {
  id: recordings.id,
  meetingId: recordings.meetingId,
  speechId: recordings.speechId,
  agendaItemId: speeches.agendaItemId,
  source: recordings.source,
  part: recordings.part,
  file: recordings.file,
  hasAudio: recordings.hasAudio,
  hasVideo: recordings.hasVideo,
  startedAt: recordings.startedAt,
  endedAt: recordings.endedAt,
  speechStartedAt: speeches.startedAt,
  seconds: recordings.seconds,
  bytes: recordings.bytes,
  end: recordings.end,
}

type Row = Omit<Recording, 'offsetSeconds'> & { speechStartedAt: string }
const toRecording = ({ speechStartedAt, ...row }: Row): Recording => ({
  ...row,
  offsetSeconds: (Date.parse(row.startedAt) - Date.parse(speechStartedAt)) / 1_000,
})

export async function listRecordings(reader: Reader, meetingId: string): Promise<Recording[]> {
  const rows = await reader
    .select(columns)
    .from(recordings)
    .innerJoin(speeches, eq(speeches.id, recordings.speechId))
    .where(eq(recordings.meetingId, meetingId))
    .orderBy(asc(recordings.startedAt), asc(recordings.id))
  return rows.map(toRecording)
}

export async function findRecording(reader: Reader, meetingId: string, id: string): Promise<Recording | null> {
  const where = and(eq(recordings.meetingId, meetingId), eq(recordings.id, id))
  const query = reader.select(columns).from(recordings).innerJoin(speeches, eq(speeches.id, recordings.speechId)).where(where)
  const [row] = await query
  return row ? toRecording(row) : null
}

type New = Pick<Recording, 'id' | 'meetingId' | 'speechId' | 'source' | 'hasAudio' | 'hasVideo' | 'startedAt'> & { host: string }

/** Takes the next part of a speech and source. */
export async function insertRecording(tx: Tx, entry: New): Promise<{ part: number; file: string }> {
  const { speechId, source } = entry
  const where = and(eq(recordings.speechId, speechId), eq(recordings.source, source))
  const [last] = await tx
    .select({ part: sql<number>`coalesce(max(${recordings.part}), 0)::int` })
    .from(recordings)
    .where(where)
  const part = (last?.part ?? 0) + 1
  const file = `${speechId}-${source}-${part}.webm`
  await tx.insert(recordings).values({ ...entry, part, file })
  return { part, file }
}

export async function endRecording(tx: Tx, id: string, changes: Pick<Recording, 'startedAt' | 'endedAt' | 'seconds' | 'bytes' | 'end'>) {
  await tx.update(recordings).set(changes).where(eq(recordings.id, id))
}

/** What an earlier run of this owner has left open. */
export const listLeftOpen = (reader: Reader, host: string) =>
  reader
    .select({ id: recordings.id, meetingId: recordings.meetingId, file: recordings.file, startedAt: recordings.startedAt })
    .from(recordings)
    .where(and(eq(recordings.host, host), isNull(recordings.endedAt)))
