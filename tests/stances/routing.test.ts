import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawCards, priorityOf } from '../../server/stances/routing.ts'
import { contestOf, resultsAfter, seesResults } from '../../shared/stance-rules.ts'

const votes = (agrees: number, disagrees: number, passes = 0) => ({ agrees, disagrees, passes })

test.each<[string, ReturnType<typeof votes>, ReturnType<typeof votes>]>([
  ['a new one before one with many votes', votes(0, 0), votes(30, 30)],
  ['one with three votes before one with twelve', votes(3, 0), votes(12, 0)],
  ['a contested one before one that all agree on', votes(20, 20), votes(40, 0)],
  ['a contested one before one that all reject', votes(20, 20), votes(0, 40)],
  ['one that people take sides on before one that they pass', votes(20, 20), votes(10, 10, 20)],
])('%s', (_, first, second) => {
  expect(priorityOf(first)).toBeGreaterThan(priorityOf(second))
})

test('the formula gives what its description says', () => {
  // No votes: half passed and half agreed by smoothing, so c = 1; (½ · 4 · 9)².
  expect(priorityOf(votes(0, 0))).toBeCloseTo(324, 9)
  // Ten votes, five each: p = 1/12, c = 1; (11/12 · 4 · (1 + 8/4))².
  expect(priorityOf(votes(5, 5))).toBeCloseTo(((11 / 12) * 4 * 3) ** 2, 9)
})

test('no card is drawn twice, and no more than there are', () => {
  const cards = fc.array(fc.record({ id: fc.uuid(), agrees: fc.nat(2_000), disagrees: fc.nat(2_000), passes: fc.nat(2_000) }), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(cards, fc.nat(40), (all, count) => {
      const drawn = drawCards(all, count, Math.random)
      expect(drawn).toHaveLength(Math.min(count, all.length))
      expect(new Set(drawn).size).toBe(drawn.length)
    }),
  )
})

test('five hundred people who vote on twenty cards of two hundred each give every card enough votes, and contested ones more', () => {
  const random = seeded(7)
  const cards = Array.from({ length: 200 }, (_, id) => ({ id, agrees: 0, disagrees: 0, passes: 0, support: id % 4 === 0 ? 0.5 : 0.95 }))
  for (let person = 0; person < 500; person++) {
    for (const card of drawCards(cards, 20, random)) {
      if (random() < 0.1) card.passes += 1
      else if (random() < card.support) card.agrees += 1
      else card.disagrees += 1
    }
  }
  const total = ({ agrees, disagrees, passes }: (typeof cards)[number]) => agrees + disagrees + passes
  const mean = (some: typeof cards) => some.reduce((sum, card) => sum + total(card), 0) / some.length
  // By lot alone each would have 50.
  expect(Math.min(...cards.map(total))).toBeGreaterThanOrEqual(15)
  expect(mean(cards.filter((card) => card.support === 0.5))).toBeGreaterThan(1.5 * mean(cards.filter((card) => card.support !== 0.5)))
})

test.each<[number, number, number]>([
  [0, 0, 0],
  [9, 0, 0],
  [10, 10, 20],
  [20, 10, Math.sqrt(30)],
])('%i for and %i against: contested by %d', (agrees, disagrees, contest) => {
  expect(contestOf({ agrees, disagrees })).toBeCloseTo(contest, 9)
})

test.each([
  [0, 1],
  [3, 3],
  [5, 5],
  [200, 5],
])('of %i cards, %i open the results, none once nobody can vote, and the chair’s side waits for none', (total, needed) => {
  const live = { status: 'live' }
  expect(resultsAfter(total, live)).toBe(needed)
  const sees = (given: number, moderates: boolean, status = 'live') => seesResults({ moderates, given, total }, { status })
  expect([sees(needed - 1, false), sees(needed, false), sees(0, true), sees(0, false, 'ended')]).toEqual([false, true, true, true])
})

/** mulberry32: the same draws each time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
