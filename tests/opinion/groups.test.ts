import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createConversation } from '../../server/opinion/conversation.ts'
import { adjustedRand } from '../../server/opinion/likeness.ts'
import { emptyMatrix, withVotes } from '../../server/opinion/matrix.ts'
import { drawOpinion } from '../../server/opinion/picture.ts'
import { createRandom } from '../../server/opinion/random.ts'
import { logFrom, type Planting, plant, shuffled } from './planted.ts'

// More runs find more: FUZZ_RUNS=200 npx vitest run tests/opinion; a failure is repeated with its FUZZ_SEED.
const numRuns = Number(process.env.FUZZ_RUNS ?? 15)
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
console.log(`seed ${seed}`)

const seeds = [1, 2, 3, 4]

test.each<[name: string, planting: Omit<Planting, 'seed'>, least: number]>([
  ['two equal groups of 30', { sizes: [30, 30], suggestions: 30, density: 0.8 }, 0.85],
  ['two groups of 60 and 40 that voted on half', { sizes: [60, 40], suggestions: 40, density: 0.6 }, 0.9],
  ['three groups of a hundred', { sizes: [100, 80, 60], suggestions: 60, density: 0.5 }, 0.9],
  ['three groups of hundreds', { sizes: [800, 700, 500], suggestions: 200, density: 0.3 }, 0.98],
  ['a group of one in twenty beside a large one', { sizes: [1500, 400, 100], suggestions: 200, density: 0.3 }, 0.98],
  ['three groups with much noise', { sizes: [800, 700, 500], suggestions: 200, density: 0.3, noise: 0.2 }, 0.95],
])('planted groups are found again: %s', (_, planting, least) => {
  const many = planting.sizes.length > 2 && planting.sizes[0]! > 500
  for (const each of many ? seeds.slice(0, 2) : seeds) {
    const planted = plant({ ...planting, seed: each })
    const { picture } = drawOpinion(planted.matrix, null)
    expect(picture.groups).toHaveLength(planting.sizes.length)
    expect(adjustedRand(picture.groupOf, planted.groupOf)).toBeGreaterThan(least)
  }
})

test('what sets planted groups apart is what was planted', () => {
  const planted = plant({ seed: 5, sizes: [80, 60, 40], suggestions: 40, density: 0.7 })
  const { picture } = drawOpinion(planted.matrix, null)
  for (const group of picture.groups) {
    const members = planted.groupOf.filter((_, row) => picture.groupOf[row] === group.id)
    const stances = planted.stances[members.sort((a, b) => count(members, b) - count(members, a))[0]!]!
    expect(group.representatives.length).toBeGreaterThan(0)
    for (const { column, side } of group.representatives) expect(stances[column]).toBe(side === 'agree' ? 1 : -1)
  }
  const shared = planted.stances[0]!.map((stance, column) => stance === 1 && planted.stances.every((group) => group[column] === 1))
  expect(picture.suggestions.common.filter((common, column) => common !== shared[column]).length).toBeLessThanOrEqual(1)
})

const count = (list: number[], one: number) => list.filter((each) => each === one).length

const planting = fc.record({
  seed: fc.nat(10_000),
  sizes: fc.array(fc.integer({ min: 3, max: 25 }), { minLength: 2, maxLength: 3 }),
  suggestions: fc.integer({ min: 12, max: 30 }),
  density: fc.constantFrom(0.6, 0.8, 1),
})

test('neither the order of the votes nor the names of people and suggestions change the picture', () => {
  fc.assert(
    fc.property(planting, (wish) => {
      const { matrix, log, people, suggestions } = plant(wish)
      const random = createRandom(wish.seed)
      const [rows, columns] = [shuffled([...Array(people).keys()], random), shuffled([...Array(suggestions).keys()], random)]
      const renamed = shuffled(
        Array.from(log.rows, (row, entry) => [rows[row]!, columns[log.columns[entry]!]!, log.votes[entry]!] as const),
        random,
      )
      const [one, other] = [drawOpinion(matrix, null), drawOpinion(withVotes(emptyMatrix, logFrom(renamed), people, suggestions), null)]
      const back = rows.map((row) => other.picture.groupOf[row]!)
      // When two directions are equally strong neither is the second, and the picture is one of several that are as good.
      fc.pre(isWellPosed(one.picture.silhouettes))
      expect(adjustedRand(one.picture.groupOf, back)).toBeGreaterThan(0.95)
      columns.forEach((column, was) => {
        expect(other.picture.suggestions.tallies[column]).toEqual(one.picture.suggestions.tallies[was])
      })
    }),
    { numRuns, seed },
  )
})

