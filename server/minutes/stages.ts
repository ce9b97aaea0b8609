import { eq, sql } from 'drizzle-orm'
import { AppError } from '../../shared/errors.ts'
import type { MinutesStage } from '../../shared/minutes-stages.ts'
import type { Reader, Tx } from '../db/db.ts'
import { minutesStates } from './schema.ts'

export type StateRow = typeof minutesStates.$inferSelect

const before = {
  stage: 'live',
  edition: 1,
  contentHash: null,
  lockedAt: null,
  excuse: null,
  unlockReason: null,
  unlockAskedAt: null,
  version: 0,
} as const

export async function findState(reader: Reader, meetingId: string): Promise<StateRow> {
  const [row] = await reader.select().from(minutesStates).where(eq(minutesStates.meetingId, meetingId))
  return row ?? { meetingId, ...before }
}

export const findStage = async (reader: Reader, meetingId: string): Promise<MinutesStage> => (await findState(reader, meetingId)).stage

/** Until the transaction ends nobody else changes the stage, and nothing is written into minutes whose text stands. */
export async function lockState(tx: Tx, meetingId: string): Promise<StateRow> {
  await tx.insert(minutesStates).values({ meetingId }).onConflictDoNothing()
  const [row] = await tx.select().from(minutesStates).where(eq(minutesStates.meetingId, meetingId)).for('update')
  return row!
}

export async function updateState(tx: Tx, meetingId: string, change: Partial<StateRow>): Promise<StateRow> {
  const [row] = await tx
    .update(minutesStates)
    .set({ ...change, version: sql`${minutesStates.version} + 1` })
    .where(eq(minutesStates.meetingId, meetingId))
    .returning()
  return row!
}

/** The program itself writes only while people do; until the transaction ends the stage stays what it is. @throws AppError `conflict`. */
export async function requireOpen(tx: Tx, meetingId: string) {
  const [row] = await tx
    .select({ stage: minutesStates.stage })
    .from(minutesStates)
    .where(eq(minutesStates.meetingId, meetingId))
    .for('share')
  if (!isOpen(row?.stage ?? 'live')) throw new AppError('conflict', 'minutes-locked')
}

export const isOpen = (stage: MinutesStage) => stage === 'live' || stage === 'draft'
