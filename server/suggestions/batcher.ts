import { AppError } from '../../shared/errors.ts'

type BatcherDeps<Item, Outcome> = {
  /** Stores a batch in one transaction, and gives what becomes of each. It must not have stored anything when it throws. */
  store(items: readonly Item[]): Promise<readonly Outcome[]>
  /** Whether an error is nobody's fault in particular, so that storing the parts again would only fail again. */
  isOutage(error: unknown): boolean
  /** The most that one batch holds. */
  most: number
  /** Batches begin at least this far apart, so that under load they grow. The first after a pause begins at once. */
  everyMs: number
  /** How many may wait before the next one is turned away. */
  room: number
}

type Waiting<Item, Outcome> = { item: Item; resolve(outcome: Outcome): void; reject(error: unknown): void }

/**
 * Group commit: what comes while one batch is being stored goes into the next, one batch at a time. Each item gets an answer of
 * its own, after its batch is committed. A batch that cannot be stored is halved until whatever is at fault stands alone.
 */
export function createBatcher<Item, Outcome>({ store, isOutage, most, everyMs, room }: BatcherDeps<Item, Outcome>) {
  const queue: Waiting<Item, Outcome>[] = []
  let running: Promise<void> | null = null
  let begunAt = Number.NEGATIVE_INFINITY
  let closed = false

  async function run() {
    // At the end of the turn, so that everything a turn brought is stored together.
    await new Promise<void>((resolve) => void setImmediate(resolve))
    while (queue.length > 0) {
      const early = begunAt + everyMs - performance.now()
      if (early > 0 && queue.length < most && !closed) await new Promise<void>((resolve) => void setTimeout(resolve, early))
      begunAt = performance.now()
      await settle(queue.splice(0, most))
    }
    running = null
  }

  async function settle(batch: Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await store(batch.map(({ item }) => item))
      for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index]!)
    } catch (error) {
      if (batch.length === 1 || isOutage(error)) return batch.forEach(({ reject }) => void reject(error))
      const half = batch.length >> 1
      await settle(batch.slice(0, half))
      await settle(batch.slice(half))
    }
  }

  return {
    /** @throws AppError `unavailable` when too many wait already, or the program is about to end; and whatever storing this item throws. */
    add: (item: Item): Promise<Outcome> =>
      new Promise((resolve, reject) => {
        if (closed || queue.length >= room) return reject(new AppError('unavailable', 'unavailable'))
        queue.push({ item, resolve, reject })
        running ??= run()
      }),
    /** Stores what waits already, and takes no more. */
    async close() {
      closed = true
      await running
    },
  }
}
