import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chineseCalendar } from '../../server/clocks/chinese-calendar.ts'
import { addDays, addMonths, dayOf, daysBetween, endOf, reckon } from '../../shared/calendar.ts'
import type { Period } from '../../shared/clocks.ts'

const calendar = chineseCalendar()
const due = (startedAt: string, amount: number, unit: Period['unit'], more: Partial<Parameters<typeof reckon>[0]> = {}) =>
  reckon({ startedAt, period: { amount, unit }, extensions: [], pauses: [], ...more }, calendar, '2026-12-01T00:00:00.000Z')

/**
 * The State Council's notices on holidays: 国办发明电〔2023〕7号 for 2024, 国办发明电〔2024〕12号 for 2025, 国办发明电〔2025〕7号 for 2026.
 * Written down from the notices, not from the package.
 */
const notices = {
  rest: [
    ['2024-01-01', '2024-01-01'],
    ['2024-02-10', '2024-02-17'],
    ['2024-04-04', '2024-04-06'],
    ['2024-05-01', '2024-05-05'],
    ['2024-06-10', '2024-06-10'],
    ['2024-09-15', '2024-09-17'],
    ['2024-10-01', '2024-10-07'],
    ['2025-01-01', '2025-01-01'],
    ['2025-01-28', '2025-02-04'],
    ['2025-04-04', '2025-04-06'],
    ['2025-05-01', '2025-05-05'],
    ['2025-05-31', '2025-06-02'],
    ['2025-10-01', '2025-10-08'],
    ['2026-01-01', '2026-01-03'],
    ['2026-02-15', '2026-02-23'],
    ['2026-04-04', '2026-04-06'],
    ['2026-05-01', '2026-05-05'],
    ['2026-06-19', '2026-06-21'],
    ['2026-09-25', '2026-09-27'],
    ['2026-10-01', '2026-10-07'],
  ],
  work: [
    '2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12',
    '2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11',
    '2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10',
  ].flatMap((days) => days.split(' ')),
} as const

test('every day of 2024 to 2026 is a working day or not as the published arrangements say', () => {
  const wrong: string[] = []
  for (let day = '2024-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
    const weekend = [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay())
    const rests = notices.rest.some(([from, to]) => from <= day && day <= to)
    const works = notices.work.includes(day) || (!weekend && !rests)
    if (calendar.kindOf(day).work !== works) wrong.push(day)
  }
  expect(wrong).toEqual([])
})

describe('the last day of a period', () => {
  test.each([
    // The day of the beginning does not count; a Sunday gives way to Monday.
    ['2026-11-02T02:00:00.000Z', 7, 'calendar-days', '2026-11-09'],
    ['2026-11-01T02:00:00.000Z', 7, 'calendar-days', '2026-11-09'],
    // 24 September and 7 days is 1 October: National Day, and offices work again on the 8th.
    ['2026-09-24T02:00:00.000Z', 7, 'calendar-days', '2026-10-08'],
    // Over the Spring Festival of 2026: 14 and 28 February are Saturdays that are worked.
    ['2026-02-13T02:00:00.000Z', 1, 'working-days', '2026-02-14'],
    ['2026-02-13T02:00:00.000Z', 2, 'working-days', '2026-02-24'],
    ['2026-02-13T02:00:00.000Z', 6, 'working-days', '2026-02-28'],
    ['2025-11-30T02:00:00.000Z', 3, 'months', '2026-02-28'],
    ['2026-07-01T02:00:00.000Z', 3, 'months', '2026-10-08'],
    // 23:30 in China is still the same day, 16:30 the day before in UTC is already the next.
    ['2026-11-02T15:30:00.000Z', 1, 'calendar-days', '2026-11-03'],
    ['2026-11-02T16:30:00.000Z', 1, 'calendar-days', '2026-11-04'],
  ] as const)('from %s, %i %s: %s', (startedAt, amount, unit, expected) => {
    expect(due(startedAt, amount, unit).due).toBe(expected)
  })

  test('says what moved it', () => {
    const { counted, special, provisional } = due('2026-09-24T02:00:00.000Z', 7, 'calendar-days')
    expect(counted).toBe('2026-10-01')
    expect(special.map(({ day, why, name }) => `${day} ${why} ${name}`)).toEqual(
      expect.arrayContaining(['2026-09-25 holiday 中秋', '2026-10-01 holiday 国庆节']),
    )
    expect(provisional).toBe(false)
    expect(due('2026-11-24T02:00:00.000Z', 3, 'months').provisional).toBe(true)
  })

  test('follows what a region says of its own days', () => {
    const own = chineseCalendar([{ day: '2026-11-09', work: false, name: '三月三' }])
    const facts = {
      startedAt: '2026-11-02T02:00:00.000Z',
      period: { amount: 7, unit: 'calendar-days' },
      extensions: [],
      pauses: [],
    } as const
    expect(reckon(facts, own, '2026-11-03T00:00:00.000Z')).toMatchObject({
      counted: '2026-11-09',
      due: '2026-11-10',
      special: [{ day: '2026-11-09', why: 'region', name: '三月三' }],
    })
  })

  test('grows by pauses and extensions', () => {
    const pauses = [{ from: '2026-11-03T02:00:00.000Z', to: '2026-11-13T02:00:00.000Z' }]
    expect(due('2026-11-02T02:00:00.000Z', 7, 'calendar-days', { pauses }).counted).toBe('2026-11-19')
    // 3 to 12 November are paused: the 13th, 16th, … count.
    expect(due('2026-11-02T02:00:00.000Z', 2, 'working-days', { pauses }).due).toBe('2026-11-16')
    const extensions = [{ amount: 5, unit: 'working-days' }] as const
    expect(due('2026-11-02T02:00:00.000Z', 7, 'calendar-days', { extensions }).due).toBe('2026-11-16')
  })
})

