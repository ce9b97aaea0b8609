import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Amendment } from '../../shared/amendments.ts'
import type { Reader, Tx } from '../db/db.ts'
import { amendments } from './schema.ts'

type Row = typeof amendments.$inferSelect
export type NewAmendment = typeof amendments.$inferInsert

/** More than a meeting ever has. */
const most = 1_000

const shown = ({ decidedBy: _, ...row }: Row): Amendment => row

export async function listAmendments(reader: Reader, meetingId: string): Promise<Amendment[]> {
  const rows = await reader
    .select()
    .from(amendments)
    .where(eq(amendments.meetingId, meetingId))
    .orderBy(sql`${amendments.decidedAt} desc nulls first`, asc(amendments.createdAt), desc(amendments.id))
    .limit(most)
  return rows.map(shown)
}

export async function findAmendment(reader: Reader, id: string): Promise<Amendment | null> {
  const [row] = await reader.select().from(amendments).where(eq(amendments.id, id))
  return row ? shown(row) : null
}

/** Locks it until the transaction ends. */
export async function lockAmendment(tx: Tx, id: string): Promise<Amendment | null> {
  const [row] = await tx.select().from(amendments).where(eq(amendments.id, id)).for('update')
  return row ? shown(row) : null
}

/** Null when the id is taken. */
export async function insertAmendment(tx: Tx, amendment: NewAmendment): Promise<Amendment | null> {
  const [row] = await tx.insert(amendments).values(amendment).onConflictDoNothing().returning()
  return row ? shown(row) : null
}

type Decision = Pick<Row, 'status' | 'decidedBy' | 'decidedByName' | 'decidedAt' | 'decisionReason'>

export async function decideAmendment(tx: Tx, id: string, decision: Decision): Promise<Amendment> {
  const [row] = await tx
    .update(amendments)
    .set({ ...decision, version: sql`${amendments.version} + 1` })
    .where(eq(amendments.id, id))
    .returning()
  return shown(row!)
}

export async function hasOpen(reader: Reader, meetingId: string): Promise<boolean> {
  const [row] = await reader
    .select({ id: amendments.id })
    .from(amendments)
    .where(and(eq(amendments.meetingId, meetingId), eq(amendments.status, 'open')))
    .limit(1)
  return row !== undefined
}
