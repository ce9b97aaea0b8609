import { expect, test } from 'vitest'
import { leastBitrate, type Missed, miss, noRelief, relieve } from '../../server/media/relief.ts'

test('while no picture comes through, the floor of congestion control rises until one does, and then falls back', () => {
  let relief = noRelief
  const floors = [true, true, true, true, true].map((starving, second) => {
    relief = relieve(relief, starving, second * 1_000)
    return relief.floor
  })
  expect(floors).toEqual([200_000, 400_000, 800_000, 800_000, 800_000])
  // It flows: what was raised is kept for a moment, so that the estimate can grow.
  relief = relieve(relief, false, 5_000)
  expect(relief.floor).toBe(800_000)
  expect(relieve(relief, false, 10_000)).toEqual(noRelief)
})

test('a line on which pictures come through is left alone', () => {
  expect(relieve(noRelief, false, 60_000)).toEqual({ floor: leastBitrate, raisedAt: 0 })
})

test('a picture that does not come is asked for after one second, three and seven, and no more once it comes', () => {
  let missed: Missed = null
  const askedAt = Array.from({ length: 12 }, (_, second) => second).filter((second) => {
    const next = miss(missed, true, second * 1_000)
    missed = next.missed
    return next.ask
  })
  expect(askedAt).toEqual([1, 3, 7])
  expect(miss(missed, false, 12_000)).toEqual({ missed: null, ask: false })
})
