import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { compareConsumers } from './consumers.ts'
import { measureOpinion } from './opinion.ts'
import { measureCrowd, measureJoins } from './signalling.ts'

/* The benches themselves take their time; here only that they measure what they say. Figures of a busy machine prove nothing. */

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.close())

test('joining costs two requests, however many are in the room', async () => {
  const costs = await measureJoins(app, 4)
  expect(costs.map(({ requests }) => requests)).toEqual([2, 2, 2, 2])
  for (const { bytesUp, bytesDown } of costs) {
    expect(bytesUp).toBeLessThan(10_000)
    expect(bytesDown).toBeLessThan(30_000)
  }
})

test('a crowd that joins at once gets in, all of it', async () => {
  // More than the database has connections.
  expect(await measureCrowd(app, 30)).toHaveLength(30)
})

test.each(['audio', 'video'] as const)(
  'the bench of consumers brings %s to every viewer, with our control plane and without',
  async (kind) => {
    const { own, bare, consumers } = await compareConsumers({ kind, sources: 2, viewers: 5, rounds: 1, windowMs: 500 })
    expect(consumers).toBe(10)
    for (const { lossPercent, microsecondsPerPacket } of [own, bare]) {
      expect(lossPercent).toBeLessThan(10)
      expect(microsecondsPerPacket).toBeGreaterThan(0)
    }
  },
)

test('the bench of opinions finds the planted groups, and tells how long it took', async () => {
  const measured = await measureOpinion({ sizes: [60, 40], suggestions: 30, votes: 2_000, updates: 3, votesAnUpdate: 10 })
  expect(measured).toMatchObject({ people: 100, suggestions: 30, adjustedRand: expect.closeTo(1, 0) })
  expect(measured.slowestUpdateMs).toBeGreaterThan(0)
})
