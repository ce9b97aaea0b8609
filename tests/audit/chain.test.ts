import fc from 'fast-check'
import { pino } from 'pino'
import { v7 } from 'uuid'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createAuditService, verifyChain } from '../../server/audit/service.ts'
import type { Tx } from '../../server/db/db.ts'
import type { Actor } from '../../shared/policy.ts'
import { createDatabase } from '../support/app.ts'

const database = await createDatabase()
afterAll(() => database.close())
const { db } = database
const audit = createAuditService({ db, now: () => new Date(), log: pino({ level: 'silent' }) })

const actor: Actor = { accountId: v7(), name: '钱若溪', anonymous: false, sessionId: null, grants: [] }
const record = (tx: Tx, subjectId: string) =>
  audit.record(tx, actor, 'suggestion:post', subjectId, { text: '水面保洁', nested: { b: [1, null], a: true } })
const write = (subjectId: string) => db.transaction((tx) => record(tx, subjectId))
const entries = async () =>
  (await db.pool.query<Record<string, unknown> & { id: string; place: string }>('select * from audit_entries order by place')).rows

/** As the owner of the database could do it: past the triggers of the table. */
async function tamper(...statements: string[]) {
  const client = await db.pool.connect()
  await client.query('begin; set local session_replication_role = replica')
  for (const statement of statements) await client.query(statement)
  await client.query('commit')
  client.release()
}

beforeEach(() => tamper('truncate audit_entries'))

async function sealed(count: number) {
  for (let index = 1; index <= count; index++) await write(`thing-${index}`)
  await audit.sealAll()
}

test('entries are chained in the order of their writing, each with the hash before it', async () => {
  await sealed(5)
  const rows = await entries()
  expect(rows.map((row) => [Number(row.place), row.subject_id])).toEqual([1, 2, 3, 4, 5].map((place) => [place, `thing-${place}`]))
  expect(rows.map((row) => row.previous_hash)).toEqual(['', ...rows.slice(0, -1).map((row) => row.hash)])
  expect(await verifyChain(db)).toEqual({ sealed: 5, unsealed: 0, brokenAt: null })
})

test('what is not yet chained is counted, and chained later behind the rest', async () => {
  await sealed(2)
  await write('thing-3')
  expect(await verifyChain(db)).toEqual({ sealed: 2, unsealed: 1, brokenAt: null })
  await audit.sealAll()
  expect(await verifyChain(db)).toEqual({ sealed: 3, unsealed: 0, brokenAt: null })
})

test('more than one sealing can take at once is chained too', async () => {
  await db.reader.transaction(async (tx) => {
    for (let index = 0; index < 1_050; index++) await record(tx as Tx, `thing-${index}`)
  })
  await audit.sealAll()
  expect(await verifyChain(db)).toEqual({ sealed: 1_050, unsealed: 0, brokenAt: null })
})

test('an entry whose change was rolled back is not there', async () => {
  const failing = db.transaction(async (tx) => {
    await record(tx, 'rolled-back')
    throw new Error('refused')
  })
  await expect(failing).rejects.toThrow('refused')
  await sealed(1)
  expect(await verifyChain(db)).toEqual({ sealed: 1, unsealed: 0, brokenAt: null })
})

describe('the table refuses', () => {
  test.each([
    ['a change of a chained entry', `update audit_entries set actor_name = 'someone else' where place = 2`],
    ['a change of its place', 'update audit_entries set place = 9 where place = 2'],
    ['a new seal over the old one', `update audit_entries set hash = 'x' where place = 2`],
    ['a change of an entry that waits', `update audit_entries set actor_name = 'someone else' where place is null`],
    ['a seal that changes the entry as well', `update audit_entries set place = 4, action = 'else' where place is null`],
    ['the removal of an entry', 'delete from audit_entries where place = 2'],
    ['the removal of all', 'truncate audit_entries'],
  ])('%s', async (_what, statement) => {
    await sealed(3)
    await write('waiting')
    await expect(db.pool.query(statement)).rejects.toThrow('append-only')
    expect(await verifyChain(db)).toEqual({ sealed: 3, unsealed: 1, brokenAt: null })
  })
})

const changes: Record<string, string> = {
  id: 'id + 1000',
  at: `at + interval '1 millisecond'`,
  actor_id: `'${v7()}'`,
  actor_name: `actor_name || ' '`,
  action: `'suggestion:hide'`,
  subject_id: `subject_id || '0'`,
  details: `jsonb_set(details, '{nested,b,0}', '2')`,
  place: 'place + 1000',
  previous_hash: `repeat('0', 64)`,
  hash: `repeat('0', 64)`,
}

