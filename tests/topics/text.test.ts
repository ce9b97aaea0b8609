import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cluster } from '../../server/topics/text/clusters.ts'
import { heatAt, heatSeries } from '../../server/topics/text/heat.ts'
import { labelGroups } from '../../server/topics/text/labels.ts'
import type { Edge } from '../../server/topics/text/likeness.ts'
import { createSimilarIndex } from '../../server/topics/text/similar.ts'
import { groupThemes, nameGroups } from '../../server/topics/text/themes.ts'
import { createWordReader, mayBeSame } from '../../server/topics/text/words.ts'
import { fixture, unseen } from './fixture.ts'

const read = createWordReader()
const wordsIn = (text: string) => [...read(text).words.keys()]
const nothing = { pins: new Map(), before: new Map(), labels: new Map() }
const documents = (some: { text: string }[]) => some.map(({ text }, at) => ({ id: `${100 + at}`, words: read(text) }))
const counting = () => {
  let last = 0
  return () => `theme ${++last}`
}

/** Pairs that `groups` puts together, and those that belong together, by `label`. */
function pairScore(groups: number[][], labels: (string | null)[]) {
  const found = groups.flatMap((group) => group.flatMap((one, at) => group.slice(at + 1).map((other) => [one, other] as const)))
  const isTrue = ([one, other]: readonly [number, number]) => labels[one] !== null && labels[one] === labels[other]
  const all = labels.flatMap((_, one) => labels.slice(0, one).map((_, other) => [one, other] as const)).filter(isTrue)
  const hits = found.filter(isTrue).length
  return { precision: hits / Math.max(1, found.length), recall: hits / all.length }
}
const percent = (share: number) => `${Math.round(share * 1000) / 10} %`

test('words are content words, and different words for one thing are one', () => {
  expect(wordsIn('希望领导尽快解决公交车末班太早的问题')).toEqual(['公交', '末班'])
  expect(wordsIn('水葫芦和水草没人打捞 https://spam.example/x')).toEqual(expect.arrayContaining(['水草', '打捞']))
  expect(wordsIn('')).toEqual([])
  expect(wordsIn('!!!😀😀，。')).toEqual([])
})

test.each([
  ['路口要装红绿灯', '路口不要装红绿灯', false],
  ['18路末班太早', '36路末班太早', false],
  ['18路末班太早', '18路和36路末班太早', true],
  ['3幢门口的灯坏了', '门口的灯坏了', true],
])('%s and %s may be the same: %s', (one, other, expected) => {
  expect(mayBeSame(read(one), read(other))).toBe(expected)
})

test.each([
  ['those the figures were found on', fixture, 0.98, 0.75],
  ['others, for whose subjects no synonym was written down', unseen, 0.98, 0.5],
  ['all together', [...fixture, ...unseen], 0.98, 0.7],
] as const)('suggestions that say the same are found among %s', (which, some, precisionGoal, recallGoal) => {
  const { same } = groupThemes(documents([...some]), nothing, counting())
  const score = pairScore(
    same.map((group) => group.map((id) => Number(id) - 100)),
    some.map(({ same: label }) => label),
  )
  console.log(`near-duplicates, ${which}: precision ${percent(score.precision)}, recall ${percent(score.recall)} of pairs`)
  expect(score.precision).toBeGreaterThanOrEqual(precisionGoal)
  expect(score.recall).toBeGreaterThanOrEqual(recallGoal)
})

test('themes put together what is about one thing', () => {
  const { themes } = groupThemes(documents(fixture), nothing, counting())
  const score = pairScore(
    themes.map(({ suggestionIds }) => suggestionIds.map((id) => Number(id) - 100)),
    fixture.map(({ about }) => about),
  )
  console.log(`themes: precision ${percent(score.precision)}, recall ${percent(score.recall)} of pairs, ${themes.length} themes`)
  expect(score.precision).toBeGreaterThan(0.7)
  expect(score.recall).toBeGreaterThan(0.35)
})

