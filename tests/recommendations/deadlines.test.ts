import { expect, test } from 'vitest'
import { hallWarnings as warningDays } from '../../shared/clocks.ts'
import { colourOf } from '../../shared/recommendations.ts'

const due = { signDueAt: '2026-06-08T00:00:00.000Z', replyDueAt: '2026-09-01T00:00:00.000Z' }

test.each([
  ['issued', '2026-06-01T00:00:00.000Z', 'green'],
  ['issued', '2026-06-05T23:59:59.999Z', 'green'],
  ['issued', '2026-06-06T00:00:00.000Z', 'yellow'],
  ['issued', '2026-06-08T00:00:00.000Z', 'yellow'],
  ['issued', '2026-06-08T00:00:00.001Z', 'red'],
  ['signed', '2026-06-09T00:00:00.000Z', 'green'],
  ['signed', '2026-08-24T23:59:59.999Z', 'green'],
  ['signed', '2026-08-25T00:00:00.000Z', 'yellow'],
  ['signed', '2026-09-01T00:00:00.000Z', 'yellow'],
  ['signed', '2026-09-01T00:00:00.001Z', 'red'],
  ['replied', '2030-01-01T00:00:00.000Z', null],
] as const)('what is %s shows at %s: %s', (status, now, colour) => {
  expect(colourOf({ status, ...due, paused: false, warningDays }, new Date(now))).toBe(colour)
})

test('what stands still has no colour', () => {
  expect(colourOf({ status: 'signed', ...due, paused: true, warningDays }, new Date('2026-10-01T00:00:00.000Z'))).toBeNull()
})
