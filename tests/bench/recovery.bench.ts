/*
 * How long the media is away when a media worker is killed with -9: two sites on two workers, each in a real Chromium, from the
 * kill to the first new picture of the other at each of them. `npm run bench -- recovery [kills]`
 */
import type { Page } from 'playwright-core'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { mediaWorkers } from '../support/media-workers.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { createPeople } from '../support/people.ts'
import { startBenchServer } from './server.ts'

const goals = { slowestMs: 3_000 }
const kills = Math.max(1, Number(process.argv[2] ?? 8))

/** In the page: the other's picture as it is now, until another stream shows its first frame; the time of that. */
function nextPicture(): Promise<number> {
  const others = () => document.querySelectorAll<HTMLVideoElement>('video[data-testid^="video-"]:not(.picture-mirrored)')
  const trackOf = (video: HTMLVideoElement) => (video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined)
  const before = new Set([...others()].map(trackOf))
  return new Promise((resolve) => {
    const look = () => {
      const fresh = [...others()].find((video) => trackOf(video) && !before.has(trackOf(video)))
      if (fresh) fresh.requestVideoFrameCallback(() => resolve(Date.now()))
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** In the page: whether the other's picture moves. */
const movesNow = (page: Page) =>
  page.waitForFunction(
    () =>
      new Promise((resolve) =>
        document
          .querySelector<HTMLVideoElement>('video[data-testid^="video-"]:not(.picture-mirrored)')
          ?.requestVideoFrameCallback(() => resolve(true)),
      ),
  )

const server = await startBenchServer({ env: { MEDIA_WORKERS: '2', MEDIA_STREAMS_PER_WORKER: '1' } })
const browser = await openBrowser({ framesPerSecond: 15 })
try {
  const { person, close } = createPeople(server.url, server.db)
  await addRegions(server)
  const secretary = await person({ grants: [inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(secretary)
  const pages: Page[] = []
  for (const [index, site] of meeting.sites.slice(0, 2).entries()) {
    const member = await person({ name: ['钱建国', '陆雅琴'][index]!, grants: [inMeeting('member', meeting.id)] })
    const page = await (await contextOf(browser, server.url, member)).newPage()
    await enterRoom(page, server.url, meeting.id, site.id)
    pages.push(page)
  }
  const waits: number[] = []
  for (let kill = 1; kill <= kills; kill++) {
    await Promise.all(pages.map(movesNow))
    const back = pages.map((page) => page.evaluate(nextPicture))
    const [pid] = mediaWorkers()
    if (pid === undefined) throw new Error('there is no media worker to kill')
    const killedAt = Date.now()
    process.kill(pid, 'SIGKILL')
    const times = (await Promise.all(back)).map((at) => at - killedAt)
    waits.push(...times)
    console.log(`kill ${kill} of ${kills}: pictures are back after ${times.join(' and ')} ms`)
  }
  close()
  const inOrder = [...waits].sort((a, b) => a - b)
  const measured = { kills, sites: pages.length, medianMs: inOrder[Math.floor(inOrder.length / 2)]!, slowestMs: inOrder.at(-1)! }
  console.log(JSON.stringify({ bench: 'recovery', measured, goals, met: measured.slowestMs <= goals.slowestMs }))
} finally {
  await browser.close()
  await server.close()
}
