import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { BarredDevice, GuardRules, GuardState } from '../../shared/guard.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { Reader, Tx } from '../db/db.ts'
import { meetingRegions } from '../meetings/schema.ts'
import { barredDevices, deviceTraces, guardFindingAccounts, guardFindings, guardRules, meetingDefence } from './schema.ts'

/** The rules of these regions and of all above them, from the top down. */
export function listRules(reader: Reader, regionCodes: readonly string[]): Promise<GuardRules[]> {
  const codes = [...new Set(regionCodes.flatMap(lineageOf))]
  return reader.select().from(guardRules).where(inArray(guardRules.regionCode, codes)).orderBy(asc(guardRules.regionCode))
}

/** Stores the rules of a region as its next version, or returns false when there is another than the one that was edited. */
export async function putRules(tx: Tx, { version, ...rules }: GuardRules): Promise<boolean> {
  const next = { ...rules, version: version + 1 }
  const rows =
    version === 0
      ? await tx.insert(guardRules).values(next).onConflictDoNothing().returning({ version: guardRules.version })
      : await tx
          .update(guardRules)
          .set(next)
          .where(and(eq(guardRules.regionCode, rules.regionCode), eq(guardRules.version, version)))
          .returning({ version: guardRules.version })
  return rows.length > 0
}

export async function regionsOfMeeting(reader: Reader, meetingId: string): Promise<string[]> {
  const rows = await reader.select({ code: meetingRegions.regionCode }).from(meetingRegions).where(eq(meetingRegions.meetingId, meetingId))
  return rows.map(({ code }) => code)
}

export type BarredRow = typeof barredDevices.$inferSelect

export function barredDeviceOf({ accountId: _account, deviceId: _device, ...barred }: BarredRow): BarredDevice {
  return barred
}

export const listBarred = (reader: Reader, meetingId: string): Promise<BarredRow[]> =>
  reader.select().from(barredDevices).where(eq(barredDevices.meetingId, meetingId)).orderBy(desc(barredDevices.at)).limit(500)

/** Returns false when the id is taken. */
export async function insertBarred(tx: Tx, row: typeof barredDevices.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(barredDevices).values(row).onConflictDoNothing().returning({ id: barredDevices.id })
  return rows.length > 0
}

export async function findBarred(reader: Reader, barredDeviceId: string): Promise<BarredRow | undefined> {
  const [row] = await reader.select().from(barredDevices).where(eq(barredDevices.id, barredDeviceId))
  return row
}

/** Undefined when it was lifted already. */
export async function liftBarred(tx: Tx, barredDeviceId: string, liftedAt: string, liftedByName: string): Promise<BarredRow | undefined> {
  const [row] = await tx
    .update(barredDevices)
    .set({ liftedAt, liftedByName })
    .where(and(eq(barredDevices.id, barredDeviceId), isNull(barredDevices.liftedAt)))
    .returning()
  return row
}

export type TraceRow = typeof deviceTraces.$inferSelect

/** Of accounts that are gone by now nothing is kept. */
export async function insertTraces(reader: Reader, rows: TraceRow[]) {
  const column = <K extends keyof TraceRow>(key: K) => sql.param(rows.map((row) => row[key]))
  await reader.execute(sql`
    insert into device_traces (account_id, device_id, network, at)
    select trace.* from unnest(${column('accountId')}::uuid[], ${column('deviceId')}::uuid[], ${column('network')}::text[], ${column('at')}::timestamptz[])
      as trace(account_id, device_id, network, at)
    join accounts on accounts.id = trace.account_id
    on conflict do nothing`)
}

export async function findTrace(reader: Reader, accountId: string): Promise<TraceRow | undefined> {
  const [row] = await reader.select().from(deviceTraces).where(eq(deviceTraces.accountId, accountId))
  return row
}

export async function readDefence(reader: Reader, meetingId: string): Promise<GuardState['defence']> {
  const [row] = await reader.select().from(meetingDefence).where(eq(meetingDefence.meetingId, meetingId))
  return row?.defence ?? 'auto'
}

export async function putDefence(tx: Tx, meetingId: string, defence: GuardState['defence']) {
  await tx.insert(meetingDefence).values({ meetingId, defence }).onConflictDoUpdate({ target: meetingDefence.meetingId, set: { defence } })
}

export type FindingRow = typeof guardFindings.$inferSelect

