import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { type Ballot, type EvaluatorSide, evaluatorSides } from '../../shared/evaluation-rules.ts'
import type { Reader, Tx } from '../db/db.ts'
import { evaluations, evaluatorCandidates, evaluatorDraws, evaluators } from './schema.ts'

export type EvaluationRow = typeof evaluations.$inferSelect
export type EvaluatorRow = typeof evaluators.$inferSelect
export type DrawRow = typeof evaluatorDraws.$inferSelect

export async function insertEvaluation(tx: Tx, row: Pick<EvaluationRow, 'id' | 'assignmentId' | 'round' | 'openedAt'>) {
  await tx.insert(evaluations).values(row)
}

export async function findEvaluation(reader: Reader, id: string): Promise<EvaluationRow | undefined> {
  const [row] = await reader.select().from(evaluations).where(eq(evaluations.id, id))
  return row
}

/** `share` while something is said, so that it cannot close meanwhile; `update` to close it or to change who judges. */
export async function lockEvaluation(tx: Tx, id: string, how: 'share' | 'update'): Promise<EvaluationRow | undefined> {
  const [row] = await tx.select().from(evaluations).where(eq(evaluations.id, id)).for(how)
  return row
}

export async function closeEvaluation(tx: Tx, id: string, closing: Pick<EvaluationRow, 'closedAt' | 'conclusion' | 'because'>) {
  await tx.update(evaluations).set(closing).where(eq(evaluations.id, id))
}

export const listEvaluations = (reader: Reader, assignmentId: string): Promise<EvaluationRow[]> =>
  reader.select().from(evaluations).where(eq(evaluations.assignmentId, assignmentId)).orderBy(asc(evaluations.round))

/** Of several assignments, what is over. */
export const listClosed = (reader: Reader, assignmentIds: readonly string[]): Promise<EvaluationRow[]> =>
  assignmentIds.length === 0
    ? Promise.resolve([])
    : reader
        .select()
        .from(evaluations)
        .where(and(inArray(evaluations.assignmentId, [...assignmentIds]), isNotNull(evaluations.closedAt)))
        .orderBy(asc(evaluations.round))

export const listOpen = (reader: Reader): Promise<EvaluationRow[]> => reader.select().from(evaluations).where(isNull(evaluations.closedAt))

/** Who judges now: those who gave way to another are left out. */
export const listEvaluators = (reader: Reader, evaluationIds: readonly string[]): Promise<EvaluatorRow[]> =>
  evaluationIds.length === 0
    ? Promise.resolve([])
    : reader
        .select()
        .from(evaluators)
        .where(and(inArray(evaluators.evaluationId, [...evaluationIds]), isNull(evaluators.replacedAt)))
        .orderBy(asc(evaluators.id))

/** Who has still to judge, of an account and of departments. */
export const listWaiting = (reader: Reader, accountId: string, organizationIds: readonly string[]) =>
  reader
    .select({ evaluator: evaluators, assignmentId: evaluations.assignmentId })
    .from(evaluators)
    .innerJoin(evaluations, eq(evaluations.id, evaluators.evaluationId))
    .where(
      and(
        isNull(evaluations.closedAt),
        isNull(evaluators.givenAt),
        or(eq(evaluators.accountId, accountId), inArray(evaluators.organizationId, [...organizationIds])),
      ),
    )
    .limit(200)

const oneEvaluator = async (reader: Reader, where: SQL): Promise<EvaluatorRow | undefined> =>
  (await reader.select().from(evaluators).where(where))[0]
export const findEvaluator = (reader: Reader, id: string) => oneEvaluator(reader, eq(evaluators.id, id))
export const findByToken = (reader: Reader, token: string) => oneEvaluator(reader, eq(evaluators.token, token))

export async function insertEvaluators(tx: Tx, rows: (typeof evaluators.$inferInsert)[]) {
  if (rows.length > 0) await tx.insert(evaluators).values(rows)
}

export async function storeBallot(tx: Tx, evaluatorId: string, { grade, marks, words }: Ballot, givenAt: string) {
  const { put = null, handled = null, consensus = null } = marks
  await tx.update(evaluators).set({ grade, put, handled, consensus, words, givenAt }).where(eq(evaluators.id, evaluatorId))
}

/** Where a drawn evaluator's link goes, or null when there is nothing to send any more, or nowhere. */
export async function findAddressee(reader: Reader, evaluatorId: string) {
  const [row] = await reader
    .select({ evaluator: evaluators, assignmentId: evaluations.assignmentId, email: evaluatorCandidates.email })
    .from(evaluators)
    .innerJoin(evaluations, eq(evaluations.id, evaluators.evaluationId))
    .innerJoin(evaluatorCandidates, eq(evaluatorCandidates.id, evaluators.candidateId))
    .where(and(eq(evaluators.id, evaluatorId), isNull(evaluators.replacedAt), isNull(evaluators.mailedAt), isNull(evaluations.closedAt)))
  return row ?? null
}

export async function markMailed(tx: Tx, evaluatorId: string, mailedAt: string) {
  await tx.update(evaluators).set({ mailedAt }).where(eq(evaluators.id, evaluatorId))
}

export async function replaceEvaluator(tx: Tx, id: string, changes: Pick<EvaluatorRow, 'replacedAt' | 'replacedWhy' | 'replacedById'>) {
  await tx.update(evaluators).set(changes).where(eq(evaluators.id, id))
}

/** Everybody who was ever drawn for an evaluation, with those who gave way. */
export const listDrawn = (reader: Reader, evaluationId: string): Promise<EvaluatorRow[]> =>
  reader
    .select()
    .from(evaluators)
    .where(and(eq(evaluators.evaluationId, evaluationId), sql`${evaluators.candidateId} is not null`))
    .orderBy(asc(evaluators.id))

export function ballotOf({ grade, put, handled, consensus, words }: EvaluatorRow): Ballot | null {
  if (grade === null) return null
  const marks = { ...(put === null ? {} : { put }), ...(handled === null ? {} : { handled }), ...(consensus === null ? {} : { consensus }) }
  return { grade, marks, words }
}

/** The sides that have anybody to judge, with those people. */
export const bySide = (rows: readonly EvaluatorRow[]): { side: EvaluatorSide; own: EvaluatorRow[] }[] =>
  evaluatorSides.map((side) => ({ side, own: rows.filter((row) => row.side === side) })).filter(({ own }) => own.length > 0)

/** Returns false when the id is taken, or the evaluation has its draw already. */
export async function insertDraw(tx: Tx, row: typeof evaluatorDraws.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(evaluatorDraws).values(row).onConflictDoNothing().returning({ id: evaluatorDraws.id })
  return rows.length > 0
}

export async function findDraw(reader: Reader, id: string): Promise<DrawRow | undefined> {
  const [row] = await reader.select().from(evaluatorDraws).where(eq(evaluatorDraws.id, id))
  return row
}

export const listDraws = (reader: Reader, evaluationIds: readonly string[]): Promise<DrawRow[]> =>
  evaluationIds.length === 0
    ? Promise.resolve([])
    : reader
        .select()
        .from(evaluatorDraws)
        .where(inArray(evaluatorDraws.evaluationId, [...evaluationIds]))

export async function revealDraw(tx: Tx, id: string, publicSeed: string, drawnAt: string) {
  await tx.update(evaluatorDraws).set({ publicSeed, drawnAt }).where(eq(evaluatorDraws.id, id))
}
