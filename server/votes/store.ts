import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Choice, Tallies, Vote } from '../../shared/votes.ts'
import type { Reader, Tx } from '../db/db.ts'
import { participants, sites } from '../meetings/schema.ts'
import { votes, voteTallies, voteVoters } from './schema.ts'

type Row = typeof votes.$inferSelect

/** Votes whole, in the order of `ids`. Of a running one nothing leaves here but who has voted. */
export async function readVotes(reader: Reader, ids: string[]): Promise<Vote[]> {
  if (ids.length === 0) return []
  const rows = await reader.select().from(votes).where(inArray(votes.id, ids))
  const tallies = await reader.select().from(voteTallies).where(inArray(voteTallies.voteId, ids))
  const voters = await reader
    .select({ ...voterColumns, voteId: voteVoters.voteId, choice: voteVoters.choice })
    .from(voteVoters)
    .innerJoin(participants, eq(participants.id, voteVoters.participantId))
    .leftJoin(sites, eq(sites.id, participants.siteId))
    .where(inArray(voteVoters.voteId, ids))
    .orderBy(asc(voteVoters.participantId))
  const whole = ({ present, quorum, outcome, ...row }: Row): Vote => {
    const own = voters.filter(({ voteId }) => voteId === row.id)
    const { yes = 0, no = 0, abstain = 0 } = tallies.find(({ voteId }) => voteId === row.id) ?? {}
    const ended = row.closedAt !== null && present !== null && outcome !== null
    return {
      ...row,
      voterIds: own.map(({ participantId }) => participantId),
      result: ended ? { yes, no, abstain, present, quorum, outcome } : null,
      ballots: ended
        ? own.flatMap(({ participantId, name, siteName, choice }) => (choice === null ? [] : [{ participantId, name, siteName, choice }]))
        : [],
    }
  }
  const byId = new Map(rows.map((row) => [row.id, whole(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

const voterColumns = { participantId: voteVoters.participantId, name: participants.name, siteName: sites.name }

export async function listVoteIds(reader: Reader, meetingId: string): Promise<string[]> {
  const rows = await reader
    .select({ id: votes.id })
    .from(votes)
    .where(eq(votes.meetingId, meetingId))
    .orderBy(desc(votes.openedAt), desc(votes.id))
    .limit(200)
  return rows.map(({ id }) => id)
}

export async function findRunning(reader: Reader, meetingId: string): Promise<string | null> {
  const [row] = await reader
    .select({ id: votes.id })
    .from(votes)
    .where(and(eq(votes.meetingId, meetingId), isNull(votes.closedAt)))
  return row?.id ?? null
}

export async function findVote(reader: Reader, voteId: string): Promise<Row | undefined> {
  const [row] = await reader.select().from(votes).where(eq(votes.id, voteId))
  return row
}

export async function insertVote(tx: Tx, vote: typeof votes.$inferInsert) {
  await tx.insert(votes).values(vote)
  await tx.insert(voteTallies).values({ voteId: vote.id })
}

/** What this participant chose in an open vote, null in a secret one; undefined for one who has not voted. */
export async function findBallot(reader: Reader, voteId: string, participantId: string) {
  const mine = and(eq(voteVoters.voteId, voteId), eq(voteVoters.participantId, participantId))
  const [row] = await reader.select({ choice: voteVoters.choice }).from(voteVoters).where(mine)
  return row?.choice
}

/** Puts one ballot in, whole: who (and in an open vote what), and the numbers, all three of them whatever was chosen. */
export async function insertBallot(tx: Tx, { id, secret }: Pick<Row, 'id' | 'secret'>, participantId: string, choice: Choice) {
  await tx.insert(voteVoters).values({ voteId: id, participantId, choice: secret ? null : choice })
  const plus = (one: Choice) => sql`${voteTallies[one]} + ${choice === one ? 1 : 0}`
  await tx
    .update(voteTallies)
    .set({ yes: plus('yes'), no: plus('no'), abstain: plus('abstain') })
    .where(eq(voteTallies.voteId, id))
}

export async function readTallies(reader: Reader, voteId: string): Promise<Tallies> {
  const [row] = await reader.select().from(voteTallies).where(eq(voteTallies.voteId, voteId))
  const { yes = 0, no = 0, abstain = 0 } = row ?? {}
  return { yes, no, abstain }
}

export async function listVoterIds(reader: Reader, voteId: string): Promise<string[]> {
  const rows = await reader.select({ id: voteVoters.participantId }).from(voteVoters).where(eq(voteVoters.voteId, voteId))
  return rows.map(({ id }) => id)
}

export async function updateVote(tx: Tx, voteId: string, changes: Partial<Row> = {}) {
  await tx
    .update(votes)
    .set({ ...changes, version: sql`${votes.version} + 1` })
    .where(eq(votes.id, voteId))
}
