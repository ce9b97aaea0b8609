import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { MediaSource } from '../../shared/media.ts'
import type { Role } from '../../shared/policy.ts'
import type { Reader, Tx } from '../db/db.ts'
import { participantSpans, participants } from '../meetings/schema.ts'

export type ParticipantRow = typeof participants.$inferSelect

type Entry = {
  meetingId: string
  accountId: string
  name: string
  role: Role
  siteId: string | null
  voter: boolean
  mayChair: boolean
}

/** The participant of an account in a meeting: made at the first time, found again ever after. */
export async function putParticipant(tx: Tx, entry: Entry): Promise<ParticipantRow> {
  const { name, role, siteId, voter, mayChair } = entry
  const [row] = await tx
    .insert(participants)
    .values({ id: v7(), ...entry })
    .onConflictDoUpdate({
      target: [participants.meetingId, participants.accountId],
      set: { name, role, siteId, voter, mayChair, version: sql`${participants.version} + 1` },
    })
    .returning()
  return row!
}

/** Raises the versions of several, and gives them. Locks them in the order of their ids, as whoever changes several does. */
export async function raiseVersions(tx: Tx, participantIds: string[]): Promise<ParticipantRow[]> {
  const these = inArray(participants.id, participantIds)
  await tx.select({ id: participants.id }).from(participants).where(these).orderBy(participants.id).for('update')
  return tx
    .update(participants)
    .set({ version: sql`${participants.version} + 1` })
    .where(these)
    .returning()
}

/** Locks the row until the end of the transaction, so that versions and what they tell come in one order. */
export async function raiseVersion(tx: Tx, participantId: string): Promise<ParticipantRow | null> {
  const [row] = await tx
    .update(participants)
    .set({ version: sql`${participants.version} + 1` })
    .where(eq(participants.id, participantId))
    .returning()
  return row ?? null
}

/** Closes a source of these participants in somebody's name, or lets it go when `by` is null, and gives the rows that changed by it. Locks them in the order of their ids. */
export async function holdSource(tx: Tx, participantIds: string[], source: MediaSource, by: string | null): Promise<ParticipantRow[]> {
  if (participantIds.length === 0) return []
  const held = by !== null
  const others = sql`array_remove(${participants.heldByChair}, ${source}::text)`
  const lastHolder = sql<string | null>`case when ${others} = '{}' then null else ${participants.heldBy} end`
  const inOrder = tx
    .select({ id: participants.id })
    .from(participants)
    .where(inArray(participants.id, participantIds))
    .orderBy(participants.id)
  await inOrder.for('update')
  return tx
    .update(participants)
    .set({
      heldByChair: held ? sql`array_append(${others}, ${source}::text)` : others,
      heldBy: by ?? lastHolder,
      version: sql`${participants.version} + 1`,
    })
    .where(and(inArray(participants.id, participantIds), sql`(${source}::text = any(${participants.heldByChair})) <> ${held}`))
    .returning()
}

export const listParticipants = (reader: Reader, meetingId: string): Promise<ParticipantRow[]> =>
  reader.select().from(participants).where(eq(participants.meetingId, meetingId)).orderBy(participants.id)

/** Begins a span of attendance, unless one is running. A span that a crash left open ends when it was last seen. */
export async function openSpan(tx: Tx, participantId: string, now: string, staleBefore: string) {
  const open = and(eq(participantSpans.participantId, participantId), isNull(participantSpans.to))
  await tx
    .update(participantSpans)
    .set({ to: sql`${participantSpans.lastSeenAt}` })
    .where(and(open, lt(participantSpans.lastSeenAt, staleBefore)))
  const running = await tx.update(participantSpans).set({ lastSeenAt: now }).where(open).returning({ id: participantSpans.id })
  if (running.length === 0) await tx.insert(participantSpans).values({ id: v7(), participantId, from: now, lastSeenAt: now })
}

export async function closeSpan(tx: Tx, participantId: string, now: string) {
  const open = and(eq(participantSpans.participantId, participantId), isNull(participantSpans.to))
  await tx.update(participantSpans).set({ to: now, lastSeenAt: now }).where(open)
}

export async function touchSpans(reader: Reader, participantIds: string[], now: string) {
  if (participantIds.length === 0) return
  const open = and(inArray(participantSpans.participantId, participantIds), isNull(participantSpans.to))
  await reader.update(participantSpans).set({ lastSeenAt: now }).where(open)
}

/** Ends the spans of those whom nobody has seen for a while: their node has died. */
export async function closeStaleSpans(reader: Reader, staleBefore: string) {
  await reader
    .update(participantSpans)
    .set({ to: sql`${participantSpans.lastSeenAt}` })
    .where(and(isNull(participantSpans.to), lt(participantSpans.lastSeenAt, staleBefore)))
}
