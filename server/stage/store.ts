import { eq, sql } from 'drizzle-orm'
import type { Stage } from '../../shared/stage.ts'
import type { Reader, Tx } from '../db/db.ts'
import { stages } from './schema.ts'

export async function findStage(reader: Reader, meetingId: string): Promise<Stage> {
  const [row] = await reader.select().from(stages).where(eq(stages.meetingId, meetingId))
  return row ?? { meetingId, spotlightId: null, suggestionId: null, view: 'speaker', version: 0 }
}

export async function putStage(
  tx: Tx,
  meetingId: string,
  change: Partial<Pick<Stage, 'spotlightId' | 'suggestionId' | 'view'>>,
): Promise<Stage> {
  const [row] = await tx
    .insert(stages)
    .values({ meetingId, ...change })
    .onConflictDoUpdate({ target: stages.meetingId, set: { ...change, version: sql`${stages.version} + 1` } })
    .returning()
  return row!
}
