import type { Logger } from 'pino'
import type { z } from 'zod'
import { AppError, found } from '../../shared/errors.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow, can, signedIn } from '../../shared/policy.ts'
import { type Poll, type PollView, type pollCommands, seesCounts } from '../../shared/polls.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { GuardService } from '../guard/service.ts'
import { type MeetingService, requireLive } from '../meetings/service.ts'
import type { createPublisher } from '../transport/publish.ts'
import { createAnswering } from './answering.ts'
import * as store from './store.ts'
import { createPollTeller } from './teller.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require' | 'byId' | 'onEnd'>
  guard: Pick<GuardService, 'admit'>
  publisher: Pick<ReturnType<typeof createPublisher>, 'publish' | 'publishToAll'>
  now: () => Date
  log: Logger
}
type Question = z.output<(typeof pollCommands)['poll:open']['input']>

export type PollService = ReturnType<typeof createPollService>

/** What the chair asks everybody, in the room and on phones: one question at a time, opened, answered and closed. */
export function createPollService({ db, audit, meetings, guard, publisher, now, log }: Deps) {
  const teller = createPollTeller({ db, publisher, log })
  const answering = createAnswering({ db, audit, touch: (tx, { id }) => tx.afterCommit(() => teller.touch(id)) })

  const closeListeners: ((meetingId: string) => void)[] = []

  /** Opening and closing are told whole: to all with the numbers that all may see, which is all of them once it is closed. */
  async function tell(tx: Tx, row: store.Row) {
    const [poll] = await store.countAll(tx, [row])
    const visible = seesCounts(row, { chair: false, answered: false })
    publisher.publish(tx, row.meetingId, ['public', 'room'], 'poll:changed', { ...poll!, counts: visible ? poll!.counts : null })
  }

  /** What somebody may see of polls of one meeting, with their own answers. */
  async function views(reader: Reader, actor: Actor, meetingId: string, rows: store.Row[]): Promise<PollView[]> {
    const chair = can(actor, 'room:chair', subjectOfMeeting(await meetings.byId(reader, meetingId)))
    const ids = rows.map(({ id }) => id)
    const own = actor.accountId === null ? new Map<string, number[]>() : await store.answersOf(reader, actor.accountId, ids)
    return (await store.countAll(reader, rows)).map((poll) => {
      const mine = own.get(poll.id) ?? null
      return { ...poll, counts: seesCounts(poll, { chair, answered: mine !== null }) ? poll.counts : null, mine }
    })
  }

  async function view(reader: Reader, actor: Actor, row: store.Row): Promise<PollView> {
    return (await views(reader, actor, row.meetingId, [row]))[0]!
  }

  async function close(tx: Tx, actor: Actor, row: store.Row): Promise<store.Row> {
    const closed = await store.closePoll(tx, row.id, now().toISOString())
    const [poll] = await store.countAll(tx, [closed])
    const { answered, counts } = poll!
    await audit.record(tx, actor, 'poll:close', row.id, { meetingId: row.meetingId, answered, counts })
    await tell(tx, closed)
    tx.afterCommit(() => {
      for (const listener of closeListeners) listener(row.meetingId)
    })
    return closed
  }

  meetings.onEnd(async (tx, actor, meeting) => {
    const running = await store.findRunning(tx, meeting.id)
    const [row] = running ? await store.lockPolls(tx, [running.id]) : []
    if (row && !row.closedAt) await close(tx, actor, row)
  })

  return {
    /** Called after a poll of a meeting is closed, on the node that closed it. */
    onClose: (listener: (meetingId: string) => void) => void closeListeners.push(listener),
    async closed(reader: Reader, meetingId: string): Promise<Poll[]> {
      const rows = await store.listPolls(reader, meetingId)
      return store.countAll(
        reader,
        rows.filter(({ closedAt }) => closedAt !== null),
      )
    },

    /** What an anonymous visitor answered to an open question is from now on the account's, and one answer. */
    async unite(tx: Tx, from: string, to: string) {
      const ids = await store.moveAnswers(tx, from, to)
      tx.afterCommit(() => {
        for (const id of ids) teller.touch(id)
      })
    },

    async list(actor: Actor, { meetingId }: { meetingId: string }): Promise<PollView[]> {
      await meetings.require(db.reader, actor, 'meeting:read', meetingId)
      return views(db.reader, actor, meetingId, await store.listPolls(db.reader, meetingId))
    },

    /** @throws AppError `conflict` while another poll runs. */
    open: (actor: Actor, question: Question): Promise<PollView> =>
      db.transaction(async (tx) => {
        const { id, meetingId } = question
        const meeting = await meetings.require(tx, actor, 'room:chair', meetingId)
        requireLive(meeting)
        const known = await store.findPoll(tx, id)
        if (known?.meetingId === meetingId) return view(tx, actor, known)
        if (known) throw new AppError('conflict', 'id-taken')
        const row = { ...question, agendaItemId: meeting.currentAgendaItemId, openedAt: now().toISOString() }
        if (!(await store.insertPoll(tx, row))) throw new AppError('conflict', 'poll-runs')
        await audit.record(tx, actor, 'poll:open', id, { meetingId, kind: question.kind, question: question.question })
        const opened = found(await store.findPoll(tx, id), 'no-such-poll')
        await tell(tx, opened)
        return view(tx, actor, opened)
      }),

    async answer(actor: Actor, wish: { id: string; pollId: string; choices: number[] }): Promise<PollView> {
      allow(actor, 'poll:answer')
      const accountId = signedIn(actor)
      const { meetingId } = found(await store.findPoll(db.reader, wish.pollId), 'no-such-poll')
      await guard.admit(db.reader, actor, meetingId)
      await answering.answer({ ...wish, actor, accountId })
      return view(db.reader, actor, found(await store.findPoll(db.reader, wish.pollId), 'no-such-poll'))
    },

    close: (actor: Actor, { pollId }: { pollId: string }): Promise<PollView> =>
      db.transaction(async (tx) => {
        signedIn(actor)
        const [row] = await store.lockPolls(tx, [pollId])
        const poll = found(row, 'no-such-poll')
        await meetings.require(tx, actor, 'room:chair', poll.meetingId)
        return view(tx, actor, poll.closedAt ? poll : await close(tx, actor, poll))
      }),

    /** Stores the answers that wait, and tells how polls stand a last time. */
    async end() {
      await answering.close()
      await teller.close()
    },
  }
}