/** Two nodes that find the same at the same time keep it once. */
export async function lockMeetingFindings(tx: Tx, meetingId: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`guard ${meetingId}`}, 0))`)
}

/** To which finding of this kind accounts of the meeting belong. */
export async function findingOfAccounts(tx: Tx, meetingId: string, kind: FindingRow['kind']): Promise<Map<string, string>> {
  const rows = await tx
    .select({ accountId: guardFindingAccounts.accountId, findingId: guardFindingAccounts.findingId })
    .from(guardFindingAccounts)
    .innerJoin(guardFindings, eq(guardFindings.id, guardFindingAccounts.findingId))
    .where(and(eq(guardFindings.meetingId, meetingId), eq(guardFindings.kind, kind)))
  return new Map(rows.map(({ accountId, findingId }) => [accountId, findingId]))
}

export async function insertFinding(tx: Tx, row: typeof guardFindings.$inferInsert) {
  await tx.insert(guardFindings).values(row)
}

export async function insertFindingAccounts(tx: Tx, findingId: string, accountIds: readonly string[]) {
  await tx
    .insert(guardFindingAccounts)
    .values(accountIds.map((accountId) => ({ findingId, accountId })))
    .onConflictDoNothing()
}

export async function updateEvidence(tx: Tx, findingId: string, evidence: FindingRow['evidence']) {
  await tx
    .update(guardFindings)
    .set({ evidence, version: sql`${guardFindings.version} + 1` })
    .where(eq(guardFindings.id, findingId))
}

export const lockFindings = (tx: Tx, meetingId: string, findingIds: readonly string[]): Promise<FindingRow[]> =>
  tx
    .select()
    .from(guardFindings)
    .where(and(eq(guardFindings.meetingId, meetingId), inArray(guardFindings.id, [...findingIds])))
    .orderBy(asc(guardFindings.id))
    .for('update')

export async function decideFinding(tx: Tx, findingId: string, decision: Pick<FindingRow, 'state' | 'decidedAt' | 'decidedByName'>) {
  await tx
    .update(guardFindings)
    .set({ ...decision, version: sql`${guardFindings.version} + 1` })
    .where(eq(guardFindings.id, findingId))
}

/** Newest first. */
export async function listFindings(reader: Reader, meetingId: string): Promise<(FindingRow & { accountIds: string[] })[]> {
  const rows = await reader
    .select({ finding: guardFindings, accountIds: sql<string[]>`array_agg(${guardFindingAccounts.accountId})` })
    .from(guardFindings)
    .innerJoin(guardFindingAccounts, eq(guardFindingAccounts.findingId, guardFindings.id))
    .where(eq(guardFindings.meetingId, meetingId))
    .groupBy(guardFindings.id)
    .orderBy(desc(guardFindings.at))
    .limit(1_000)
  return rows.map(({ finding, accountIds }) => ({ ...finding, accountIds }))
}

/** What was found about an account, and decided, holds for the person whose it turns out to be. */
export async function movePerson(tx: Tx, from: string, to: string) {
  await tx.execute(sql`
    insert into ${guardFindingAccounts} (finding_id, account_id)
    select finding_id, ${to} from ${guardFindingAccounts} where account_id = ${from} on conflict do nothing`)
  await tx.delete(guardFindingAccounts).where(eq(guardFindingAccounts.accountId, from))
  await tx.update(barredDevices).set({ accountId: to }).where(eq(barredDevices.accountId, from))
}

/** Whose voices do not count in which of these meetings. */
export const listSetAside = (reader: Reader, meetingIds: readonly string[]): Promise<{ meetingId: string; accountId: string }[]> =>
  reader
    .selectDistinct({ meetingId: guardFindings.meetingId, accountId: guardFindingAccounts.accountId })
    .from(guardFindingAccounts)
    .innerJoin(guardFindings, eq(guardFindings.id, guardFindingAccounts.findingId))
    .where(and(inArray(guardFindings.meetingId, [...meetingIds]), eq(guardFindings.state, 'set-aside')))

export async function accountsSetAside(reader: Reader, meetingId: string): Promise<Set<string>> {
  const rows = await reader
    .select({ accountId: guardFindingAccounts.accountId })
    .from(guardFindingAccounts)
    .innerJoin(guardFindings, eq(guardFindings.id, guardFindingAccounts.findingId))
    .where(and(eq(guardFindings.meetingId, meetingId), eq(guardFindings.state, 'set-aside')))
  return new Set(rows.map(({ accountId }) => accountId))
}