test('half a sentence finds who said it before, and hardly ever somebody who said something else', () => {
  const all = [...fixture, ...unseen]
  let [shown, right, found, twins] = [0, 0, 0, 0]
  all.forEach(({ text, same }, at) => {
    const rest = documents(all).filter(({ id }) => id !== `${100 + at}`)
    const ids = createSimilarIndex(rest)(read(text.slice(0, Math.ceil(text.length * 0.7))))
    const hits = ids.filter((id) => same !== null && all[Number(id) - 100]!.same === same).length
    shown += ids.length
    right += hits
    if (same !== null) twins++
    if (hits > 0) found++
  })
  console.log(`at 70 % of a sentence: ${right} of ${shown} shown say the same, found for ${found} of ${twins}`)
  expect(right / shown).toBeGreaterThan(0.9)
  expect(found / twins).toBeGreaterThan(0.75)
})

test('an opposite is never offered as similar', () => {
  const find = createSimilarIndex(documents([{ text: '祠堂门口不要装路灯，晚上睡不着' }, { text: '祠堂门口应该装路灯' }]))
  expect(find(read('祠堂门口装路灯'))).toEqual(['101'])
  expect(find(read('祠堂门口不要装路灯'))).toEqual(['100'])
})

test('the same suggestions in any order give the same themes', () => {
  const all = documents([...fixture, ...unseen])
  const shape = (some: typeof all) =>
    groupThemes(some, nothing, counting()).themes.map(({ suggestionIds, words }) => [suggestionIds, words])
  const expected = shape(all)
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(shape(shuffled)).toEqual(expected)
    }),
    { numRuns: 5 },
  )
})

test('themes keep their ids and labels while suggestions come in one after another', () => {
  const all = documents([...fixture, ...unseen])
  const newId = counting()
  let known = groupThemes(all.slice(0, 60), nothing, newId)
  let kept = 0
  let compared = 0
  for (let count = 61; count <= all.length; count++) {
    const before = new Map(known.themes.flatMap(({ id, suggestionIds }) => suggestionIds.map((suggestion) => [suggestion, id] as const)))
    const labels = new Map(known.themes.map(({ id, words }) => [id, words] as const))
    const next = groupThemes(all.slice(0, count), { pins: new Map(), before, labels }, newId)
    const after = new Map(next.themes.flatMap(({ id, suggestionIds }) => suggestionIds.map((suggestion) => [suggestion, id] as const)))
    for (const [suggestion, id] of before) {
      compared++
      if (after.get(suggestion) === id) kept++
    }
    known = next
  }
  expect(kept / compared).toBeGreaterThan(0.97)
})

test('what a moderator has put somewhere is there, whatever the words say', () => {
  const all = documents(fixture)
  const pins = new Map<string, string | null>([
    ['100', 'mine'],
    ['107', 'mine'],
    ['101', 'other'],
    ['102', null],
  ])
  const { themes } = groupThemes(all, { ...nothing, pins }, counting())
  const of = (suggestion: string) => themes.find(({ suggestionIds }) => suggestionIds.includes(suggestion))?.id
  expect([of('100'), of('107'), of('101'), of('102')]).toEqual(['mine', 'mine', 'other', undefined])
})

test.each<[string, string[][], (string | null)[], [string, string][], string[]]>([
  [
    'keeps a group that grew',
    [['a', 'b', 'c']],
    [null],
    [
      ['a', 'x'],
      ['b', 'x'],
    ],
    ['x'],
  ],
  [
    'gives the name to the larger part of a group that fell apart',
    [['a', 'b'], ['c']],
    [null, null],
    [
      ['a', 'x'],
      ['b', 'x'],
      ['c', 'x'],
    ],
    ['x', 'theme 1'],
  ],
  [
    'gives a new name to what has less than half in common',
    [['a', 'd', 'e', 'f']],
    [null],
    [
      ['a', 'x'],
      ['b', 'x'],
      ['c', 'x'],
    ],
    ['theme 1'],
  ],
  [
    'leaves a given name alone',
    [['a', 'b']],
    ['given'],
    [
      ['a', 'x'],
      ['b', 'x'],
    ],
    ['given'],
  ],
])('naming groups %s', (_, groups, given, before, expected) => {
  expect(nameGroups(groups, given, new Map(before), counting())).toEqual(expected)
})

