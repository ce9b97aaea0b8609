import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBatcher } from '../../server/suggestions/batcher.ts'
import { AppError } from '../../shared/errors.ts'

type Item = { id: number; poisoned: boolean }
type Step =
  | { do: 'add'; items: Item[] }
  | { do: 'turns'; count: number }
  | { do: 'outage'; stage: 'before commit' | 'after commit' }
  | { do: 'close' }

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000)

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      items: fc.array(fc.record({ id: fc.nat(30), poisoned: fc.nat(9).map((die) => die === 0) }), { minLength: 1, maxLength: 8 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('turns' as const), count: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('outage' as const), stage: fc.constantFrom('before commit', 'after commit') }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'close' }) },
)

class Outage extends Error {}
class Poison extends Error {}

/** A store that commits all of a batch or nothing, and tells of it after the commit, as the database does. */
function createLedger() {
  const stored = new Map<number, number>()
  const announced: number[] = []
  let outage: 'before commit' | 'after commit' | null = null
  return {
    stored,
    announced,
    fail(stage: typeof outage) {
      outage = stage
    },
    async store(items: readonly Item[]): Promise<string[]> {
      await turn()
      const failing = outage
      outage = null
      if (failing === 'before commit') throw new Outage()
      if (items.some(({ poisoned }) => poisoned)) throw new Poison()
      const fresh = [...new Set(items.map(({ id }) => id))].filter((id) => !stored.has(id))
      for (const id of fresh) stored.set(id, (stored.get(id) ?? 0) + 1)
      // The connection is lost between the commit and its answer: it is stored, and nobody is told.
      if (failing === 'after commit') throw new Outage()
      announced.push(...fresh)
      return items.map(({ id }) => `stored ${id}`)
    },
  }
}

test('whatever comes together, fails, comes twice or is cut off, what was acknowledged is stored once and nothing else is announced', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 25 }), fc.integer({ min: 1, max: 6 }), async (steps, most) => {
      const ledger = createLedger()
      const batcher = createBatcher({
        store: ledger.store,
        isOutage: (error) => error instanceof Outage,
        most,
        everyMs: 0,
        room: 20,
      })
      const answers: { item: Item; answer: Promise<PromiseSettledResult<string>> }[] = []
      for (const step of steps) {
        if (step.do === 'add')
          for (const item of step.items)
            answers.push({ item, answer: Promise.allSettled([batcher.add(item)]).then(([settled]) => settled!) })
        if (step.do === 'turns') for (let count = 0; count < step.count; count++) await turn()
        if (step.do === 'outage') ledger.fail(step.stage)
        if (step.do === 'close') void batcher.close()
      }
      await batcher.close()

      expect([...ledger.stored.values()].every((times) => times === 1)).toBe(true)
      for (const { item, answer } of answers) {
        const settled = await answer
        if (settled.status === 'fulfilled') {
          expect(item.poisoned).toBe(false)
          expect(settled.value).toBe(`stored ${item.id}`)
          expect(ledger.stored.has(item.id)).toBe(true)
        } else if (settled.reason instanceof Poison) {
          // Only what is itself at fault is told so.
          expect(item.poisoned).toBe(true)
        } else {
          expect(settled.reason instanceof Outage || settled.reason instanceof AppError).toBe(true)
        }
      }
      expect(ledger.announced.every((id) => ledger.stored.has(id))).toBe(true)
      expect(new Set(ledger.announced).size).toBe(ledger.announced.length)
      await expect(batcher.add({ id: 99, poisoned: false })).rejects.toMatchObject({ code: 'unavailable' })
    }),
    { seed, numRuns: 200 },
  )
})

test('what comes while a batch is stored goes into the next one, and too many are turned away', async () => {
  const batches: number[][] = []
  const gate = Promise.withResolvers<void>()
  const batcher = createBatcher<number, number>({
    async store(items) {
      batches.push([...items])
      await gate.promise
      return items
    },
    isOutage: () => false,
    most: 3,
    everyMs: 0,
    room: 4,
  })
  const first = batcher.add(1)
  await turn()
  const rest = [2, 3, 4, 5].map(batcher.add)
  await expect(batcher.add(6)).rejects.toMatchObject({ code: 'unavailable' })
  gate.resolve()
  expect(await Promise.all([first, ...rest])).toEqual([1, 2, 3, 4, 5])
  expect(batches).toEqual([[1], [2, 3, 4], [5]])
})
