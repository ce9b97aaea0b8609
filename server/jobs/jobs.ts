import { sql } from 'drizzle-orm'
import { fromDrizzle, type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Db, Tx } from '../db/db.ts'

export type Jobs = ReturnType<typeof createJobs>

/** What a job does. It may run twice when the program dies in it; `attempt` counts from 1. */
export type Work<T extends object> = (data: T, job: { attempt: number; last: boolean }) => Promise<void>

export type QueueOptions = {
  /** How often it is tried again after a failure, and the first wait before that; each further wait is about twice as long. */
  retries?: number
  retryAfterSeconds?: number
  /** A job that takes longer is given up and tried again. */
  expireInSeconds?: number
  /** How many a node does at the same time. */
  together?: number
}

type Worker = { run: Work<object>; options: QueueOptions; id?: string }

/** A schema of its own in our database. */
const schema = 'jobs'
const fetchedAtOnce = 20
/** Less than what a stop of the program may take in all. */
const stopLimitMs = 8_000

/**
 * Work that must not be lost: a job is stored in the transaction that causes it, runs on exactly one node, and is tried
 * again when it fails. What came due while nothing ran is done after the next start. Sending works before `start`; working does not.
 * Each node looks every few seconds for jobs of other nodes; its own wake it at once.
 */
export function createJobs({ db, log, lookEverySeconds = 5 }: { db: Db; log: Logger; lookEverySeconds?: number }) {
  const boss = new PgBoss({
    schema,
    db: { executeSql: async (text, values) => flat(await db.pool.query(text, values)) },
    registerInstance: false,
    // Our own pool and its long transactions are watched elsewhere.
    monitorVacuum: false,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'jobs: the database could not be asked; trying again'))
  boss.on('warning', ({ message, data }) => log.warn({ data }, `jobs: ${message}`))
  const working = {
    batchSize: fetchedAtOnce,
    burstWhenBatchFull: true,
    perJobResults: true,
    includeMetadata: true,
    pollingIntervalSeconds: lookEverySeconds,
  } as const
  const workers = new Map<string, Worker>()
  const schedules = new Map<string, string>()
  const queues = new Map<string, Promise<void>>()
  let state: 'idle' | 'running' | 'closed' = 'idle'

  /** Made once; of several nodes that do it at the same moment, one does. */
  function queue(name: string): Promise<void> {
    const known = queues.get(name)
    if (known) return known
    const made = boss.createQueue(name, rulesOf(workers.get(name)?.options))
    queues.set(name, made)
    made.catch(() => queues.delete(name))
    return made
  }

  async function begin(name: string, worker: Worker) {
    await queue(name)
    // As this version of the program wants it, whichever made the queue.
    await boss.updateQueue(name, rulesOf(worker.options))
    const { together = 2 } = worker.options
    worker.id = await boss.work<object, unknown, typeof working>(name, working, async (jobs) => {
      const results: JobResult[] = []
      const waiting = [...jobs]
      const lane = async () => {
        for (let job = waiting.shift(); job; job = waiting.shift()) results.push(await settled(name, worker, job))
      }
      await Promise.all(Array.from({ length: together }, lane))
      return results
    })
  }

  async function settled(name: string, { run }: Worker, { id, data, retryCount, retryLimit }: JobWithMetadata<object>): Promise<JobResult> {
    try {
      await run(data, { attempt: retryCount + 1, last: retryCount >= retryLimit })
      return { id, status: 'completed' }
    } catch (error) {
      log.warn({ err: error, job: name, attempt: retryCount + 1 }, 'a job failed')
      return { id, status: 'failed', output: { message: error instanceof Error ? error.message : String(error) } }
    }
  }

  const wake = (name: string) => {
    const id = state === 'running' ? workers.get(name)?.id : undefined
    if (id) boss.notifyWorker(id)
  }

  return {
    /** Stores a job that exists if and only if the transaction commits. */
    async send(tx: Tx, name: string, data: object, { startAfter }: { startAfter?: Date } = {}) {
      await queue(name)
      await boss.send(name, data, { db: fromDrizzle(tx, sql), ...(startAfter ? { startAfter } : {}) })
      if (!startAfter) tx.afterCommit(() => wake(name))
    },

    /** Says what jobs of this name do. To be called before `start`, as every node has to know it. */
    work<T extends object>(name: string, run: Work<T>, options: QueueOptions = {}) {
      // What is stored under this name was sent under it.
      workers.set(name, { run: run as Work<object>, options })
    },

    /** A job by the clock, in Chinese time (`minute hour day month weekday`): on one node each time; once for what was missed. */
    schedule(name: string, cron: string, run: Work<object>, options: QueueOptions = {}) {
      workers.set(name, { run, options })
      schedules.set(name, cron)
    },

    /** Brings the jobs' own schema up to date and begins to work. */
    async start() {
      state = 'running'
      await boss.start()
      for (const [name, worker] of workers) await begin(name, worker)
      for (const [name, cron] of schedules) await boss.schedule(name, cron, {}, { tz: 'Asia/Shanghai', missed: 'once' })
      for (const { name } of await boss.getSchedules()) if (!schedules.has(name)) await boss.unschedule(name)
    },

    /** Lets what runs come to its end, for a while; what does not is tried again by another node or after the next start. */
    async close() {
      if (state !== 'running') return
      state = 'closed'
      await boss.stop({ graceful: true, timeout: stopLimitMs })
    },
  }
}

const rulesOf = ({ retries = 5, retryAfterSeconds = 30, expireInSeconds = 300 }: QueueOptions = {}) => ({
  retryLimit: retries,
  retryDelay: retryAfterSeconds,
  retryBackoff: true,
  expireInSeconds,
})

/** Several statements at once give several results. */
const flat = (result: { rows: unknown[] } | { rows: unknown[] }[]) => ({
  rows: Array.isArray(result) ? result.flatMap((one) => one.rows) : result.rows,
})
