import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { downAfterMs, limits, longestUpAfterMs, margin, regretMs, stillEveryMs, upAfterMs } from '../../shared/ladder.ts'

const text = readFileSync(join(import.meta.dirname, '../../docs/network.md'), 'utf8')

test.each(Object.entries(limits))('the document says of the rung %s what the program does', (rung, { loss, roundTripMs, availableBps }) => {
  expect(text).toContain(`| \`${rung}\` | ${loss * 100} % | ${roundTripMs} ms | ${availableBps / 1_000} kbit/s |`)
})

test('the document has the times of the ladder', () => {
  expect(text).toContain(`after ${downAfterMs / 1_000} s of a line that is too bad`)
  expect(text).toContain(`after ${upAfterMs / 1_000} s of a line that is good enough`)
  expect(text).toContain(`${margin.share * 100} % of the loss and delay, ${margin.times} times the bandwidth`)
  expect(text).toContain(`within ${regretMs / 1_000} s doubles the wait, up to ${longestUpAfterMs / 1_000} s`)
  expect(text).toContain(`a still every ${stillEveryMs / 1_000} s`)
})
