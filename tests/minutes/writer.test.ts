import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { Edit } from '../../server/minutes/store.ts'
import { createWriter } from '../../server/minutes/writer.ts'
import { stranger } from '../../shared/policy.ts'
import { eventually } from '../support/eventually.ts'

const log = pino({ level: 'silent' })
const edit = (size = 1): Edit => ({ update: new Uint8Array(size), actor: stranger })

/** A database that stores when it is let to. */
function slowDatabase() {
  const stored: number[] = []
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = []
  return {
    stored,
    waiting,
    async store(edits: readonly Edit[]) {
      await new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }))
      stored.push(edits.length)
    },
  }
}

test('what arrives while one transaction runs goes into the next one together', async () => {
  const database = slowDatabase()
  const writer = createWriter({ store: database.store, onTaken: () => undefined, onPressure: () => undefined, log })
  writer.push(edit())
  await eventually(() => database.waiting.length === 1)
  for (let n = 0; n < 20; n++) writer.push(edit())
  database.waiting.shift()!.resolve()
  await eventually(() => database.waiting.length === 1)
  database.waiting.shift()!.resolve()
  await writer.stored()
  expect(database.stored).toEqual([1, 20])
})

test('nothing is told to others that nobody tries to store, and nothing is called stored that is not', async () => {
  const database = slowDatabase()
  let told = 0
  let confirmed = false
  function tell(edits: readonly Edit[]) {
    told += edits.length
  }
  const writer = createWriter({ store: database.store, onTaken: tell, onPressure: () => undefined, log })
  writer.push(edit())
  await eventually(() => database.waiting.length === 1)
  writer.push(edit())
  void writer.stored().then(() => (confirmed = true))
  database.waiting.shift()!.reject(new Error('the database is away'))
  await eventually(() => database.waiting.length === 1)
  expect({ told, confirmed, idle: writer.isIdle() }).toEqual({ told: 1, confirmed: false, idle: false })
  database.waiting.shift()!.resolve()
  await eventually(() => database.waiting.length === 1)
  expect({ told, confirmed }).toEqual({ told: 2, confirmed: false })
  database.waiting.shift()!.resolve()
  await eventually(() => confirmed)
  expect(database.stored).toEqual([1, 1])
})

test('those who write are held while the queue is full, and let go when it has room', async () => {
  const database = slowDatabase()
  const pressure: boolean[] = []
  const writer = createWriter({ store: database.store, onTaken: () => undefined, onPressure: (full) => void pressure.push(full), log })
  for (let n = 0; n < 5; n++) writer.push(edit(1024 * 1024))
  expect(pressure).toEqual([true])
  await eventually(() => database.waiting.length === 1)
  database.waiting.shift()!.resolve()
  await writer.stored()
  expect(pressure).toEqual([true, false])
})
