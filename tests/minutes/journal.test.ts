import { setImmediate as turn } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createJournal, type Entry, type Group } from '../../server/minutes/journal.ts'
import { eventually } from '../support/eventually.ts'

const log = pino({ level: 'silent' })

/** A database that stores when it is let to. */
function slowDatabase() {
  const stored: string[][] = []
  const waiting: { groups: readonly Group[]; resolve: () => void; reject: (error: Error) => void }[] = []
  return {
    stored,
    waiting,
    async store(groups: readonly Group[]) {
      await new Promise<void>((resolve, reject) => waiting.push({ groups, resolve, reject }))
      stored.push(groups.map(({ meetingId, updates }) => `${meetingId} ${updates.length}`))
      return new Map<string, number[]>()
    },
    async next() {
      await eventually(() => waiting.length > 0)
      return waiting.shift()!
    },
  }
}

/** A journal with a lane for each letter, and what is known to be stored. */
function begin() {
  const database = slowDatabase()
  const journal = createJournal({ store: database.store, pace: () => 0, log })
  const done: string[] = []
  const lane = (meetingId: string) => {
    const own = journal.lane(meetingId, { onRows: () => undefined, onSettled: () => undefined })
    const entry = (name: string, updates: Uint8Array[]): Entry => ({
      updates,
      actors: [],
      bindings: [],
      touches: [],
      onStored: () => void done.push(name),
    })
    return {
      ...own,
      write: (name: string) => own.append(entry(name, [new Uint8Array([0, 0])])),
      nothing: (name: string) => own.append(entry(name, [])),
    }
  }
  return { database, done, lane }
}

test('what documents bring in one turn is stored by one transaction, and confirmed after it only', async () => {
  const { database, done, lane } = begin()
  for (const name of ['a', 'b', 'c']) lane(name).write(name)
  const first = await database.next()
  expect(first.groups.map(({ meetingId }) => meetingId)).toEqual(['a', 'b', 'c'])
  expect(done).toEqual([])
  first.resolve()
  await eventually(() => done.length === 3)
})

test('what comes while a document is being stored goes into its next transaction together, others need not wait for it', async () => {
  const { database, done, lane } = begin()
  const [a, b] = [lane('a'), lane('b')]
  a.write('a1')
  const first = await database.next()
  a.write('a2')
  a.write('a3')
  b.write('b1')
  const second = await database.next()
  expect(second.groups.map(({ meetingId }) => meetingId)).toEqual(['b'])
  second.resolve()
  await eventually(() => done.includes('b1'))
  expect(done).toEqual(['b1'])
  first.resolve()
  const third = await database.next()
  expect(third.groups).toHaveLength(1)
  third.resolve()
  await eventually(() => done.length === 4)
  expect(done).toEqual(['b1', 'a1', 'a2', 'a3'])
})

test('what brings nothing new is confirmed after what came before it', async () => {
  const { database, done, lane } = begin()
  const a = lane('a')
  a.write('a1')
  const first = await database.next()
  a.nothing('a2')
  await turn()
  expect(done).toEqual([])
  first.resolve()
  await eventually(() => done.length === 2)
  expect(database.stored).toEqual([['a 1']])
})

test('what cannot be stored is tried again alone, in its order, and keeps nobody else from being stored', async () => {
  const { database, done, lane } = begin()
  const [sick, well] = [lane('sick'), lane('well')]
  sick.write('sick1')
  well.write('well1')
  const both = await database.next()
  both.reject(new Error('a row that cannot be stored'))
  const alone = await database.next()
  expect(alone.groups.map(({ meetingId }) => meetingId)).toEqual(['sick'])
  alone.reject(new Error('still not'))
  const other = await database.next()
  other.resolve()
  await eventually(() => done.includes('well1'))
  sick.write('sick2')
  well.write('well2')
  const next = await database.next()
  expect({ of: next.groups.map(({ meetingId }) => meetingId), stuck: sick.isStuck(), idle: sick.isIdle() }).toEqual({
    of: ['well'],
    stuck: true,
    idle: false,
  })
  next.resolve()
  const again = await database.next()
  expect(again.groups.map(({ meetingId }) => meetingId)).toEqual(['sick'])
  again.resolve()
  ;(await database.next()).resolve()
  await eventually(() => done.length === 4)
  expect(done.filter((name) => name.startsWith('sick'))).toEqual(['sick1', 'sick2'])
  expect(sick.isIdle()).toBe(true)
})
