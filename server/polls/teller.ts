import type { Logger } from 'pino'
import { type PollCount, seesCounts } from '../../shared/polls.ts'
import type { Db, Tx } from '../db/db.ts'
import type { createPublisher } from '../transport/publish.ts'
import * as store from './store.ts'

type Deps = { db: Db; publisher: Pick<ReturnType<typeof createPublisher>, 'publish' | 'publishToAll'>; log: Logger }

const everyMs = 1_000
/** The counts are read after the answers' own transaction, and are told at once. */
const atOnce: Pick<Tx, 'afterCommit'> = { afterCommit: (listener) => listener() }

/** Tells how polls stand, once a second while answers come: the numbers only to those who may see them. */
export function createPollTeller({ db, publisher, log }: Deps) {
  const touched = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let telling: Promise<void> = Promise.resolve()

  function touch(pollId: string) {
    touched.add(pollId)
    timer ??= setTimeout(() => {
      timer = undefined
      telling = telling.then(tellAll)
    }, everyMs)
  }

  async function tellAll() {
    const ids = [...touched]
    touched.clear()
    for (const pollId of ids) {
      try {
        const row = await store.findPoll(db.reader, pollId)
        const [poll] = row ? await store.countAll(db.reader, [row]) : []
        // What was closed meanwhile was told whole.
        if (poll && !poll.closedAt) await tell(poll)
      } catch (error) {
        log.warn({ err: error, pollId }, 'a poll could not be counted; trying again')
        touch(pollId)
      }
    }
  }

  async function tell({ id, meetingId, answered, counts, writes, results, closedAt }: store.Counted) {
    const count: PollCount = { id, meetingId, answered, counts, writes }
    const forAll = seesCounts({ results, closedAt }, { chair: false, answered: false }) ? count : { ...count, counts: null }
    publisher.publish(atOnce, meetingId, ['public', 'room'], 'poll:counted', forAll)
    if (forAll.counts) return
    publisher.publish(atOnce, meetingId, ['chair'], 'poll:counted', count)
    if (seesCounts({ results, closedAt }, { chair: false, answered: true }))
      publisher.publishToAll(atOnce, await store.accountsOf(db.reader, id), 'poll:counted', count)
  }

  return {
    touch,
    async close() {
      if (timer) {
        clearTimeout(timer)
        telling = telling.then(tellAll)
      }
      await telling
      clearTimeout(timer)
    },
  }
}
