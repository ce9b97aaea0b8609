import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { depth, type Rung } from '../../shared/ladder.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { enter } from '../media/joining.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import type { Person } from '../support/people.ts'
import { concealedBetween, heardBy, throughRelay } from './page.ts'
import { clear, type Relay, startRelay } from './relay.ts'

const seed = 20_261_123
const weak = { loss: 0.1, bitsPerSecond: 300_000, delayMs: 20 }

let app: TestApp
let browser: Browser
let relay: Relay
let secretary: Person
beforeAll(async () => {
  app = await startApp({ clientFolder: inject('clientFolder') })
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  browser = await openBrowser({ framesPerSecond: 10 })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await relay?.close()
  await app?.close()
})

/** The UDP port of the media worker, as any client is told it. */
async function mediaPort(meeting: Meeting): Promise<number> {
  const person = await app.person({ grants: [inMeeting('observer', meeting.id)] })
  const { joined } = await enter(person, meeting)
  await person.ask('room:leave', {})
  return joined.receiveTransport.iceCandidates.find(({ protocol }) => protocol === 'udp')!.port
}

async function inside(meeting: Meeting, name: string, site: number, relayPort: number | null) {
  const person = await app.person({ name, grants: [inMeeting('moderator', meeting.id)] })
  const context = await contextOf(browser, app.url, person)
  await throughRelay(context, relayPort)
  const page = await context.newPage()
  await enterRoom(page, app.url, meeting.id, meeting.sites[site]!.id)
  const participantId = await eventually(async () => {
    const here = await app.services.media.participantsOf(meeting)
    const mine = here.find(({ accountId, present }) => present && accountId === person.accountId)
    if (!mine) throw new Error('is not in the room')
    return mine.id
  })
  return { page, participantId }
}

/** Where the weak site stands, as this page shows it on the tile. */
async function shown(page: Page, participantId: string): Promise<{ down: Rung; up: Rung }> {
  const mark = page.getByTestId(`tile-${participantId}`).getByTestId(`line-${participantId}`)
  if ((await mark.count()) === 0) return { down: 'full', up: 'full' }
  const [down, up] = await Promise.all([mark.getAttribute('data-down'), mark.getAttribute('data-up')])
  return { down: down as Rung, up: up as Rung }
}

test('at 10 % loss and 300 kbit/s voices stay whole, the line goes down the ladder, and comes back up when it is good again', async () => {
  const meeting = await makeMeeting(secretary)
  relay = await startRelay({ port: await mediaPort(meeting), seed })
  const { page: good } = await inside(meeting, '钱建国', 0, null)
  const { page: far, participantId } = await inside(meeting, '陆雅琴', 1, relay.port)
  await Promise.all([good, far].map((page) => page.locator('.tile video:not(.picture-mirrored)').first().waitFor()))
  await Promise.all([good, far].map((page) => eventually(async () => (await heardBy(page)).total > 48_000, { timeoutMs: 15_000 })))
  const downAt = async (page: Page) => depth((await shown(page, participantId)).down)

  relay.become(weak)
  // The chair at the good site sees it, and so does the weak one. How far down depends on what congestion control makes of
  // the line: the one small picture that there is fits into it beside the voices, as the smallest layer of several would not.
  await eventually(async () => expect(await downAt(good)).toBeGreaterThanOrEqual(depth('layers')), { timeoutMs: 45_000, everyMs: 250 })
  await eventually(async () => expect(await downAt(far)).toBeGreaterThanOrEqual(depth('layers')))

  const before = await Promise.all([good, far].map(heardBy))
  const lostBefore = relay.counts.lost
  await eventually(async () => (await heardBy(far)).total > before[1]!.total + 10 * 48_000, { timeoutMs: 20_000, everyMs: 250 })
  const after = await Promise.all([good, far].map(heardBy))
  expect(relay.counts.lost - lostBefore).toBeGreaterThan(50)
  expect(concealedBetween(before[1]!, after[1]!)).toBeLessThan(0.08)
  expect(concealedBetween(before[0]!, after[0]!)).toBeLessThan(0.08)
  // Voices alone would be too little for this line.
  expect(await downAt(good)).toBeLessThan(depth('audio'))

  const lowest = await downAt(good)
  relay.become(clear)
  await eventually(async () => expect(await downAt(good)).toBeLessThan(lowest), { timeoutMs: 90_000, everyMs: 250 })
}, 180_000)
