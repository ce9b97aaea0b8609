import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupInformedConsensus, isCommonGround, majorities, minorityStatements } from '../../server/opinion/consensus.ts'
import { keepIdentity } from '../../server/opinion/identity.ts'
import { kmeans, silhouette } from '../../server/opinion/kmeans.ts'
import { columnMeans, emptyMatrix, vote, without, withVotes } from '../../server/opinion/matrix.ts'
import { drawOpinion } from '../../server/opinion/picture.ts'
import { repness, representatives } from '../../server/opinion/representative.ts'
import { proportionTest, type Tally, twoProportionTest } from '../../server/opinion/statistics.ts'
import { logFrom } from './planted.ts'

/*
 * Six people, four suggestions. Three agree with a and b and disagree with c, the other three the other way round; all agree with d but the last,
 * who passes. Means: a, b and c 0, d 5/6. Centred, the six rows are ±(1, 1, -1) before d, so XᵀX is 6 in that 3 × 3 block, 5 · (1/6)² + (5/6)² = 5/6
 * at d itself, and between a and d 3 · (1/6) - 2 · (1/6) + 5/6 = 1.
 */
const votes = [
  [1, 1, -1, 1],
  [1, 1, -1, 1],
  [1, 1, -1, 1],
  [-1, -1, 1, 1],
  [-1, -1, 1, 1],
  [-1, -1, 1, 0],
]
const entries = votes.flatMap((row, person) => row.map((value, suggestion) => [person, suggestion, value] as const))
const matrix = withVotes(emptyMatrix, logFrom(entries), 6, 4)
const tally = (agrees: number, disagrees: number, passes = 0): Tally => ({ agrees, disagrees, passes, votes: agrees + disagrees + passes })

test('the small case: directions, places, groups and what they hold, as computed by hand', () => {
  const { picture, memory } = drawOpinion(matrix, null)
  expect([...columnMeans(matrix).means].map((mean) => mean.toFixed(4))).toEqual(['0.0000', '0.0000', '0.0000', '0.8333'])

  // In the plane of u = (1, 1, -1, 0)/√3 and d, XᵀX is [[18, √3], [√3, 5/6]].
  const [p, q, r] = [18, Math.sqrt(3), 5 / 6]
  const greatest = (p + r) / 2 + Math.hypot((p - r) / 2, q)
  const length = Math.hypot(q, greatest - p)
  const [alongU, alongD] = [q / length, (greatest - p) / length]
  const first = memory.components[0]
  const expected = [alongU / Math.sqrt(3), alongU / Math.sqrt(3), -alongU / Math.sqrt(3), alongD]
  const sign = Math.sign(first[0]!)
  first.forEach((weight, column) => {
    expect(weight * sign).toBeCloseTo(expected[column]!, 6)
  })
  // Nobody is pushed outwards: all voted on all.
  expect(picture.places.x[0]! * sign).toBeCloseTo(Math.sqrt(3) * alongU + alongD / 6, 6)

  expect(picture.groups.map(({ size }) => size)).toEqual([3, 3])
  expect(new Set(picture.groupOf.slice(0, 3)).size).toBe(1)
  expect(picture.groupOf[0]).not.toBe(picture.groupOf[3])

  // d: 3 of 3 and 2 of 3 agree, (3 + 1)/(3 + 2) · (2 + 1)/(3 + 2). a: (4/5) · (1/5).
  expect(picture.suggestions.consensus[3]).toBeCloseTo(12 / 25, 12)
  expect(picture.suggestions.consensus[0]).toBeCloseTo(4 / 25, 12)
  expect(picture.suggestions.common).toEqual([false, false, false, true])
  // d: 5 of 6 agree, 2√7 · (6/7 - 1/2) = 1.89.
  expect(picture.majorities).toEqual([{ column: 3, side: 'agree', count: 5, votes: 6, share: 6 / 8, shareTest: expect.closeTo(1.8898, 4) }])
  const group = picture.groups.find(({ id }) => id === picture.groupOf[0])!
  // a and b: 3 of 3 within, 0 of 3 without: ratio (4/5)/(1/5), z of (4/4 - 1/4) with 5/8 pooled. The two are equal, the first leads.
  expect(group.representatives.map(({ column, side }) => [column, side])).toEqual([
    [0, 'agree'],
    [1, 'agree'],
    [2, 'disagree'],
  ])
  expect(group.representatives[0]).toMatchObject({ bestAgree: true, significant: true, count: 3, votes: 3 })
  expect(group.representatives[0]!.ratio).toBeCloseTo(4, 12)
  expect(group.representatives[0]!.ratioTest).toBeCloseTo(0.75 / Math.sqrt((5 / 8) * (3 / 8) * (1 / 4 + 1 / 4)), 12)
})

test('the tests of proportions are Pol.is’', () => {
  // The example of its own test, from a textbook: -1.518.
  expect(twoProportionTest(15, 56, 24, 71)).toBeCloseTo(-1.518, 2)
  expect(twoProportionTest(30, 1_000_000, 50, 2_000_000)).toBeCloseTo(proportionTest(30, 50), 1)
  expect(twoProportionTest(0, 0, 0, 0)).toBe(0)
  expect(proportionTest(0, 0)).toBeCloseTo(1, 12)
  const figures = repness(tally(3, 0, 1), tally(1, 4))
  expect(figures).toMatchObject({ pa: 4 / 6, pd: 1 / 6, ra: 4 / 6 / (2 / 7), rd: 1 / 6 / (5 / 7) })
})

