import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { AppError } from '../../shared/errors.ts'
import type { RequestName, Requests } from './engine-requests.ts'

export type TextEngine = ReturnType<typeof createTextEngine>

type Waiting = { resolve: (answer: never) => void; reject: (error: Error) => void }

/** More than so many at once means that it cannot keep up: better no hint than a late one. */
const mostWaiting = 200

/** The thread that reads Chinese words. It starts with the first request, and anew after it has died. */
export function createTextEngine({ log }: { log: Logger }) {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let turns = 0
  let closed = false

  function start(): Worker {
    const started = new Worker(new URL('./engine-worker.ts', import.meta.url))
    started.on('message', ({ turn, answer }: { turn: number; answer: never }) => {
      waiting.get(turn)?.resolve(answer)
      waiting.delete(turn)
    })
    started.on('error', (error) => log.error({ err: error }, 'the thread that reads words has failed'))
    started.on('exit', () => {
      if (worker === started) worker = undefined
      for (const { reject } of waiting.values()) reject(new AppError('unavailable', 'text-engine-stopped'))
      waiting.clear()
    })
    started.unref()
    return started
  }

  return {
    /** @throws AppError `unavailable` when it has too much to do, or died over it. */
    ask<K extends RequestName>(name: K, input: Requests[K]['input']): Promise<Requests[K]['output']> {
      if (closed || waiting.size >= mostWaiting) return Promise.reject(new AppError('unavailable', 'text-engine-busy'))
      worker ??= start()
      const turn = turns++
      const answer = new Promise<Requests[K]['output']>((resolve, reject) => waiting.set(turn, { resolve, reject }))
      worker.postMessage({ turn, request: { name, input } })
      return answer
    },
    async close() {
      closed = true
      await worker?.terminate()
    },
  }
}