describe('the proof finds', () => {
  test('every column there is, so that none is added unguarded', async () => {
    const { rows } = await db.pool.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'audit_entries'`,
    )
    expect(rows.map((row) => row.name).sort()).toEqual(Object.keys(changes).sort())
  })

  describe.each([1, 3, 5])('at place %i of 5', (place) => {
    test.each(Object.entries(changes))('a changed %s', async (column, changed) => {
      await sealed(5)
      await tamper(`update audit_entries set ${column} = ${changed} where place = ${place}`)
      const verdict = await verifyChain(db)
      expect(verdict.brokenAt).toBe(place)
      expect(verdict.sealed).toBe(place - 1)
    })
  })

  test('an actor taken away, which is not the same as an empty one', async () => {
    await sealed(2)
    await tamper('update audit_entries set actor_id = null where place = 1')
    expect((await verifyChain(db)).brokenAt).toBe(1)
  })

  test.each([1, 3])('a removed entry at place %i', async (place) => {
    await sealed(5)
    await tamper(`delete from audit_entries where place = ${place}`)
    expect((await verifyChain(db)).brokenAt).toBe(place)
  })

  test('a removed entry whose successors were moved up', async () => {
    await sealed(5)
    await tamper(
      'delete from audit_entries where place = 3',
      'update audit_entries set place = place - 1 where place = 4',
      'update audit_entries set place = place - 1 where place = 5',
    )
    expect((await verifyChain(db)).brokenAt).toBe(3)
  })

  test('two entries that changed places', async () => {
    await sealed(5)
    await tamper(
      'update audit_entries set place = 99 where place = 2',
      'update audit_entries set place = 2 where place = 4',
      'update audit_entries set place = 4 where place = 99',
    )
    expect((await verifyChain(db)).brokenAt).toBe(2)
  })

  test('an entry put in between', async () => {
    await sealed(3)
    await tamper(
      'update audit_entries set place = 4 where place = 3',
      `insert into audit_entries (at, actor_name, action, subject_id, details, place, previous_hash, hash) select at, '', 'forged', 'x', '{}', 3, hash, repeat('a', 64) from audit_entries where place = 2`,
    )
    expect((await verifyChain(db)).brokenAt).toBe(3)
  })

  test('the whole content of two entries exchanged under their seals', async () => {
    await sealed(3)
    await tamper(
      `update audit_entries a set subject_id = b.subject_id from audit_entries b where a.place + b.place = 4 and a.place <> b.place`,
    )
    expect((await verifyChain(db)).brokenAt).toBe(1)
  })
})

test('writers never wait for one another or for the sealer, and all of them are chained once', async () => {
  // A long transaction that holds its entry open while others write and the sealer runs.
  const plan = fc.record({
    writers: fc.integer({ min: 1, max: 6 }),
    perWriter: fc.integer({ min: 1, max: 4 }),
    rollBack: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    sealers: fc.integer({ min: 1, max: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(plan, async ({ writers, perWriter, rollBack, sealers }) => {
      await tamper('truncate audit_entries')
      const held = Promise.withResolvers<void>()
      const entered = Promise.withResolvers<void>()
      const long = db.transaction(async (tx) => {
        await record(tx, 'long')
        entered.resolve()
        await held.promise
      })
      await entered.promise
      const written = Array.from({ length: writers }, (_, writer) =>
        db
          .transaction(async (tx) => {
            // A wait for a lock would be an error here, and so fail the property.
            await tx.execute(`set local lock_timeout = '1ms'`)
            for (let index = 0; index < perWriter; index++) await record(tx, `writer-${writer}-${index}`)
            if (rollBack[writer]) throw new Error('rolled back')
          })
          .catch((error: Error) => {
            if (error.message !== 'rolled back') throw error
          }),
      )
      await Promise.all([...written, ...Array.from({ length: sealers }, () => audit.sealAll())])
      await audit.sealAll()
      const kept = rollBack.slice(0, writers).filter((rolledBack) => !rolledBack).length * perWriter
      expect(await verifyChain(db)).toEqual({ sealed: kept, unsealed: 0, brokenAt: null })
      held.resolve()
      await long
      await audit.sealAll()
      expect(await verifyChain(db)).toEqual({ sealed: kept + 1, unsealed: 0, brokenAt: null })
      expect(new Set((await entries()).map((row) => row.subject_id)).size).toBe(kept + 1)
    }),
    { numRuns: 25 },
  )
})
