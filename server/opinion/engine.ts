import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Target } from '../db/postgres.ts'
import type { Reply, Request, Update } from './protocol.ts'

export type OpinionEngine = ReturnType<typeof createOpinionEngine>

type Waiting = { resolve: (update: Update | null) => void; reject: (error: Error) => void }

/**
 * Computes pictures in a thread of its own, one after another, so that nobody waits for them who asks for something else. The thread is started
 * when it is first needed, and again should it have died; with it goes only what it can read or be told again.
 * @param target the database that meetings are read from; null for conversations that are handed over.
 */
export function createOpinionEngine({ target }: { target: Target | null }) {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let last = 0
  let closed = false

  function start(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { workerData: target })
    started.on('message', (reply: Reply) => {
      const asker = waiting.get(reply.id)
      waiting.delete(reply.id)
      if (reply.ok) asker?.resolve(reply.update)
      else asker?.reject(new Error(`the opinion thread: ${reply.message}`))
    })
    started.on('error', (error) => failAll(error))
    started.on('exit', () => {
      if (worker === started) worker = null
      failAll(new Error('the opinion thread has ended'))
    })
    return started
  }

  function failAll(error: unknown) {
    const askers = [...waiting.values()]
    waiting.clear()
    for (const { reject } of askers) reject(error instanceof Error ? error : new Error(String(error)))
  }

  function ask(request: Request): Promise<Update | null> {
    if (closed) return Promise.reject(new Error('the opinion thread is closed'))
    worker ??= start()
    const id = ++last
    const answer = new Promise<Update | null>((resolve, reject) => waiting.set(id, { resolve, reject }))
    worker.postMessage({ id, ...request })
    return answer
  }

  const drawn = async (request: Request): Promise<Update> => (await ask(request))!

  return {
    /** More votes of a conversation that is handed over, and the picture with them. */
    add: (request: Omit<Extract<Request, { kind: 'votes' }>, 'kind'>) => drawn({ kind: 'votes', ...request }),
    /** The picture of a meeting as the database has it now. */
    refresh: (meetingId: string, setAside: Iterable<string>) =>
      drawn({ kind: 'refresh', conversationId: meetingId, setAside: [...setAside] }),
    /** Stores what keeps the names of the groups, and lets go of the rest. */
    forget: (conversationId: string) => ask({ kind: 'forget', conversationId }).then(() => undefined),
    /** What is being computed is broken off. */
    async close() {
      closed = true
      const ending = worker
      if (!ending) return
      const ended = once(ending, 'exit')
      await ending.terminate()
      await ended.catch(() => {})
    },
  }
}
