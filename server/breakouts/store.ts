import { and, asc, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Breakout, BreakoutNote, BreakoutPlan } from '../../shared/breakouts.ts'
import type { Reader, Tx } from '../db/db.ts'
import { breakoutAnnouncements, breakoutGroups, breakoutSeats, breakoutSites, breakouts } from './schema.ts'

type Row = typeof breakouts.$inferSelect

/** Rounds whole, in the order of their rows. */
async function whole(reader: Reader, rows: readonly Row[]): Promise<Breakout[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const groups = await reader
    .select({
      id: breakoutGroups.id,
      breakoutId: breakoutGroups.breakoutId,
      name: breakoutGroups.name,
      agendaItemId: breakoutGroups.agendaItemId,
    })
    .from(breakoutGroups)
    .where(inArray(breakoutGroups.breakoutId, ids))
    .orderBy(asc(breakoutGroups.place))
  const placedSites = await reader.select().from(breakoutSites).where(inArray(breakoutSites.breakoutId, ids)).orderBy(breakoutSites.siteId)
  const seats = await reader.select().from(breakoutSeats).where(inArray(breakoutSeats.breakoutId, ids)).orderBy(breakoutSeats.participantId)
  const told = await reader
    .selectDistinctOn([breakoutAnnouncements.breakoutId])
    .from(breakoutAnnouncements)
    .where(inArray(breakoutAnnouncements.breakoutId, ids))
    .orderBy(breakoutAnnouncements.breakoutId, desc(breakoutAnnouncements.at), desc(breakoutAnnouncements.id))
  return rows.map((row) => {
    const announcement = told.find(({ breakoutId }) => breakoutId === row.id)
    return {
      ...row,
      groups: groups
        .filter(({ breakoutId }) => breakoutId === row.id)
        .map(({ breakoutId: _, ...group }) => ({
          ...group,
          siteIds: placedSites.filter(({ groupId }) => groupId === group.id).map(({ siteId }) => siteId),
        })),
      seats: seats.filter(({ breakoutId }) => breakoutId === row.id).map(({ participantId, groupId }) => ({ participantId, groupId })),
      announcement: announcement ? { id: announcement.id, text: announcement.text, name: announcement.name, at: announcement.at } : null,
    }
  })
}

export async function findBreakout(reader: Reader, id: string): Promise<Breakout | undefined> {
  return (await whole(reader, await reader.select().from(breakouts).where(eq(breakouts.id, id))))[0]
}

export async function listBreakouts(reader: Reader, meetingId: string): Promise<Breakout[]> {
  const rows = await reader.select().from(breakouts).where(eq(breakouts.meetingId, meetingId)).orderBy(desc(breakouts.version)).limit(20)
  return whole(reader, rows)
}

/** The newest round of each of these meetings, as far as they had any. */
export async function latestBreakouts(reader: Reader, meetingIds: readonly string[]): Promise<Breakout[]> {
  if (meetingIds.length === 0) return []
  const rows = await reader
    .selectDistinctOn([breakouts.meetingId])
    .from(breakouts)
    .where(inArray(breakouts.meetingId, [...meetingIds]))
    .orderBy(breakouts.meetingId, desc(breakouts.version))
  return whole(reader, rows)
}

/** The versions of the newest rounds alone: what one asks every second. */
export const latestVersions = (reader: Reader, meetingIds: readonly string[]) =>
  reader
    .select({ meetingId: breakouts.meetingId, version: sql<number>`max(${breakouts.version})` })
    .from(breakouts)
    .where(inArray(breakouts.meetingId, [...meetingIds]))
    .groupBy(breakouts.meetingId)

export async function findOpen(reader: Reader, meetingId: string): Promise<Breakout | undefined> {
  const rows = await reader
    .select()
    .from(breakouts)
    .where(and(eq(breakouts.meetingId, meetingId), isNull(breakouts.closedAt)))
  return (await whole(reader, rows))[0]
}

