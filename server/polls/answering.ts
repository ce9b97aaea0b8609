import { AppError } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import { isAnswer } from '../../shared/polls.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import { createBatcher } from '../suggestions/batcher.ts'
import { isOutage } from '../transport/failures.ts'
import * as store from './store.ts'

type Wish = { actor: Actor; accountId: string; id: string; pollId: string; choices: number[] }
type Deps = { db: Db; audit: Pick<AuditService, 'recordAll'>; touch(tx: Tx, poll: store.Row): void }

/** A hall answers within the same few seconds: answers are stored in groups, as suggestions are. */
export function createAnswering({ db, audit, touch }: Deps) {
  const batcher = createBatcher<Wish, AppError | null>({
    store: (wishes) => db.transaction((tx) => storeAll(tx, wishes)),
    isOutage,
    most: 200,
    everyMs: 20,
    room: 5_000,
  })

  async function storeAll(tx: Tx, wishes: readonly Wish[]): Promise<(AppError | null)[]> {
    const rows = await store.lockPolls(tx, [...new Set(wishes.map(({ pollId }) => pollId))])
    const refusals = wishes.map((wish) =>
      refusalOf(
        wish,
        rows.find(({ id }) => id === wish.pollId),
      ),
    )
    const accepted = newestOf(wishes.filter((_, index) => refusals[index] === null))
    if (accepted.length === 0) return refusals
    const written = await store.putAnswers(
      tx,
      accepted.map(({ id: commandId, pollId, accountId, choices }) => ({ commandId, pollId, accountId, choices })),
    )
    if (written.length === 0) return refusals
    const actors = new Map(wishes.map(({ accountId, actor }) => [accountId, actor]))
    // Never the choices: the trail is for ever, and names its actors.
    const entries = written.map(({ pollId, accountId }) => ({
      actor: actors.get(accountId)!,
      action: 'poll:answer',
      subjectId: pollId,
      details: { meetingId: rows.find(({ id }) => id === pollId)?.meetingId },
    }))
    await audit.recordAll(tx, entries)
    for (const row of rows) if (written.some(({ pollId }) => pollId === row.id)) touch(tx, row)
    return refusals
  }

  return {
    /** @throws AppError `conflict` once it is closed, `invalid-input` for what is no answer to it. */
    async answer(wish: Wish) {
      const refusal = await batcher.add(wish)
      if (refusal) throw refusal
    },
    close: batcher.close,
  }
}

function refusalOf({ choices }: Wish, poll: store.Row | undefined): AppError | null {
  if (!poll) return new AppError('not-found', 'no-such-poll')
  if (poll.closedAt) return new AppError('conflict', 'poll-closed')
  return isAnswer(poll, choices) ? null : new AppError('invalid-input', 'invalid-input', { choices: 'no-answer' })
}

/** One statement cannot write a row twice: of several answers of one person the latest. */
function newestOf(wishes: Wish[]): Wish[] {
  const newest = new Map<string, Wish>()
  for (const wish of wishes) {
    const key = `${wish.pollId} ${wish.accountId}`
    const before = newest.get(key)
    if (!before || before.id < wish.id) newest.set(key, wish)
  }
  return [...newest.values()].sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
}
