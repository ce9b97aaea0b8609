import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createJobs, type Jobs } from '../../server/jobs/jobs.ts'
import { createDatabase } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
const nodes: Jobs[] = []
const log = pino({ level: 'silent' })

beforeEach(async () => {
  database = await createDatabase()
})
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.close()
  await database.close()
})

function node(): Jobs {
  const jobs = createJobs({ db: database.db, log, lookEverySeconds: 0.5 })
  nodes.push(jobs)
  return jobs
}
const send = (jobs: Jobs, name: string, ...all: object[]) =>
  database.db.transaction(async (tx) => {
    for (const data of all) await jobs.send(tx, name, data)
  })

test('a job is done once its transaction has committed, and never when it has not', async () => {
  const jobs = node()
  const done: object[] = []
  jobs.work('letter', async (data) => void done.push(data))
  await jobs.start()
  const failed = database.db.transaction(async (tx) => {
    await jobs.send(tx, 'letter', { to: 'nobody' })
    throw new Error('taken back')
  })
  await expect(failed).rejects.toThrow('taken back')
  await send(jobs, 'letter', { to: 'Wang' })
  await eventually(() => expect(done).toEqual([{ to: 'Wang' }]))
})

test('of two nodes each job is done by one', async () => {
  const done: number[] = []
  const [one, other] = [node(), node()]
  for (const jobs of [one, other]) jobs.work<{ n: number }>('letter', async ({ n }) => void done.push(n))
  await Promise.all([one.start(), other.start()])
  const numbers = Array.from({ length: 60 }, (_, n) => n)
  await send(one, 'letter', ...numbers.slice(0, 30).map((n) => ({ n })))
  await send(other, 'letter', ...numbers.slice(30).map((n) => ({ n })))
  await eventually(() => expect([...done].sort((a, b) => a - b)).toEqual(numbers))
})

test('what was sent while nobody worked is done after the next start', async () => {
  await send(node(), 'letter', { to: 'Wang' }, { to: 'Li' })
  const later = node()
  const done: object[] = []
  later.work('letter', async (data) => void done.push(data))
  await later.start()
  await eventually(() => expect(done).toHaveLength(2))
})

test('a job that fails is tried again, and knows its last attempt', async () => {
  const jobs = node()
  const attempts: string[] = []
  const work = async (_data: object, { attempt, last }: { attempt: number; last: boolean }) => {
    attempts.push(`${attempt}${last ? ' last' : ''}`)
    throw new Error('the far end is away')
  }
  jobs.work('letter', work, { retries: 1, retryAfterSeconds: 0 })
  await jobs.start()
  await send(jobs, 'letter', {})
  await eventually(() => expect(attempts).toEqual(['1', '2 last']), { timeoutMs: 15_000 })
})

test('closing lets what runs come to its end', async () => {
  const jobs = node()
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let ended = false
  jobs.work('letter', async () => {
    begun.resolve()
    await gate.promise
    ended = true
  })
  await jobs.start()
  await send(jobs, 'letter', {})
  await begun.promise
  const closed = jobs.close()
  gate.resolve()
  await closed
  expect(ended).toBe(true)
})

test('a job by the clock is on record once for all nodes, and one that no node knows any more is forgotten', async () => {
  const scheduled = async () => (await database.db.pool.query('select name, cron, timezone from jobs.schedule order by name')).rows
  const [one, other] = [node(), node()]
  for (const jobs of [one, other]) jobs.schedule('digest', '0 8 * * *', async () => {})
  await Promise.all([one.start(), other.start()])
  expect(await scheduled()).toEqual([{ name: 'digest', cron: '0 8 * * *', timezone: 'Asia/Shanghai' }])
  const next = node()
  next.schedule('sweep', '* * * * *', async () => {})
  await next.start()
  expect((await scheduled()).map(({ name }) => name)).toEqual(['sweep'])
})
