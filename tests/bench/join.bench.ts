/*
 * How long joining takes: from the socket's connect to the first frame of somebody else, on loopback, with the real
 * server, the real page and a real Chromium. Between the two a person presses a button: what counts is the time of the
 * connect plus the time from the button to the frame. `npm run bench -- join [joins]`
 */
import type { BrowserContext, Page } from 'playwright-core'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { createPeople } from '../support/people.ts'
import { spawnBenchServer } from './server.ts'
import { measureCrowd } from './signalling.ts'

const goals = { medianMs: 600, roundTrips: 2, crowdMs: 1_000 }
/** So many ask to join at the same moment, with synthetic clients that do both round trips. */
const crowd = 50
const joins = Math.max(15, Number(process.argv[2] ?? 20))

type Probe = { pressedAt: number; frameAt: number; asked: string[] }
type Measured = { connectMs: number; enterMs: number; roundTrips: number }

/** Runs in the page before its own code: notes what the socket does and when the first frame of another is shown. */
function watchPage() {
  const probe: Probe = { pressedAt: 0, frameAt: 0, asked: [] }
  Object.assign(window, { probe })
  const Plain = window.WebSocket
  window.WebSocket = class extends Plain {
    override send(data: string) {
      const asked = /^42\d*\["(room:[a-z-]+)"/.exec(String(data))?.[1]
      // Layers are wishes: no media waits for them.
      if (asked && asked !== 'room:layers' && probe.frameAt === 0) probe.asked.push(asked)
      super.send(data)
    }
  }
  document.addEventListener(
    'click',
    (event) => {
      if (event.target instanceof Element && event.target.closest('button[type=submit]')) probe.pressedAt = performance.now()
    },
    true,
  )
  const seen = new WeakSet<Element>()
  new MutationObserver(() => {
    for (const video of document.querySelectorAll<HTMLVideoElement>('video[data-testid^="video-"]:not(.picture-mirrored)')) {
      if (seen.has(video)) continue
      seen.add(video)
      video.requestVideoFrameCallback(() => {
        probe.frameAt ||= performance.now()
      })
    }
  }).observe(document, { childList: true, subtree: true })
}

async function joinOnce(context: BrowserContext, url: string, meetingId: string, siteId: string): Promise<Measured> {
  const page = await context.newPage()
  try {
    await page.goto(`${url}/meetings/${meetingId}/room?site=${siteId}`)
    // A person presses the button when they see themselves.
    await page.locator('.preview video').waitFor()
    const connectMs = await page.evaluate(connectOnce)
    await page.getByRole('button', { name: '进入会场' }).click()
    const probe = await shownFrame(page)
    return { connectMs, enterMs: probe.frameAt - probe.pressedAt, roundTrips: probe.asked.length }
  } finally {
    await page.getByRole('button', { name: '离开会场' }).click()
    await page.close()
  }
}

/** In the page: one whole Socket.IO connect. The page's own happened while it was loading, and was waited for by nobody. */
async function connectOnce(): Promise<number> {
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 }))
  const begun = performance.now()
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
  await new Promise<void>((resolve) => {
    socket.onmessage = ({ data }) => {
      // Packets of Engine.IO and Socket.IO: 0 opens, 40 asks for and confirms the connection.
      if (String(data).startsWith('0')) socket.send('40')
      if (String(data).startsWith('40')) resolve()
    }
  })
  const taken = performance.now() - begun
  socket.close()
  return taken
}

async function shownFrame(page: Page): Promise<Probe> {
  const handle = await page.waitForFunction(() => {
    const { probe } = window as unknown as { probe: Probe }
    return probe.frameAt > 0 && probe
  })
  return (await handle.jsonValue()) as Probe
}

const quantile = (values: number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]!

const server = await spawnBenchServer()
const browser = await openBrowser({ framesPerSecond: 15 })
try {
  const { person, close } = createPeople(server.url, server.db)
  await addRegions(server)
  const secretary = await person({ grants: [inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(secretary)
  const [main, branch] = meeting.sites
  const speaker = await person({ name: '钱建国', grants: [inMeeting('member', meeting.id)] })
  const visitor = await person({ name: '陆雅琴', grants: [inMeeting('member', meeting.id)] })
  const stage = await (await contextOf(browser, server.url, speaker)).newPage()
  await enterRoom(stage, server.url, meeting.id, main!.id)
  const context = await contextOf(browser, server.url, visitor)
  await context.addInitScript(watchPage)

  const measured: Measured[] = []
  for (let turn = 0; turn <= joins; turn++) {
    const one = await joinOnce(context, server.url, meeting.id, branch!.id)
    // The first one fills the caches of the browser and the server.
    if (turn === 0) continue
    measured.push(one)
    console.log(
      `join ${turn} of ${joins}: connect ${one.connectMs.toFixed(0)} ms + enter to first frame ${one.enterMs.toFixed(0)} ms, ${one.roundTrips} round trips`,
    )
  }
  await context.close()
  await stage.close()
  const waits = await measureCrowd({ ...server, person }, crowd)
  console.log(`${crowd} at once: median ${quantile(waits, 0.5).toFixed(0)} ms, last ${Math.max(...waits).toFixed(0)} ms`)
  close()
  const totals = measured.map(({ connectMs, enterMs }) => connectMs + enterMs)
  const result = {
    medianMs: Math.round(quantile(totals, 0.5)),
    p95Ms: Math.round(quantile(totals, 0.95)),
    connectMedianMs: Math.round(
      quantile(
        measured.map(({ connectMs }) => connectMs),
        0.5,
      ),
    ),
    roundTrips: Math.max(...measured.map(({ roundTrips }) => roundTrips)),
    joins,
    crowd: { people: crowd, medianMs: Math.round(quantile(waits, 0.5)), lastMs: Math.round(Math.max(...waits)) },
  }
  const met = result.medianMs < goals.medianMs && result.roundTrips <= goals.roundTrips && result.crowd.lastMs < goals.crowdMs
  console.log(JSON.stringify({ bench: 'join', measured: result, goals, met }))
} finally {
  await browser.close()
  await server.close()
}