const starts = fc.integer({ min: 0, max: 1_000 }).map((days) => endOf(addDays('2024-01-01', days)))
const periods = fc.record({
  amount: fc.integer({ min: 1, max: 60 }),
  unit: fc.constantFrom('calendar-days', 'working-days'),
}) as fc.Arbitrary<Period>

test('a last day is a working day, later than its beginning, and a longer period never ends earlier', () => {
  fc.assert(
    fc.property(starts, periods, fc.integer({ min: 0, max: 30 }), (startedAt, period, more) => {
      const facts = { startedAt, period, extensions: [], pauses: [] }
      const one = reckon(facts, calendar, startedAt)
      const other = reckon({ ...facts, period: { ...period, amount: period.amount + more } }, calendar, startedAt)
      expect(calendar.kindOf(one.due).work).toBe(true)
      expect(one.due > one.from).toBe(true)
      expect(other.due >= one.due).toBe(true)
      expect(one.due >= one.counted).toBe(true)
    }),
  )
})

test('so many working days lie between a beginning and an end that is counted in working days', () => {
  fc.assert(
    fc.property(starts, fc.integer({ min: 1, max: 60 }), (startedAt, amount) => {
      const { from, due: end } = reckon(
        { startedAt, period: { amount, unit: 'working-days' }, extensions: [], pauses: [] },
        calendar,
        startedAt,
      )
      let worked = 0
      for (let day = addDays(from, 1); day <= end; day = addDays(day, 1)) if (calendar.kindOf(day).work) worked += 1
      expect(worked).toBe(amount)
    }),
  )
})

test('a pause never brings an end forward, and one that ends on the day it began changes nothing', () => {
  fc.assert(
    fc.property(starts, periods, fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 40 }), (startedAt, period, after, length) => {
      const from = endOf(addDays(dayOf(startedAt), after))
      const pauses = [{ from, to: endOf(addDays(dayOf(startedAt), after + length)) }]
      const facts = { startedAt, period, extensions: [] }
      const [without, paused] = [reckon({ ...facts, pauses: [] }, calendar, from), reckon({ ...facts, pauses }, calendar, from)]
      expect(paused.due >= without.due).toBe(true)
      if (length === 0) expect(paused.due).toBe(without.due)
    }),
  )
})

test('days and months add up', () => {
  fc.assert(
    fc.property(fc.integer({ min: -800, max: 800 }), fc.integer({ min: -400, max: 400 }), (start, days) => {
      const day = addDays('2026-01-01', start)
      expect(daysBetween(day, addDays(day, days))).toBe(days)
      expect(dayOf(endOf(day))).toBe(day)
      expect(addMonths(day, 1).slice(8) <= day.slice(8)).toBe(true)
    }),
  )
})
