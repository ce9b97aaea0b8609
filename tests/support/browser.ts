import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { eventually } from './eventually.ts'
import type { Person } from './people.ts'

/** A Chromium whose camera and microphone are small fakes: a simulcast encoder is dear on two cores. */
export const openBrowser = ({ framesPerSecond = 5 } = {}): Promise<Browser> =>
  chromium.launch({
    executablePath:
      process.env.CHROMIUM_BIN ??
      ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      `--use-fake-device-for-media-stream=fps=${framesPerSecond}`,
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
    ],
  })

type Settings = { language?: 'zh-CN' | 'en'; width?: number; height?: number }

/** A browser profile of its own that is signed in as somebody. Its camera gives 320 × 180, so that one layer is enough. */
export async function contextOf(
  browser: Browser,
  url: string,
  person: Person,
  { language = 'zh-CN', width = 1_280, height = 720 }: Settings = {},
): Promise<BrowserContext> {
  // A menu that still moves is now and then missed on a busy machine.
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale: language,
    viewport: { width, height },
    permissions: ['camera', 'microphone'],
  })
  await context.addCookies(
    person.cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
    }),
  )
  await context.addInitScript(makeCameraSmall)
  return context
}

/** Run in the page: asks every camera for 320 × 180, so that one layer is enough. */
export function makeCameraSmall() {
  const devices = navigator.mediaDevices
  if (!devices) return
  const open = devices.getUserMedia.bind(devices)
  devices.getUserMedia = (wish) => open(wish?.video ? { ...wish, video: { width: 320, height: 180, frameRate: 15 } } : wish)
}

/** Goes through the door into the room. */
export async function enterRoom(page: Page, url: string, meetingId: string, siteId: string) {
  await page.goto(`${url}/meetings/${meetingId}/room?site=${siteId}`)
  await page.getByRole('button', { name: /^(进入会场|Enter)$/ }).click()
  await page.getByRole('toolbar').waitFor()
}

/** The number of frames of somebody's picture that this page has decoded so far. */
const decodedFrames = (page: Page, participantId: string) =>
  page.getByTestId(`video-${participantId}`).evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames)

/** Waits until new frames of somebody's picture arrive at this page. A picture that begins anew counts from nothing. */
export async function framesArrive(page: Page, participantId: string) {
  await page.getByTestId(`video-${participantId}`).waitFor()
  let last = Number.POSITIVE_INFINITY
  let rises = 0
  await eventually(
    async () => {
      const frames = await decodedFrames(page, participantId)
      if (frames > last) rises += 1
      last = frames
      return rises > 2
    },
    { timeoutMs: 30_000, everyMs: 100 },
  )
}

/** The id of the track that a page shows of somebody's picture; null while it shows none. A way made anew has another. */
export const shownTrack = (page: Page, participantId: string) =>
  page.evaluate((testId) => {
    const video = document.querySelector<HTMLVideoElement>(`[data-testid="${testId}"]`)
    return video?.srcObject instanceof MediaStream ? (video.srcObject.getVideoTracks()[0]?.id ?? null) : null
  }, `video-${participantId}`)