export const listOverdue = (reader: Reader, now: string) =>
  reader
    .select({ id: breakouts.id, meetingId: breakouts.meetingId })
    .from(breakouts)
    .where(and(isNull(breakouts.closedAt), lte(breakouts.endsAt, now)))

/** False when a group's id is taken; nothing of it may then be kept. */
export async function insertBreakout(
  tx: Tx,
  { groups, outsideIds }: BreakoutPlan,
  round: Pick<Row, 'id' | 'meetingId' | 'openedAt' | 'endsAt'>,
): Promise<boolean> {
  const [last] = await latestVersions(tx, [round.meetingId])
  await tx.insert(breakouts).values({ ...round, version: (last?.version ?? 0) + 1 })
  const breakoutId = round.id
  const inserted = await tx
    .insert(breakoutGroups)
    .values(groups.map(({ id, name, agendaItemId }, place) => ({ id, breakoutId, place, name, agendaItemId })))
    .onConflictDoNothing()
    .returning()
  if (inserted.length < groups.length) return false
  const placed = groups.flatMap(({ id, siteIds }) => siteIds.map((siteId) => ({ breakoutId, siteId, groupId: id })))
  if (placed.length > 0) await tx.insert(breakoutSites).values(placed)
  const seats = [
    ...groups.flatMap(({ id, participantIds }) => participantIds.map((participantId) => ({ breakoutId, participantId, groupId: id }))),
    ...outsideIds.map((participantId) => ({ breakoutId, participantId, groupId: null })),
  ]
  if (seats.length > 0) await tx.insert(breakoutSeats).values(seats)
  return true
}

export async function updateBreakout(tx: Tx, id: string, changes: Partial<Row> = {}) {
  await tx
    .update(breakouts)
    .set({ ...changes, version: sql`${breakouts.version} + 1` })
    .where(eq(breakouts.id, id))
}

export const putSeat = (tx: Tx, seat: typeof breakoutSeats.$inferInsert) =>
  tx
    .insert(breakoutSeats)
    .values(seat)
    .onConflictDoUpdate({ target: [breakoutSeats.breakoutId, breakoutSeats.participantId], set: { groupId: seat.groupId ?? null } })

export async function insertAnnouncement(tx: Tx, announcement: typeof breakoutAnnouncements.$inferInsert): Promise<boolean> {
  return (await tx.insert(breakoutAnnouncements).values(announcement).onConflictDoNothing().returning()).length > 0
}

/** The round that an announcement was made in. */
export async function findAnnouncement(reader: Reader, id: string): Promise<string | undefined> {
  const [row] = await reader
    .select({ breakoutId: breakoutAnnouncements.breakoutId })
    .from(breakoutAnnouncements)
    .where(eq(breakoutAnnouncements.id, id))
  return row?.breakoutId
}

const selectNotes = (reader: Reader) =>
  reader
    .select({
      groupId: breakoutGroups.id,
      breakoutId: breakoutGroups.breakoutId,
      meetingId: breakouts.meetingId,
      text: breakoutGroups.note,
      by: breakoutGroups.noteBy,
      at: breakoutGroups.noteAt,
      version: breakoutGroups.noteVersion,
    })
    .from(breakoutGroups)
    .innerJoin(breakouts, eq(breakouts.id, breakoutGroups.breakoutId))
    .$dynamic()

export const listNotes = (reader: Reader, meetingId: string): Promise<BreakoutNote[]> =>
  selectNotes(reader).where(eq(breakouts.meetingId, meetingId)).orderBy(desc(breakouts.version), asc(breakoutGroups.place)).limit(400)

export async function findNote(reader: Reader, groupId: string): Promise<BreakoutNote | undefined> {
  return (await selectNotes(reader).where(eq(breakoutGroups.id, groupId)))[0]
}

export const putNote = (tx: Tx, groupId: string, { text, by, at }: { text: string; by: string; at: string }) =>
  tx
    .update(breakoutGroups)
    .set({ note: text, noteBy: by, noteAt: at, noteVersion: sql`${breakoutGroups.noteVersion} + 1` })
    .where(eq(breakoutGroups.id, groupId))