/** One number of groups fits clearly better than all others. */
function isWellPosed(silhouettes: Record<number, number>): boolean {
  const [first = 0, second = 0] = Object.values(silhouettes).sort((a, b) => b - a)
  return first > 0.45 && first - second > 0.1
}

test('the same votes give the same picture, to the last digit', () => {
  const { matrix } = plant({ seed: 9, sizes: [90, 70], suggestions: 30, density: 0.6 })
  expect(drawOpinion(matrix, null)).toEqual(drawOpinion(matrix, null))
})

test('groups keep their names while votes, people and suggestions come in, and after a restart', () => {
  const planted = plant({ seed: 11, sizes: [60, 45, 30], suggestions: 40, density: 0.7 })
  const entries = Array.from(
    planted.log.rows,
    (row, entry) => [row, planted.log.columns[entry]!, planted.log.votes[entry]!] as [number, number, number],
  )
  // As it is live: suggestions and people come in the order of their numbers.
  entries.sort((a, b) => Math.max(a[0] / 135, a[1] / 40) - Math.max(b[0] / 135, b[1] / 40))
  const steps = 12
  let matrix = emptyMatrix
  let memory: Parameters<typeof drawOpinion>[1] = null
  let before: Int8Array | null = null
  for (let step = 5; step <= steps; step++) {
    const part = entries.slice(Math.floor((entries.length * (step - 1)) / steps), Math.floor((entries.length * step) / steps))
    matrix = withVotes(matrix, logFrom(step === 5 ? entries.slice(0, Math.floor((entries.length * 5) / steps)) : part), 135, 40)
    const drawn = drawOpinion(matrix, memory)
    if (before && step > 7) {
      const there = [...before.keys()].filter((row) => before![row]! >= 0 && drawn.picture.groupOf[row]! >= 0)
      const stayed = there.filter((row) => before![row] === drawn.picture.groupOf[row])
      expect(stayed.length / there.length).toBeGreaterThan(0.85)
    }
    before = drawn.picture.groupOf
    // Every other step as after a restart: who was in which group is forgotten.
    memory = step % 2 === 0 ? { ...drawn.memory, groupOf: null } : drawn.memory
  }
  expect(adjustedRand(before!, planted.groupOf)).toBeGreaterThan(0.9)
})

test('another number of groups is shown only after it has been the best four times in a row', () => {
  const two = plant({ seed: 21, sizes: [40, 40], suggestions: 30, density: 0.9 })
  const first = drawOpinion(two.matrix, null)
  expect(first.picture.groups.map(({ id }) => id)).toEqual([0, 1])
  // A third group comes in, of the opposite mind on half of the suggestions.
  const third = Array.from({ length: 40 * 30 }, (_, i) => {
    const [row, column] = [80 + Math.floor(i / 30), i % 30]
    return [row, column, column % 2 === 0 ? two.stances[0]![column]! : -two.stances[0]![column]!] as const
  })
  const matrix = withVotes(two.matrix, logFrom(third), 120, 30)
  let memory = first.memory
  const shown: number[] = []
  for (let update = 0; update < 5; update++) {
    const drawn = drawOpinion(matrix, memory)
    shown.push(drawn.picture.groups.length)
    memory = drawn.memory
    if (update === 4) {
      expect(adjustedRand(drawn.picture.groupOf.slice(0, 80), first.picture.groupOf)).toBeGreaterThan(0.9)
      const kept = [...first.picture.groupOf].filter((id, row) => id === drawn.picture.groupOf[row]).length
      expect(kept).toBeGreaterThan(70)
    }
  }
  expect(shown).toEqual([2, 2, 2, 3, 3])
})

test('who is set aside is not in what counts, and is in what shows everybody; the others keep their groups', () => {
  const { log, people, suggestions, groupOf } = plant({ seed: 31, sizes: [40, 30], suggestions: 30, density: 0.8 })
  const conversation = createConversation()
  const ids = Array.from({ length: people }, (_, row) => `person ${row}`)
  conversation.add({ people: ids, suggestions: Array.from({ length: suggestions }, (_, column) => `suggestion ${column}`), log })
  const before = conversation.draw()
  const out = new Set(ids.filter((_, row) => row % 10 === 0))
  const [counted, all] = [conversation.draw(out), conversation.draw(new Set(), { view: 'all' })]
  expect(counted.opinion).toMatchObject({ with: 'counted', setAside: 7, voters: 63 })
  expect(all.opinion).toMatchObject({ with: 'all', voters: 70 })
  ids.forEach((id, row) => {
    expect(counted.places.groupOf[row]! < 0).toBe(out.has(id))
  })
  expect(adjustedRand(counted.places.groupOf, groupOf)).toBeGreaterThan(0.9)
  const kept = [...counted.places.groupOf].filter((group, row) => group >= 0 && group === before.places.groupOf[row])
  expect(kept.length).toBeGreaterThan(60)
  // They are let in again.
  expect(conversation.draw().opinion).toMatchObject({ setAside: 0, voters: 70 })
})

