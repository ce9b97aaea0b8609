import type { Db } from '../db/db.ts'
import { type Conversation, createConversation, type VoteBatch } from './conversation.ts'
import { vote } from './matrix.ts'
import { createRoster } from './roster.ts'
import * as store from './store.ts'

/** How far back votes are read again: they are committed a little after the time that they carry, and by clocks of several nodes. */
const overlapMs = 60_000
/** So many suggestions at a time, so that a large meeting's votes are never all in memory as rows. */
const atATime = 50
const storeEveryMs = 20_000

type Known = { members: Map<string, string>; newest: number; storedAt: number }

/** Keeps conversations up with what the database holds of their meetings, reading only what is new. */
export function createMeetingReader({ reader }: Pick<Db, 'reader'>) {
  const meetings = new Map<string, Known>()

  return {
    async open(meetingId: string): Promise<Conversation> {
      meetings.set(meetingId, { members: new Map(), newest: 0, storedAt: performance.now() })
      return createConversation(await store.findState(reader, meetingId))
    },

    /** What is to be added. Suggestions of which something was merged, unmerged or hidden are cleared, and read from their beginning. */
    async changes(meetingId: string, conversation: Conversation): Promise<VoteBatch[]> {
      const known = meetings.get(meetingId)!
      const judged = await store.listJudged(reader, meetingId)
      const members = new Map(judged.map((one) => [one.id, one.members.join()]))
      const isAsBefore = (id: string) => known.members.get(id) === members.get(id)
      conversation.clear([...known.members.keys()].filter((id) => !isAsBefore(id)))
      const [same, other] = [judged.filter(({ id }) => isAsBefore(id)), judged.filter(({ id }) => !isAsBefore(id))]
      const since = Math.max(0, known.newest - overlapMs)
      known.members = members
      return [...(await read(known, same, since)), ...(await read(known, other, 0))]
    },

    /** Stored now and then only: it is worth a letter, not a vote. */
    async keep(meetingId: string, conversation: Conversation) {
      const known = meetings.get(meetingId)!
      if (performance.now() - known.storedAt < storeEveryMs) return
      known.storedAt = performance.now()
      await store.putState(reader, meetingId, conversation.state())
    },

    async close(meetingId: string, conversation: Conversation | undefined) {
      if (conversation) await store.putState(reader, meetingId, conversation.state())
      meetings.delete(meetingId)
    },
  }

  async function read(known: Known, judged: store.Judged[], since: number): Promise<VoteBatch[]> {
    const batches: VoteBatch[] = []
    for (let first = 0; first < judged.length; first += atATime) {
      const votes = await store.listVotesOn(reader, judged.slice(first, first + atATime), since)
      known.newest = votes.reduce((newest, { at }) => Math.max(newest, at), known.newest)
      if (votes.length > 0) batches.push(batchOf(votes))
    }
    return batches
  }
}

function batchOf(votes: store.GivenVote[]): VoteBatch {
  const [people, suggestions] = [createRoster(), createRoster()]
  const log = {
    rows: Int32Array.from(votes, ({ accountId }) => people.numberOf(accountId)),
    columns: Int32Array.from(votes, ({ suggestionId }) => suggestions.numberOf(suggestionId)),
    votes: Int8Array.from(votes, ({ stance }) => vote[stance]),
  }
  return { people: [...people.ids], suggestions: [...suggestions.ids], log }
}
