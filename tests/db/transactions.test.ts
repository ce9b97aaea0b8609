import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isOutage } from '../../server/transport/failures.ts'
import { createDatabase } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(() => database?.close())

const cutOthers = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`

test('connections that are lost in the middle of transactions cost those, and nothing after', async () => {
  const { db } = database
  // More than the pool has places, one after the other.
  for (let turn = 0; turn < 25; turn++) {
    let told = false
    const lost = await db
      .transaction(async (tx) => {
        tx.afterCommit(() => {
          told = true
        })
        await db.reader.execute(cutOthers)
        // The connection's end is noticed between two statements.
        await eventually(() =>
          tx.execute(sql`select 1`).then(
            () => false,
            () => true,
          ),
        )
      })
      .then(() => db.transaction((tx) => tx.execute(sql`select 1`)))
      .catch((error: unknown) => error)
    expect(isOutage(lost)).toBe(true)
    expect(told).toBe(false)
  }
  expect((await db.transaction((tx) => tx.execute<{ one: number }>(sql`select 1 as one`))).rows).toEqual([{ one: 1 }])
  expect(db.pool.totalCount - db.pool.idleCount).toBe(0)
})
