import type { Logger } from 'pino'
import type { Edit } from './store.ts'

const limits = { edits: 2_000, bytes: 4 * 1024 * 1024 }
const batchLength = 1_000
const retryMs = { first: 100, most: 5_000 }

type WriterDeps<E extends Edit> = {
  /** Stores a batch in one transaction. Called with one batch at a time, and again with the same one after a failure. */
  store(edits: readonly E[]): Promise<void>
  /** A batch begins to be stored: the moment to tell others of it. Called once for each batch. */
  onTaken(edits: readonly E[]): void
  /** The queue is full (true) or has room again (false). */
  onPressure(full: boolean): void
  log: Logger
}

/**
 * Group commit: what arrives while one transaction runs goes into the next one. An edit that cannot be stored is tried again
 * until it can; the bounded queue then stops those who write.
 */
export function createWriter<E extends Edit>({ store, onTaken, onPressure, log }: WriterDeps<E>) {
  const queue: E[] = []
  const waiting: { upTo: number; done: () => void }[] = []
  let bytes = 0
  let pushed = 0
  let stored = 0
  let running = false
  let full = false

  function press() {
    const factor = full ? 0.5 : 1
    const now = queue.length > limits.edits * factor || bytes > limits.bytes * factor
    if (now === full) return
    full = now
    onPressure(full)
  }

  async function run() {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchLength)
      onTaken(batch)
      await storeAtLast(batch)
      stored += batch.length
      bytes -= batch.reduce((sum, edit) => sum + edit.update.length, 0)
      press()
      while (waiting[0] && waiting[0].upTo <= stored) waiting.shift()!.done()
    }
    running = false
  }

  async function storeAtLast(batch: readonly E[]) {
    for (let wait = retryMs.first; ; wait = Math.min(wait * 2, retryMs.most)) {
      try {
        return await store(batch)
      } catch (error) {
        log.error({ error, edits: batch.length }, 'minutes cannot be stored; trying again')
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
  }

  return {
    push(edit: E) {
      queue.push(edit)
      pushed += 1
      bytes += edit.update.length
      press()
      if (running) return
      running = true
      // At the end of the turn, so that everything a turn brought leaves as one frame and is stored in one transaction.
      setImmediate(() => void run())
    },
    /** Resolves once everything pushed so far is committed. */
    stored: () =>
      new Promise<void>((resolve) => {
        if (stored === pushed) resolve()
        else waiting.push({ upTo: pushed, done: resolve })
      }),
    isIdle: () => stored === pushed,
  }
}
