import { expect, test } from 'vitest'
import { deadlines } from '../../server/recommendations/service.ts'
import { colourOf } from '../../shared/recommendations.ts'

test.each([
  ['2026-11-23T06:00:00.000Z', '2026-11-30T06:00:00.000Z', '2027-02-23T06:00:00.000Z'],
  ['2026-11-30T06:00:00.000Z', '2026-12-07T06:00:00.000Z', '2027-02-28T06:00:00.000Z'],
  ['2027-11-30T06:00:00.000Z', '2027-12-07T06:00:00.000Z', '2028-02-29T06:00:00.000Z'],
  ['2026-11-28T06:00:00.000Z', '2026-12-05T06:00:00.000Z', '2027-02-28T06:00:00.000Z'],
  ['2026-01-31T23:59:59.999Z', '2026-02-07T23:59:59.999Z', '2026-04-30T23:59:59.999Z'],
  ['2026-08-31T00:00:00.000Z', '2026-09-07T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
  ['2026-12-31T00:00:00.000Z', '2027-01-07T00:00:00.000Z', '2027-03-31T00:00:00.000Z'],
])('what is issued at %s is to be signed for by %s and answered by %s', (issuedAt, signDueAt, replyDueAt) => {
  expect(deadlines(new Date(issuedAt))).toEqual({ signDueAt, replyDueAt })
})

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
  expect(colourOf({ status, ...due }, new Date(now))).toBe(colour)
})
