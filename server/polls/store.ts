import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { choicesOf, type Poll } from '../../shared/polls.ts'
import type { Reader, Tx } from '../db/db.ts'
import { pollAnswers, polls } from './schema.ts'

export type Row = typeof polls.$inferSelect
export type Answer = typeof pollAnswers.$inferSelect
/** A poll with its numbers, whoever may see them. */
export type Counted = Poll & { counts: number[] }

export const listPolls = (reader: Reader, meetingId: string): Promise<Row[]> =>
  reader.select().from(polls).where(eq(polls.meetingId, meetingId)).orderBy(desc(polls.openedAt), desc(polls.id)).limit(100)

export async function findPoll(reader: Reader, pollId: string): Promise<Row | undefined> {
  const [row] = await reader.select().from(polls).where(eq(polls.id, pollId))
  return row
}

export async function findRunning(reader: Reader, meetingId: string): Promise<Row | undefined> {
  const [row] = await reader
    .select()
    .from(polls)
    .where(and(eq(polls.meetingId, meetingId), isNull(polls.closedAt)))
  return row
}

/** Against answers and the closing, in the order of ids so that two transactions cannot wait for each other. */
export const lockPolls = (tx: Tx, ids: string[]): Promise<Row[]> =>
  tx.select().from(polls).where(inArray(polls.id, ids)).orderBy(asc(polls.id)).for('no key update')

/** Returns false when the id is taken, or another poll runs. */
export async function insertPoll(tx: Tx, poll: typeof polls.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(polls).values(poll).onConflictDoNothing().returning({ id: polls.id })
  return rows.length > 0
}

export async function closePoll(tx: Tx, pollId: string, closedAt: string): Promise<Row> {
  const [row] = await tx
    .update(polls)
    .set({ closedAt, version: sql`${polls.version} + 1` })
    .where(eq(polls.id, pollId))
    .returning()
  return row!
}

/** An answer that is older than the one that stands changes nothing. Gives the accounts whose answers are new or other. */
export async function putAnswers(tx: Tx, answers: Answer[]): Promise<Pick<Answer, 'pollId' | 'accountId'>[]> {
  const rows = await tx
    .insert(pollAnswers)
    .values(answers)
    .onConflictDoUpdate({
      target: [pollAnswers.pollId, pollAnswers.accountId],
      set: { choices: sql`excluded.choices`, commandId: sql`excluded.command_id` },
      setWhere: sql`${pollAnswers.commandId} < excluded.command_id`,
    })
    .returning({ pollId: pollAnswers.pollId, accountId: pollAnswers.accountId })
  for (const [pollId, writes] of Map.groupBy(rows, (row) => row.pollId))
    await tx
      .update(polls)
      .set({ writes: sql`${polls.writes} + ${writes.length}` })
      .where(eq(polls.id, pollId))
  return rows
}

/** Gives another account's answers to open questions to this one; where both answered, the newest stays. What is closed is counted and stays as it was. */
export async function moveAnswers(tx: Tx, from: string, to: string): Promise<string[]> {
  const rows = await tx
    .select({ pollId: pollAnswers.pollId })
    .from(pollAnswers)
    .innerJoin(polls, eq(polls.id, pollAnswers.pollId))
    .where(and(eq(pollAnswers.accountId, from), isNull(polls.closedAt)))
  const open = await lockPolls(
    tx,
    rows.map(({ pollId }) => pollId),
  )
  const ids = open.filter(({ closedAt }) => closedAt === null).map(({ id }) => id)
  if (ids.length === 0) return []
  const gone = await tx
    .delete(pollAnswers)
    .where(and(eq(pollAnswers.accountId, from), inArray(pollAnswers.pollId, ids)))
    .returning()
  await putAnswers(
    tx,
    gone.map((answer) => ({ ...answer, accountId: to })),
  )
  return ids
}

export async function answersOf(reader: Reader, accountId: string, pollIds: string[]): Promise<Map<string, number[]>> {
  if (pollIds.length === 0) return new Map()
  const rows = await reader
    .select()
    .from(pollAnswers)
    .where(and(eq(pollAnswers.accountId, accountId), inArray(pollAnswers.pollId, pollIds)))
  return new Map(rows.map(({ pollId, choices }) => [pollId, choices]))
}

export async function accountsOf(reader: Reader, pollId: string): Promise<string[]> {
  const rows = await reader.select({ accountId: pollAnswers.accountId }).from(pollAnswers).where(eq(pollAnswers.pollId, pollId))
  return rows.map(({ accountId }) => accountId)
}

/** Counts from the answers themselves, so that nothing is ever counted twice. */
export async function countAll(reader: Reader, rows: Row[]): Promise<Counted[]> {
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  const people = await reader
    .select({ pollId: pollAnswers.pollId, people: count() })
    .from(pollAnswers)
    .where(inArray(pollAnswers.pollId, ids))
    .groupBy(pollAnswers.pollId)
  const chosen = sql<number>`unnest(${pollAnswers.choices})`.as('chosen')
  const each = reader.select({ pollId: pollAnswers.pollId, chosen }).from(pollAnswers).where(inArray(pollAnswers.pollId, ids)).as('each')
  const tallies = await reader
    .select({ pollId: each.pollId, chosen: each.chosen, people: count() })
    .from(each)
    .groupBy(each.pollId, each.chosen)
  return rows.map((row) => {
    const counts = Array.from({ length: choicesOf(row) }, () => 0)
    for (const tally of tallies) if (tally.pollId === row.id) counts[tally.chosen] = tally.people
    return { ...row, answered: people.find(({ pollId }) => pollId === row.id)?.people ?? 0, counts }
  })
}
