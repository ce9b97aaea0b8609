import { AppError, found } from '../../shared/errors.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import { type Choice, outcomeOf, type Rule, type Vote } from '../../shared/votes.ts'
import type { AuditService } from '../audit/service.ts'
import { findParticipant, lockChairing, presentVoters, readChairing } from '../chairing/store.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import { type MeetingService, requireLive } from '../meetings/service.ts'
import type { Publish } from '../transport/publish.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require' | 'byId' | 'onEnd'>
  publish: Publish
  now: () => Date
}
type Motion = Rule & { id: string; meetingId: string; question: string; secret: boolean }

export type VoteService = ReturnType<typeof createVoteService>

/** Votes of a meeting, one at a time: opened, cast and closed under the meeting's one lock of chairing. */
export function createVoteService({ db, audit, meetings, publish, now }: Deps) {
  const byId = async (tx: Tx, voteId: string) => found((await store.readVotes(tx, [voteId]))[0], 'no-such-vote')
  const closeListeners: ((meetingId: string) => void)[] = []
  const meetingOf = async (voteId: string) => found(await store.findVote(db.reader, voteId), 'no-such-vote').meetingId

  async function tell(tx: Tx, voteId: string): Promise<Vote> {
    const vote = await byId(tx, voteId)
    publish(tx, vote.meetingId, ['room'], 'vote:changed', vote)
    return vote
  }

  /** Counts as present: who is in the room, and who voted and left. Needs the lock. */
  async function close(tx: Tx, actor: Actor, vote: Vote): Promise<Vote> {
    const { quorum } = await readChairing(tx, vote.meetingId)
    const [tallies, voters, there] = [
      await store.readTallies(tx, vote.id),
      await store.listVoterIds(tx, vote.id),
      await presentVoters(tx, vote.meetingId),
    ]
    const present = new Set([...voters, ...there]).size
    const outcome = outcomeOf(vote, tallies, present, quorum)
    await store.updateVote(tx, vote.id, { closedAt: now().toISOString(), present, quorum, outcome })
    await audit.record(tx, actor, 'vote:close', vote.id, { meetingId: vote.meetingId, ...tallies, present, outcome })
    tx.afterCommit(() => {
      for (const listener of closeListeners) listener(vote.meetingId)
    })
    return tell(tx, vote.id)
  }

  meetings.onEnd(async (tx, actor, meeting) => {
    await lockChairing(tx, meeting.id)
    const running = await store.findRunning(tx, meeting.id)
    if (running) await close(tx, actor, await byId(tx, running))
  })

  return {
    /** Called after a vote of a meeting is closed, on the node that closed it. */
    onClose: (listener: (meetingId: string) => void) => void closeListeners.push(listener),
    async closed(reader: Reader, meetingId: string): Promise<Vote[]> {
      const votes = await store.readVotes(reader, await store.listVoteIds(reader, meetingId))
      return votes.filter(({ closedAt }) => closedAt !== null)
    },

    async list(actor: Actor, { meetingId }: { meetingId: string }): Promise<Vote[]> {
      await meetings.require(db.reader, actor, 'room:enter', meetingId)
      return store.readVotes(db.reader, await store.listVoteIds(db.reader, meetingId))
    },

    /** @throws AppError `conflict` while another vote runs. */
    open: (actor: Actor, { id, meetingId, question, secret, majority, base }: Motion): Promise<Vote> =>
      db.transaction(async (tx) => {
        await meetings.require(tx, actor, 'room:chair', meetingId)
        await lockChairing(tx, meetingId)
        const meeting = await meetings.byId(tx, meetingId)
        requireLive(meeting)
        const known = await store.findVote(tx, id)
        if (known?.meetingId === meetingId) return byId(tx, id)
        if (known) throw new AppError('conflict', 'id-taken')
        if (await store.findRunning(tx, meetingId)) throw new AppError('conflict', 'vote-runs')
        const motion = { id, meetingId, question, secret, majority, base }
        await store.insertVote(tx, { ...motion, agendaItemId: meeting.currentAgendaItemId, openedAt: now().toISOString() })
        await audit.record(tx, actor, 'vote:open', id, { meetingId, secret })
        return tell(tx, id)
      }),

    /**
     * A ballot stands once it is in. To cast it again changes nothing: in an open vote a different choice is refused, in a
     * secret one the answer is the same whatever is chosen, since what was chosen is not known.
     * @throws AppError `conflict` for somebody who is not in the room, and once the vote is closed.
     */
    cast: async (actor: Actor, { voteId, choice }: { voteId: string; choice: Choice }): Promise<Vote> => {
      const meetingId = await meetingOf(voteId)
      return db.transaction(async (tx) => {
        await meetings.require(tx, actor, 'vote:cast', meetingId)
        await lockChairing(tx, meetingId)
        const vote = await byId(tx, voteId)
        const self = await findParticipant(tx, meetingId, { accountId: signedIn(actor) })
        const before = self && (await store.findBallot(tx, voteId, self.id))
        if (before !== undefined) {
          if (before !== null && before !== choice) throw new AppError('conflict', 'already-voted')
          return vote
        }
        if (!self?.present) throw new AppError('conflict', 'not-in-the-room')
        if (vote.closedAt) throw new AppError('conflict', 'vote-closed')
        await store.insertBallot(tx, vote, self.id, choice)
        await store.updateVote(tx, voteId)
        // Never the choice: the trail is for ever, and names its actors.
        await audit.record(tx, actor, 'vote:cast', voteId, { meetingId })
        return tell(tx, voteId)
      })
    },

    close: async (actor: Actor, { voteId }: { voteId: string }): Promise<Vote> => {
      const meetingId = await meetingOf(voteId)
      return db.transaction(async (tx) => {
        await meetings.require(tx, actor, 'room:chair', meetingId)
        await lockChairing(tx, meetingId)
        const vote = await byId(tx, voteId)
        return vote.closedAt ? vote : close(tx, actor, vote)
      })
    },
  }
}
