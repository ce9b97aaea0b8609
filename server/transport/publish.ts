import type { Audience } from '../../shared/commands.ts'
import type { News, NewsItem, NewsName } from '../../shared/contract.ts'
import type { Tx } from '../db/db.ts'
import type { Io } from './socket.ts'

/** News of one tick leaves as one frame, encoded once for all who hear it. */
const tickMs = 50

export const audienceRoom = (meetingId: string, audience: Audience) => `meeting:${meetingId}:${audience}`
export const accountRoom = (accountId: string) => `account:${accountId}`
export const sessionRoom = (sessionId: string) => `session:${sessionId}`

export type Publish = ReturnType<typeof createPublisher>['publish']

/** Tells the audiences of a meeting what changed, once it is stored: nobody hears of a change that did not happen. */
export function createPublisher(io: Io) {
  const waiting = new Map<string, NewsItem[]>()
  let timer: NodeJS.Timeout | undefined

  function flush() {
    timer = undefined
    for (const [room, items] of waiting) io.to(room).emit('news', items)
    waiting.clear()
  }

  function add(room: string, item: NewsItem) {
    const items = waiting.get(room)
    if (items) items.push(item)
    else waiting.set(room, [item])
    timer ??= setTimeout(flush, tickMs)
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
    close() {
      clearTimeout(timer)
      flush()
    },
  }
}
