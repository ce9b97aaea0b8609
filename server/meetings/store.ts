import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Invitation, Meeting, MeetingSummary, Site } from '../../shared/meetings.ts'
import type { Reader, Tx } from '../db/db.ts'
import { readPaths } from '../regions/store.ts'
import { codeLengths, randomCode } from './codes.ts'
import { agendaItems, invitations, invitationUses, meetingRegions, meetings, sites } from './schema.ts'

type Row = typeof meetings.$inferSelect
export type Plan = Pick<Meeting, 'title' | 'startsAt' | 'suggestionPolicy' | 'agenda'> & {
  regionCodes: string[]
  sites: Omit<Site, 'code'>[]
}

/** Meetings whole, in the order of `ids`. */
export async function readMeetings(reader: Reader, ids: string[]): Promise<Meeting[]> {
  if (ids.length === 0) return []
  const rows = await reader.select().from(meetings).where(inArray(meetings.id, ids))
  const regionRows = await reader
    .select()
    .from(meetingRegions)
    .where(inArray(meetingRegions.meetingId, ids))
    .orderBy(asc(meetingRegions.position))
  const agendaRows = await reader.select().from(agendaItems).where(inArray(agendaItems.meetingId, ids)).orderBy(asc(agendaItems.position))
  const siteRows = await reader.select().from(sites).where(inArray(sites.meetingId, ids)).orderBy(asc(sites.position))
  const paths = await readPaths(
    reader,
    regionRows.map((row) => row.regionCode),
  )
  const whole = (row: Row): Meeting => {
    const own = <T extends { meetingId: string }>(all: T[]) => all.filter((one) => one.meetingId === row.id)
    const ownSites = own(siteRows)
    const { createdBy: _, ...meeting } = row
    return {
      ...meeting,
      regions: own(regionRows).map(({ regionCode }) => ({ code: regionCode, path: paths.get(regionCode) ?? [] })),
      siteCount: ownSites.length,
      agenda: own(agendaRows).map(({ id, title, minutes }) => ({ id, title, minutes })),
      sites: ownSites.map(({ id, name, regionCode, kind, code }) => ({ id, name, regionCode, kind, code })),
    }
  }
  const byId = new Map(rows.map((row) => [row.id, whole(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Live ones first, then the latest. */
export async function listMeetings(
  reader: Reader,
  filter: { status?: Meeting['status'] | undefined; limit: number },
): Promise<MeetingSummary[]> {
  const rows = await reader
    .select({ id: meetings.id })
    .from(meetings)
    .where(filter.status ? eq(meetings.status, filter.status) : undefined)
    .orderBy(sql`${meetings.status} = 'live' desc`, desc(meetings.startsAt))
    .limit(filter.limit)
  return summaries(
    reader,
    rows.map((row) => row.id),
  )
}

/** Meetings that one of these regions co-hosts: live, then to come with the next one first, then past with the latest first. */
export async function listMeetingsOfRegions(reader: Reader, regionCodes: string[], limit: number): Promise<MeetingSummary[]> {
  const ours = reader.select({ id: meetingRegions.meetingId }).from(meetingRegions).where(inArray(meetingRegions.regionCode, regionCodes))
  const rows = await reader
    .select({ id: meetings.id })
    .from(meetings)
    .where(inArray(meetings.id, ours))
    .orderBy(
      sql`array_position(array['live', 'scheduled', 'ended'], ${meetings.status})`,
      sql`case when ${meetings.status} = 'scheduled' then ${meetings.startsAt} end`,
      desc(meetings.openedAt),
      desc(meetings.startsAt),
    )
    .limit(limit)
  return summaries(
    reader,
    rows.map((row) => row.id),
  )
}

const summaries = async (reader: Reader, ids: string[]): Promise<MeetingSummary[]> =>
  (await readMeetings(reader, ids)).map(({ id, code, title, status, startsAt, regions, siteCount }) => ({
    id,
    code,
    title,
    status,
    startsAt,
    regions,
    siteCount,
  }))

/** What deciding on a suggestion needs to know of its meeting. */
export type MeetingFacts = Pick<Row, 'id' | 'status' | 'suggestionPolicy' | 'currentAgendaItemId'>

export async function readFacts(reader: Reader, ids: string[]): Promise<Map<string, MeetingFacts>> {
  const { id, status, suggestionPolicy, currentAgendaItemId } = meetings
  const rows = await reader.select({ id, status, suggestionPolicy, currentAgendaItemId }).from(meetings).where(inArray(id, ids))
  return new Map(rows.map((row) => [row.id, row]))
}

/** The meeting that a short code leads to, and the site of it that the code stands for. */
export async function findByCode(reader: Reader, code: string): Promise<{ meetingId: string; siteId: string | null } | null> {
  if (code.length === codeLengths.site) {
    const [row] = await reader.select({ siteId: sites.id, meetingId: sites.meetingId }).from(sites).where(eq(sites.code, code))
    return row ?? null
  }
  const [row] = await reader.select({ meetingId: meetings.id }).from(meetings).where(eq(meetings.code, code))
  return row ? { ...row, siteId: null } : null
}

/** Locks the meeting's row against other changes until the transaction ends, but not against rows that refer to it. */
export async function lockMeeting(tx: Tx, meetingId: string): Promise<Row | undefined> {
  const [row] = await tx.select().from(meetings).where(eq(meetings.id, meetingId)).for('no key update')
  return row
}

export async function insertMeeting(tx: Tx, meeting: Pick<Row, 'id' | 'code' | 'createdBy'>, plan: Plan): Promise<boolean> {
  const { title, startsAt, suggestionPolicy } = plan
  const rows = await tx
    .insert(meetings)
    .values({ ...meeting, title, startsAt, suggestionPolicy })
    .onConflictDoNothing()
    .returning({ id: meetings.id })
  if (rows.length === 0) return false
  await insertParts(tx, meeting.id, plan)
  return true
}

export async function updateMeeting(tx: Tx, meetingId: string, changes: Partial<Omit<Row, 'id' | 'version'>>) {
  await tx
    .update(meetings)
    .set({ ...changes, version: sql`${meetings.version} + 1` })
    .where(eq(meetings.id, meetingId))
}

/** Replaces regions, agenda and sites; what keeps its id keeps what refers to it. */
export async function replaceParts(tx: Tx, meetingId: string, plan: Plan) {
  await tx.delete(meetingRegions).where(eq(meetingRegions.meetingId, meetingId))
  const keep = (ids: string[]) => sql`not (id = any(${sql.param(ids)}::uuid[]))`
  await tx.delete(agendaItems).where(and(eq(agendaItems.meetingId, meetingId), keep(plan.agenda.map((item) => item.id))))
  await tx.delete(sites).where(and(eq(sites.meetingId, meetingId), keep(plan.sites.map((site) => site.id))))
  await insertParts(tx, meetingId, plan)
}

async function insertParts(tx: Tx, meetingId: string, plan: Plan) {
  await tx.insert(meetingRegions).values(plan.regionCodes.map((regionCode, position) => ({ meetingId, regionCode, position })))
  for (const [position, item] of plan.agenda.entries()) {
    const { id, ...rest } = { ...item, position }
    await tx
      .insert(agendaItems)
      .values({ id, meetingId, ...rest })
      .onConflictDoUpdate({ target: agendaItems.id, set: rest, setWhere: eq(agendaItems.meetingId, meetingId) })
  }
  for (const [position, site] of plan.sites.entries()) {
    const { id, ...rest } = { ...site, position }
    await tx
      .insert(sites)
      .values({ id, meetingId, code: randomCode(codeLengths.site), ...rest })
      .onConflictDoUpdate({ target: sites.id, set: rest, setWhere: eq(sites.meetingId, meetingId) })
  }
}

const uses = sql<number>`(select count(*)::int from ${invitationUses} where ${invitationUses.invitationId} = ${invitations.id})`
const invitationColumns = {
  id: invitations.id,
  meetingId: invitations.meetingId,
  token: invitations.token,
  role: invitations.role,
  siteId: invitations.siteId,
  expiresAt: invitations.expiresAt,
  maxUses: invitations.maxUses,
  revoked: invitations.revoked,
  uses,
}

export const listInvitations = (reader: Reader, meetingId: string): Promise<Invitation[]> =>
  reader.select(invitationColumns).from(invitations).where(eq(invitations.meetingId, meetingId)).orderBy(desc(invitations.expiresAt))

export async function findInvitation(reader: Reader, by: { token: string } | { id: string }): Promise<Invitation | undefined> {
  const where = 'token' in by ? eq(invitations.token, by.token) : eq(invitations.id, by.id)
  const [row] = await reader.select(invitationColumns).from(invitations).where(where)
  return row
}

export async function lockInvitation(tx: Tx, invitationId: string) {
  await tx.select({ id: invitations.id }).from(invitations).where(eq(invitations.id, invitationId)).for('update')
}

export async function insertInvitation(tx: Tx, invitation: typeof invitations.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(invitations).values(invitation).onConflictDoNothing().returning({ id: invitations.id })
  return rows.length > 0
}

export async function revokeInvitation(tx: Tx, invitationId: string) {
  await tx.update(invitations).set({ revoked: true }).where(eq(invitations.id, invitationId))
}

/** Whether this account has used the invitation before. */
export async function hasUsed(reader: Reader, invitationId: string, accountId: string): Promise<boolean> {
  const where = and(eq(invitationUses.invitationId, invitationId), eq(invitationUses.accountId, accountId))
  return (await reader.select({ at: invitationUses.at }).from(invitationUses).where(where)).length > 0
}

export async function insertUse(tx: Tx, invitationId: string, accountId: string, at: string) {
  await tx.insert(invitationUses).values({ invitationId, accountId, at })
}
