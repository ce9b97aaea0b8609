import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, inRegion, makeMeeting } from '../support/meetings.ts'
import { value } from '../support/people.ts'
import { compareConsumers } from './consumers.ts'
import { gather, signInAll } from './fanout/crowd.ts'
import { postAt } from './fanout/measure.ts'
import { startServer } from './fanout/processes.ts'
import { measureOpinion } from './opinion.ts'
import { openBrowser, openCold } from './phone.ts'
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

test('the bench of the phone page opens it over a thin line until it can be written in and read', async () => {
  await addRegions(app)
  const secretary = await app.person({ grants: [inRegion('secretary', '')] })
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' as never })
  value(await secretary.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '渡口加一盏灯' }))
  const browser = await openBrowser()
  try {
    const { boxMs, listMs, bytes } = await openCold(browser, `${app.url}/s/${meeting.code}`)
    // The page and its script, one after the other, are two round trips of 400 ms.
    expect(Math.min(boxMs, listMs)).toBeGreaterThan(800)
    expect(bytes).toBeGreaterThan(20_000)
    expect(bytes).toBeLessThan(120_000)
  } finally {
    await browser.close()
  }
})

test.each(['own', 'socketio', 'ws'] as const)('the bench of fan-out brings every post to every phone of the server "%s"', async (kind) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'yishi-fanout-'))
  const server = await startServer(kind, { pinned: false, dataDir })
  try {
    const crowd = await gather(server, 10, kind === 'own' ? await signInAll(server, 10) : [])
    const { p99, cpuPerDelivery, bytesPerDelivery } = await postAt(crowd, server.cpu, 10, 500)
    crowd.close()
    // A post that did not reach all would have waited for ever.
    expect(p99).toBeLessThan(Number.POSITIVE_INFINITY)
    // 600 in UTF-8, less where a busy machine sends and packs several at once.
    expect(bytesPerDelivery).toBeGreaterThan(300)
    expect(cpuPerDelivery).toBeGreaterThanOrEqual(0)
  } finally {
    await server.close()
    await rm(dataDir, { recursive: true, force: true })
  }
})
