import type { Audience } from '../../shared/commands.ts'
import type { News, NewsItem, NewsName } from '../../shared/contract.ts'
import type { Tx } from '../db/db.ts'
import type { Io } from './socket.ts'

/**
 * News of one tick leaves as one frame, encoded once for all who hear it. A frame to a few is cheap, and leaves soon. One to
 * thousands takes tens of milliseconds; such an audience gets its frames further apart, so that sending leaves most of the
 * time to other work, and the more is said meanwhile, the more of it one frame carries. Where so much is said that nobody can
 * read it as it comes, frames stand further apart still.
 */
const pace = { shortestMs: 50, longestMs: 160, timesCost: 5, crowdedFrom: 16, crowdedMs: 240 }

export const audienceRoom = (meetingId: string, audience: Audience) => `meeting:${meetingId}:${audience}`
export const accountRoom = (accountId: string) => `account:${accountId}`
export const sessionRoom = (sessionId: string) => `session:${sessionId}`

/** What waits for one audience, and how long it waits from the first of it. */
type Queue = { items: NewsItem[]; timer: NodeJS.Timeout | undefined; waitMs: number }

export type Publish = ReturnType<typeof createPublisher>['publish']

/** Tells the audiences of a meeting what changed, once it is stored: nobody hears of a change that did not happen. */
export function createPublisher(io: Io) {
  const queues = new Map<string, Queue>()

  /** For one alone, packing is dearer than sending. */
  const isShared = (room: string) => (io.of('/').adapter.rooms.get(room)?.size ?? 0) > 1

  function flush(room: string, queue: Queue) {
    const { items } = queue
    queue.items = []
    queue.timer = undefined
    const begun = performance.now()
    // The frame is encoded once, and written to every socket before this returns.
    io.to(room).compress(isShared(room)).emit('news', items)
    const longestMs = items.length < pace.crowdedFrom ? pace.longestMs : pace.crowdedMs
    queue.waitMs = Math.min(longestMs, Math.max(pace.shortestMs, pace.timesCost * (performance.now() - begun)))
    if (queue.waitMs === pace.shortestMs) queues.delete(room)
  }

  function add(room: string, item: NewsItem) {
    const queue = queues.get(room) ?? { items: [], timer: undefined, waitMs: pace.shortestMs }
    queues.set(room, queue)
    queue.items.push(item)
    queue.timer ??= setTimeout(flush, queue.waitMs, room, queue)
  }

  return {
    publish<K extends NewsName>(
      tx: Pick<Tx, 'afterCommit'>,
      meetingId: string,
      audiences: Audience[],
      name: K,
      payload: Parameters<News[K]>[0],
    ) {
      // A name and its payload are typed together by K; the union of pairs cannot see that.
      const item = [name, payload] as NewsItem
      tx.afterCommit(() => {
        for (const audience of audiences) add(audienceRoom(meetingId, audience), item)
      })
    },
    /** Tells one account on all its connections, such as the author of a suggestion. */
    publishTo<K extends NewsName>(tx: Pick<Tx, 'afterCommit'>, accountId: string, name: K, payload: Parameters<News[K]>[0]) {
      const item = [name, payload] as NewsItem
      tx.afterCommit(() => add(accountRoom(accountId), item))
    },
    /** Tells several accounts by one frame, encoded once. It does not wait for others: whoever calls it gathers by itself. */
    publishToAll<K extends NewsName>(tx: Pick<Tx, 'afterCommit'>, accountIds: string[], name: K, payload: Parameters<News[K]>[0]) {
      if (accountIds.length === 0) return
      const items = [[name, payload] as NewsItem]
      tx.afterCommit(() => io.to(accountIds.map(accountRoom)).emit('news', items))
    },
    close() {
      for (const [room, queue] of queues) {
        clearTimeout(queue.timer)
        if (queue.items.length > 0) flush(room, queue)
      }
      queues.clear()
    },
  }
}