test('with seven votes one is placed, with six not; once placed one stays so, though more suggestions come', () => {
  const votes = (row: number, count: number, value: number) => Array.from({ length: count }, (_, column) => [row, column, value] as const)
  const matrix = withVotes(emptyMatrix, logFrom([...votes(0, 9, 1), ...votes(1, 9, -1), ...votes(2, 7, 1), ...votes(3, 6, 1)]), 4, 9)
  expect([...drawOpinion(matrix, null).picture.groupOf].map((id) => id >= 0)).toEqual([true, true, true, false])

  const few = withVotes(emptyMatrix, logFrom([...votes(0, 3, 1), ...votes(1, 3, -1), ...votes(2, 2, 1)]), 3, 3)
  const drawn = drawOpinion(few, null)
  expect([...drawn.picture.groupOf].map((id) => id >= 0)).toEqual([true, true, false])
  const more = withVotes(few, logFrom([[2, 3, 1]]), 3, 4)
  expect([...drawOpinion(more, drawn.memory).picture.groupOf].map((id) => id >= 0)).toEqual([true, true, false])
  expect(drawOpinion(more, null).picture.placed).toBe(0)
})

test.each<[name: string, entries: (readonly [number, number, number])[], groups: number]>([
  ['no votes', [], 0],
  ['one vote', [[0, 0, 1]], 1],
  ['one person', [0, 1, 2, 3, 4, 5, 6, 7].map((column) => [0, column, 1] as const), 1],
  ['everyone votes the same', grid(20, 8, () => 1), 1],
  ['everyone passes', grid(20, 8, () => 0), 1],
  ['a single suggestion', grid(20, 1, (row) => (row % 2 ? 1 : -1)), 2],
  ['two people of opposite minds', grid(2, 8, (row) => (row ? 1 : -1)), 2],
  ['each voted on what nobody else did', Array.from({ length: 30 }, (_, row) => [row, row, 1] as const), 0],
])('what is degenerate still gives a picture of finite figures: %s', (_, entries, groups) => {
  const people = Math.max(0, ...entries.map(([row]) => row + 1))
  const suggestions = Math.max(0, ...entries.map(([, column]) => column + 1))
  const { picture, memory } = drawOpinion(withVotes(emptyMatrix, logFrom(entries), people, suggestions), null)
  expect(picture.groups).toHaveLength(groups)
  const figures = [
    ...picture.places.x,
    ...picture.places.y,
    ...picture.suggestions.x,
    ...picture.suggestions.y,
    ...picture.suggestions.consensus,
    ...picture.knots.flatMap(({ x, y, people }) => [x, y, people]),
    ...memory.components[0],
    ...memory.components[1],
  ]
  expect(figures.every(Number.isFinite)).toBe(true)
  expect(picture.groups.reduce((sum, { size }) => sum + size, 0)).toBe(picture.placed)
})

function grid(people: number, suggestions: number, vote: (row: number) => number) {
  return Array.from({ length: people * suggestions }, (_, i) => {
    const row = Math.floor(i / suggestions)
    return [row, i % suggestions, vote(row)] as const
  })
}

test('any votes at all give every placed person a group, every group a member and something it holds', () => {
  const entry = fc.tuple(fc.nat(24), fc.nat(11), fc.constantFrom(1, -1, 0))
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 300 }), fc.array(entry, { maxLength: 60 }), (earlier, later) => {
      const matrix = withVotes(emptyMatrix, logFrom(earlier), 25, 12)
      const first = drawOpinion(matrix, null)
      const { picture } = drawOpinion(withVotes(matrix, logFrom(later), 25, 12), first.memory)
      const ids = new Set([...picture.groupOf].filter((id) => id >= 0))
      expect([...ids].sort()).toEqual(picture.groups.map(({ id }) => id))
      for (const { size, representatives } of picture.groups) {
        expect(size).toBeGreaterThan(0)
        if (picture.groups.length > 1) expect(representatives.length).toBeGreaterThan(0)
        expect(representatives.length).toBeLessThanOrEqual(5)
      }
    }),
    { numRuns: numRuns * 4, seed },
  )
})
