import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { sha256 } from '../../shared/canonical.ts'
import { type Drawable, type DrawCounts, drawnOf, drawScript, evaluatorCategories, poolText } from '../../shared/draw.ts'

const run = promisify(execFile)
const poolOf = (counts: DrawCounts): Drawable[] =>
  evaluatorCategories.flatMap((category) =>
    Array.from({ length: counts[category] }, (_, place) => ({ id: v7(), category, name: `${category} ${place}` })),
  )
const counts = (member: number, worthy = 0, expert = 0, thirdParty = 0): DrawCounts => ({
  member,
  worthy,
  expert,
  'third-party': thirdParty,
})

test('the same pool, secret and number draw the same people, in whatever order the pool is read', async () => {
  const pool = poolOf(counts(9, 4, 3, 2))
  const wanted = counts(4, 2, 1, 1)
  const first = await drawnOf(pool, wanted, 'secret', '82531')
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(pool, { minLength: pool.length }), async (shuffled) => {
      expect(await drawnOf(shuffled, wanted, 'secret', '82531')).toEqual(first)
      expect(poolText(shuffled)).toBe(poolText(pool))
    }),
    { numRuns: 20 },
  )
  expect(new Set(first).size).toBe(8)
  for (const category of evaluatorCategories)
    expect(first.filter((id) => pool.find((one) => one.id === id)!.category === category)).toHaveLength(wanted[category])
  expect(await drawnOf(pool, wanted, 'secret', '82532')).not.toEqual(first)
  expect(await drawnOf(pool, wanted, 'secreu', '82531')).not.toEqual(first)
})

test('who is in the pool decides for nobody else: without one who was not drawn, the others are drawn as before', async () => {
  const pool = poolOf(counts(12))
  const drawn = await drawnOf(pool, counts(3), 'secret', '7')
  for (const { id } of pool.filter((one) => !drawn.includes(one.id)))
    expect(
      await drawnOf(
        pool.filter((one) => one.id !== id),
        counts(3),
        'secret',
        '7',
      ),
    ).toEqual(drawn)
})

// Chi-square with 9 degrees of freedom: 27.9 is passed by chance once in a thousand. The numbers are fixed, so it is passed always or never.
test('everybody is drawn about as often', async () => {
  const pool = Array.from({ length: 10 }, (_, n) => ({
    id: `018f0000-0000-7000-8000-00000000000${n}`,
    category: 'member' as const,
    name: '',
  }))
  const times = new Map(pool.map(({ id }) => [id, 0]))
  const draws = 1_500
  for (let n = 0; n < draws; n++) for (const id of await drawnOf(pool, counts(3), 'secret', String(n))) times.set(id, times.get(id)! + 1)
  const expected = (draws * 3) / pool.length
  const chiSquare = [...times.values()].reduce((sum, one) => sum + (one - expected) ** 2 / expected, 0)
  expect(chiSquare).toBeLessThan(27.9)
})

test('a plain shell draws the same people, and finds out a changed pool', async () => {
  const pool = [...poolOf(counts(6, 3, 0, 2)), { id: v7(), category: 'expert' as const, name: "O'Hara $(x) `y` \\ 王 秀英" }]
  const wanted = counts(2, 1, 1, 1)
  const secret = 'ab'.repeat(32)
  const publicSeed = "体彩排列5 第26325期 '8 2 5 3 1'"
  const told = { pool, counts: wanted, secret, publicSeed, commitment: await sha256(secret), poolHash: await sha256(poolText(pool)) }
  const { stdout } = await run('sh', ['-c', drawScript(told)])
  const [commitment, fixed, ...drawn] = stdout.trim().split('\n')
  expect([commitment, fixed]).toEqual(['commitment: ok', 'pool: ok'])
  expect(drawn.map((one) => one.split(' ')[0])).toEqual(await drawnOf(pool, wanted, secret, publicSeed))
  expect(drawn.find((one) => one.includes('expert'))).toContain("O'Hara $(x) `y` \\ 王 秀英")

  const changed = await run('sh', ['-c', drawScript({ ...told, pool: pool.slice(1), secret: 'cd'.repeat(32) })])
  expect(changed.stdout).toContain('commitment: WRONG')
  expect(changed.stdout).toContain('pool: WRONG')
})