test('a label is of words that the group shares, and stays while they are among its first', () => {
  const groups = [
    ['末班公交太早', '公交末班延长', '公交站台雨棚'],
    ['河道打捞水草', '河道水草太多', '河道护岸'],
  ].map((texts) => texts.map(read))
  const [bus, river] = labelGroups(groups, [[], []])
  expect(bus).toEqual(['公交', '末班'])
  expect(river).toEqual(['河道', '水草'])
  expect(labelGroups(groups, [['末班'], []])[0]).toEqual(['末班', '公交'])
})

test('grouping by average likeness is what the definition says, on small graphs', () => {
  // Sixteenths add up exactly, so that equals are equal in whatever order they are summed.
  const likeness = fc.integer({ min: 0, max: 16 }).map((sixteenths) => sixteenths / 16)
  const graphs = fc.integer({ min: 2, max: 9 }).chain((count) => {
    const pairs = Array.from({ length: count }, (_, b) => Array.from({ length: b }, (_, a) => [a, b] as const)).flat()
    const seeds = fc.array(fc.constantFrom<string | null>(null, null, null, 'x', 'y'), { minLength: count, maxLength: count })
    return fc.tuple(fc.tuple(...pairs.map(([a, b]) => likeness.map((cosine) => ({ a, b, cosine })))), seeds)
  })
  fc.assert(
    fc.property(graphs, ([edges, seeds]) => {
      expect(cluster(seeds.length, edges, seeds, 0.4)).toEqual(clusterPlainly(seeds.length, edges, seeds, 0.4))
    }),
    { numRuns: 200 },
  )
})

/** The definition, read out: join the two most alike until none are alike enough. */
function clusterPlainly(count: number, edges: readonly Edge[], seeds: readonly (string | null)[], least: number): number[][] {
  let groups = Array.from({ length: count }, (_, one) => [one])
  const nameOf = (group: number[]) => group.map((one) => seeds[one]!).find((name) => name !== null) ?? null
  for (const name of new Set(seeds.filter((seed) => seed !== null)))
    groups = [groups.filter((group) => nameOf(group) === name).flat(), ...groups.filter((group) => nameOf(group) !== name)]
  const between = (one: number[], other: number[]) =>
    edges
      .filter(({ a, b }) => (one.includes(a) && other.includes(b)) || (one.includes(b) && other.includes(a)))
      .reduce((sum, { cosine }) => sum + cosine, 0) /
    (one.length * other.length)
  for (;;) {
    const pairs = groups
      .flatMap((one, at) => groups.slice(at + 1).map((other) => ({ one, other, likeness: between(one, other) })))
      .filter(({ one, other, likeness }) => likeness >= least && (nameOf(one) === null || nameOf(other) === null))
      .map((pair) => ({
        ...pair,
        numbers: [Math.min(...pair.one, ...pair.other), Math.max(Math.min(...pair.one), Math.min(...pair.other))] as const,
      }))
      .sort((left, right) => right.likeness - left.likeness || left.numbers[0] - right.numbers[0] || left.numbers[1] - right.numbers[1])
    const best = pairs[0]
    if (!best) return groups.map((group) => group.sort((a, b) => a - b)).sort((one, other) => one[0]! - other[0]!)
    groups = [[...best.one, ...best.other], ...groups.filter((group) => group !== best.one && group !== best.other)]
  }
}

test('heat halves in its half-life, and the series says the same as the formula', () => {
  const half = 600_000
  expect(heatAt([{ atMs: 0, weight: 1 }], half)).toBeCloseTo(0.5)
  expect(heatAt([{ atMs: 0, weight: 1 }], -1)).toBe(0)
  const happenings = fc.array(fc.record({ atMs: fc.integer({ min: -5_000_000, max: 4_000_000 }), weight: fc.constantFrom(1, 0.5) }), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(happenings, (some) => {
      const series = heatSeries(some, { endMs: 3_600_000, stepMs: 120_000, count: 30 })
      series.forEach((heat, step) => {
        expect(heat).toBeCloseTo(heatAt(some, (step + 1) * 120_000), 6)
      })
    }),
    { numRuns: 100 },
  )
})
