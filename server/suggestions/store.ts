import { and, asc, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { AppError, found } from '../../shared/errors.ts'
import { isPublic, type Suggestion, type suggestionSorts } from '../../shared/suggestions.ts'
import type { Reader, Tx } from '../db/db.ts'
import { insertMany } from '../db/insert-many.ts'
import { suggestionSteps, suggestions } from './schema.ts'

export type Row = typeof suggestions.$inferSelect
type Sort = (typeof suggestionSorts)[number]
export type Step = typeof suggestionSteps.$inferSelect

/** What the public may know of a suggestion. */
export function publicSuggestionOf(row: Row): Suggestion {
  const { authorId, receipt, via, flags, kept, mergedDirectlyId, statusBeforeMerge, ...suggestion } = row
  return suggestion
}

/** What the room knows besides: by which code it came, why it deserves a look, and whether it was looked at. */
export function suggestionOf(row: Row): Suggestion {
  const { via, flags, kept } = row
  return { ...publicSuggestionOf(row), ...(via && { via }), ...(flags.length > 0 && { flags }), ...(kept && { kept }) }
}

/** Gives what was inserted; an id that is taken is left out. In the order of ids, so that two transactions cannot wait for each other. */
export const insertSuggestions = (tx: Tx, rows: (typeof suggestions.$inferInsert & Required<Pick<Row, 'photoIds' | 'flags'>>)[]) =>
  insertRows(
    tx,
    rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
const insertRows = insertMany(
  suggestions,
  [
    'id',
    'meetingId',
    'agendaItemId',
    'authorId',
    'authorName',
    'text',
    'category',
    'place',
    'via',
    'photoIds',
    'status',
    'flags',
    'receipt',
    'createdAt',
  ],
  { onConflict: 'on conflict (id) do nothing', returning: true },
)

export async function findSuggestion(reader: Reader, suggestionId: string): Promise<Row | undefined> {
  const [row] = await reader.select().from(suggestions).where(eq(suggestions.id, suggestionId))
  return row
}

export const findSuggestions = (reader: Reader, ids: string[]): Promise<Row[]> =>
  reader.select().from(suggestions).where(inArray(suggestions.id, ids))

export async function findByReceipt(reader: Reader, receipt: string): Promise<Row | undefined> {
  const [row] = await reader.select().from(suggestions).where(eq(suggestions.receipt, receipt))
  return row
}

/**
 * A suggestion that people may support and judge, with all that are merged together with it. One that was public before it was
 * merged is still theirs: what they think of it counts for the one that survives.
 * @throws AppError `not-found`, or `conflict` when it or what it is merged into is not public
 */
export async function requirePeoples(reader: Reader, suggestionId: string): Promise<{ suggestion: Row; group: string[] }> {
  const suggestion = found(await findSuggestion(reader, suggestionId), 'no-such-suggestion')
  const survivorId = suggestion.mergedIntoId ?? suggestion.id
  const rows = await reader
    .select()
    .from(suggestions)
    .where(or(eq(suggestions.id, survivorId), eq(suggestions.mergedIntoId, survivorId)))
  const survivor = found(
    rows.find((row) => row.id === survivorId),
    'no-such-suggestion',
  )
  const wasPublic = isPublic({ status: suggestion.statusBeforeMerge ?? suggestion.status })
  if (!wasPublic || !isPublic(survivor)) throw new AppError('conflict', 'suggestion-withdrawn')
  return { suggestion, group: rows.map((row) => row.id) }
}

/** Locks the rows in the order of their ids, so that two merges cannot wait for each other. */
export const lockSuggestions = (tx: Tx, ids: string[]): Promise<Row[]> =>
  tx.select().from(suggestions).where(inArray(suggestions.id, ids)).orderBy(asc(suggestions.id)).for('update')

export const listSuggestions = (
  reader: Reader,
  meetingId: string,
  { statuses, sort, limit }: { statuses: Suggestion['status'][] | undefined; sort: Sort; limit: number },
): Promise<Row[]> =>
  reader
    .select()
    .from(suggestions)
    .where(and(eq(suggestions.meetingId, meetingId), statuses ? inArray(suggestions.status, statuses) : undefined))
    .orderBy(desc(suggestions.pinned), ...orders[sort], desc(suggestions.createdAt), desc(suggestions.id))
    .limit(limit)

const waits = inArray(suggestions.status, ['pending', 'published'])
const orders: Record<Sort, SQL[]> = {
  newest: [],
  supported: [desc(suggestions.supportCount)],
  unanswered: [desc(waits), desc(suggestions.supportCount)],
}

export const listByAuthor = (reader: Reader, meetingId: string, authorId: string): Promise<Row[]> =>
  reader
    .select()
    .from(suggestions)
    .where(and(eq(suggestions.meetingId, meetingId), eq(suggestions.authorId, authorId)))
    .orderBy(desc(suggestions.createdAt))
    .limit(500)

export async function updateSuggestion(tx: Tx, suggestionId: string, changes: Partial<Omit<Row, 'id' | 'version'>>): Promise<Row> {
  const [row] = await tx
    .update(suggestions)
    .set({ ...changes, version: sql`${suggestions.version} + 1` })
    .where(eq(suggestions.id, suggestionId))
    .returning()
  return row!
}

/** One merging at a time in a meeting: it reads and moves whole trees of suggestions. Until the transaction ends. */
export async function lockMerging(tx: Tx, meetingId: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('merging ' || ${meetingId}, 0))`)
}

/** Locks all that are merged into this one, in the order of their ids. */
export const lockMergedInto = (tx: Tx, survivorId: string): Promise<Row[]> =>
  tx.select().from(suggestions).where(eq(suggestions.mergedIntoId, survivorId)).orderBy(asc(suggestions.id)).for('update')

/** These now follow another survivor. */
export async function redirect(tx: Tx, ids: string[], survivorId: string): Promise<Row[]> {
  if (ids.length === 0) return []
  return tx
    .update(suggestions)
    .set({ mergedIntoId: survivorId, version: sql`${suggestions.version} + 1` })
    .where(inArray(suggestions.id, ids))
    .returning()
}

export const insertStep = (tx: Tx, step: Omit<Step, 'id'>) => insertSteps(tx, [step])

export const insertSteps = async (tx: Tx, steps: Omit<Step, 'id'>[]) =>
  void (await insertStepRows(
    tx,
    steps.map((step) => ({ id: v7(), ...step })),
  ))
const insertStepRows = insertMany(suggestionSteps, ['id', 'suggestionId', 'at', 'kind', 'words'])

export const listSteps = (reader: Reader, suggestionIds: string[]): Promise<Step[]> =>
  reader
    .select()
    .from(suggestionSteps)
    .where(inArray(suggestionSteps.suggestionId, suggestionIds))
    .orderBy(desc(suggestionSteps.at), desc(suggestionSteps.id))
