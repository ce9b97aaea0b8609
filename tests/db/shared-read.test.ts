import { expect, test } from 'vitest'
import { createSharedReads } from '../../server/db/shared-read.ts'

/** A reading that ends when it is told to, and gives how many had begun before it. */
function readings() {
  const begun: PromiseWithResolvers<number>[] = []
  return {
    begun,
    read() {
      const reading = Promise.withResolvers<number>()
      begun.push(reading)
      return reading.promise
    },
  }
}
const turn = () => new Promise<void>((resolve) => void setImmediate(resolve))

test('who asks during a reading shares the next one with the others who do, and never gets what was read before', async () => {
  const { begun, read } = readings()
  const share = createSharedReads<number>()
  const first = share('a', read)
  const others = [share('a', read), share('a', read), share('a', read)]
  expect(begun).toHaveLength(1)
  begun[0]!.resolve(1)
  expect(await first).toBe(1)
  await turn()
  expect(begun).toHaveLength(2)
  const later = share('a', read)
  begun[1]!.resolve(2)
  expect(await Promise.all(others)).toEqual([2, 2, 2])
  await turn()
  begun[2]!.resolve(3)
  expect(await later).toBe(3)
  await turn()
  const calm = share('a', read)
  expect(begun).toHaveLength(4)
  begun[3]!.resolve(4)
  expect(await calm).toBe(4)
})

test('one thing is not read for another, and a reading that fails fails those who shared it and nobody after them', async () => {
  const { begun, read } = readings()
  const share = createSharedReads<number>()
  const [one, other, waiting] = [share('a', read), share('b', read), share('a', read)]
  expect(begun).toHaveLength(2)
  begun[0]!.reject(new Error('lost'))
  begun[1]!.resolve(7)
  await expect(one).rejects.toThrow('lost')
  expect(await other).toBe(7)
  await turn()
  begun[2]!.resolve(8)
  expect(await waiting).toBe(8)
})