test('of two groups, each gets what it holds most distinctly, also when nothing is significant', () => {
  const [[first, second] = []] = [representatives([[tally(1, 0)], [tally(0, 1)]])]
  expect(first).toMatchObject([{ column: 0, side: 'agree', significant: false }])
  expect(second).toMatchObject([{ column: 0, side: 'disagree', significant: false }])
  expect(representatives([[tally(9, 1)]])).toEqual([[]])
})

test('at most five suggestions stand for a group, agreements first', () => {
  const many = Array.from({ length: 9 }, (_, column) => (column % 2 ? tally(20, 0) : tally(0, 20)))
  const other = many.map(({ agrees, disagrees }) => tally(disagrees, agrees))
  const [chosen] = representatives([many, other])
  expect(chosen).toHaveLength(5)
  expect(chosen!.map(({ side }) => side).join(' ')).toMatch(/^(agree )+(disagree ?)*$/)
})

test('what a small group holds and most do not is shown; what most hold is not', () => {
  const large = [tally(5, 45), tally(45, 5)]
  const small = [tally(3, 0), tally(0, 3)]
  expect(minorityStatements([large, small])).toMatchObject([{ column: 0, group: 1, tally: { agrees: 3 }, rest: { agrees: 5, votes: 50 } }])
})

test('common ground is what more than half of every group agrees with, and one that rejects it lowers it far', () => {
  expect(isCommonGround([tally(30, 10), tally(2, 1)])).toBe(true)
  expect(isCommonGround([tally(3000, 10), tally(1, 1)])).toBe(false)
  expect(isCommonGround([tally(30, 10), tally(0, 0)])).toBe(false)
  expect(groupInformedConsensus([tally(98, 0), tally(0, 8)])).toBeCloseTo(0.099, 12)
  expect(majorities([tally(2, 1), tally(1, 40), tally(30, 10)]).map(({ column, side }) => [column, side])).toEqual([
    [2, 'agree'],
    [1, 'disagree'],
  ])
})

test('the silhouette of two pairs, as computed by hand', () => {
  const points = { x: Float64Array.of(0, 1, 10, 11), y: new Float64Array(4), weight: new Float64Array(4).fill(1) }
  const outer = (10.5 - 1) / 10.5
  const inner = (9.5 - 1) / 9.5
  expect(silhouette(points, Int32Array.of(0, 0, 1, 1), 2)).toBeCloseTo((outer + inner) / 2, 12)
  expect(silhouette(points, Int32Array.of(0, 1, 1, 1), 2)).toBeLessThan(0.5)
  const { of, inertia } = kmeans(points, { x: Float64Array.of(0, 0.5), y: new Float64Array(2) })
  expect([...of]).toEqual([0, 0, 1, 1])
  expect(inertia).toBeCloseTo(1, 12)
})

test('a group keeps its name where most of its people went', () => {
  const overlap = (...pairs: [number, number][]) => new Map(pairs)
  expect(keepIdentity([overlap([1, 30]), overlap([0, 20])], [30, 20])).toEqual([1, 0])
  // B splits: its larger half stays B, the smaller gets the first free letter.
  expect(keepIdentity([overlap([0, 50]), overlap([1, 10]), overlap([1, 30])], [50, 10, 30])).toEqual([0, 2, 1])
  // A and C join: it is C, where more of its people come from; A is free again.
  expect(keepIdentity([overlap([0, 10], [2, 40]), overlap([1, 5])], [50, 5])).toEqual([2, 1])
  expect(keepIdentity([overlap(), overlap()], [3, 8])).toEqual([1, 0])
  // B has gone into A; the newcomers are not called B at once.
  expect(keepIdentity([overlap([0, 40], [1, 40]), overlap()], [80, 40], [0, 1])).toEqual([0, 2])
})

test('of one person on one suggestion the last vote counts, and one that is taken back is gone', () => {
  const log = fc.array(fc.tuple(fc.nat(5), fc.nat(4), fc.constantFrom(1, 0, -1, vote.withdrawn)), { maxLength: 80 })
  fc.assert(
    fc.property(log, fc.nat(80), (given, cut) => {
      const expected = new Map(given.map(([row, column, value]) => [`${row},${column}`, value]))
      const parts = withVotes(withVotes(emptyMatrix, logFrom(given.slice(0, cut)), 6, 5), logFrom(given.slice(cut)), 6, 5)
      expect(parts).toEqual(withVotes(emptyMatrix, logFrom(given), 6, 5))
      const held = new Map<string, number>()
      for (let row = 0; row < 6; row++) {
        for (let entry = parts.starts[row]!; entry < parts.starts[row + 1]!; entry++)
          held.set(`${row},${parts.columns[entry]}`, parts.votes[entry]!)
      }
      expect(held).toEqual(new Map([...expected].filter(([, value]) => value !== vote.withdrawn)))
    }),
  )
})

test('leaving people or suggestions out keeps the numbers of the others', () => {
  const left = without(matrix, { people: new Set([0]), suggestions: new Set([3]) })
  expect([left.people, left.suggestions, left.votes.length]).toEqual([6, 4, 15])
  expect(left.starts[1]).toBe(0)
  expect(without(matrix, {})).toBe(matrix)
})
