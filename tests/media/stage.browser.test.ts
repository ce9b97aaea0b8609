import type { Browser } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { expectAccessible, picture } from '../phone/phones.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, framesArrive, openBrowser, shownTrack } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { mediaWorkers } from '../support/media-workers.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

let app: TestApp
let browser: Browser
let secretary: Person
let meeting: Meeting
let sites: Awaited<ReturnType<typeof inside>>[]

// One room for the whole story: two sites on two workers, and the hall's screen.
beforeAll(async () => {
  app = await startApp({ clientFolder: inject('clientFolder'), env: { MEDIA_WORKERS: '2', MEDIA_STREAMS_PER_WORKER: '1' } })
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  browser = await openBrowser()
  meeting = await makeMeeting(secretary)
  sites = [await inside('钱建国', 0), await inside('陆雅琴', 1)]
}, 150_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function inside(name: string, site: number) {
  const person = await app.person({ name, grants: [inMeeting('member', meeting.id)] })
  const context = await contextOf(browser, app.url, person)
  await context.addInitScript(shareACanvas)
  const page = await context.newPage()
  await enterRoom(page, app.url, meeting.id, meeting.sites[site]!.id)
  return { person, page, participantId: await eventually(() => participantOf(person)) }
}

/** Run in the page: a machine without a screen has none to choose from. */
function shareACanvas() {
  if (!navigator.mediaDevices) return
  navigator.mediaDevices.getDisplayMedia = async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 })
    const context = canvas.getContext('2d')!
    setInterval(() => {
      context.fillStyle = `hsl(${Date.now() % 360} 50% 50%)`
      context.fillRect(0, 0, 640, 360)
    }, 100)
    return canvas.captureStream(10)
  }
}

async function participantOf(person: Person) {
  const found = (await app.services.media.participantsOf(meeting)).find(
    ({ accountId, present }) => accountId === person.accountId && present,
  )
  if (!found) throw new Error('is not in the room')
  return found.id
}

const everyoneSeesEveryone = () =>
  Promise.all([framesArrive(sites[0]!.page, sites[1]!.participantId), framesArrive(sites[1]!.page, sites[0]!.participantId)])

test('two sites on two workers see each other, in whole pictures of 16:9', async () => {
  await everyoneSeesEveryone()
  const box = await sites[0]!.page.getByTestId(`tile-${sites[1]!.participantId}`).boundingBox()
  expect(box!.width / box!.height).toBeCloseTo(16 / 9, 1)
}, 60_000)

test('the hall’s screen follows the chair: who is shown, what is discussed, and the shared screen; nobody in the room sees it', async () => {
  const hall = await app.person({ name: '会场大屏', grants: [inMeeting('observer', meeting.id)] })
  const page = await (await contextOf(browser, app.url, hall, { width: 1_920, height: 1_080 })).newPage()
  await page.goto(`${app.url}/screen/${meeting.id}`)
  await framesArrive(page, sites[0]!.participantId)
  await page.getByRole('img', { name: '二维码' }).or(page.locator('.projector-way-in img')).first().waitFor()

  value(await secretary.ask('stage:spotlight', { meetingId: meeting.id, participantId: sites[1]!.participantId }))
  await page.locator('.projector-large').getByTestId(`video-${sites[1]!.participantId}`).waitFor()

  const posted = value(await sites[0]!.person.ask('suggestion:post', { id: v7(), meetingId: meeting.id, text: '请在渡口增设夜间照明' }))
  value(await secretary.ask('suggestion:publish', { suggestionId: posted.suggestion.id }))
  value(await secretary.ask('stage:show', { meetingId: meeting.id, suggestionId: posted.suggestion.id }))
  await page.getByTestId('discussed').getByText('请在渡口增设夜间照明').waitFor()
  await sites[1]!.page.getByTestId('discussed').waitFor()

  await sites[0]!.page.getByRole('button', { name: '共享屏幕' }).click()
  for (const viewer of [page, sites[1]!.page]) {
    const video = viewer.getByTestId('shared-screen-video')
    await video.waitFor()
    await eventually(async () => (await video.evaluate((element: HTMLVideoElement) => element.videoWidth)) > 0, { timeoutMs: 15_000 })
  }
  expect((await app.services.media.participantsOf(meeting)).filter(({ present }) => present)).toHaveLength(2)

  value(await secretary.ask('stage:stop-screen', { meetingId: meeting.id }))
  await page.getByTestId('shared-screen').waitFor({ state: 'detached' })
  await sites[0]!.page.getByRole('button', { name: '共享屏幕' }).waitFor()
  await page.context().close()
}, 90_000)

test('a phone that asks sees who speaks, picture after picture, and only for as long as it looks', async () => {
  const meetingId = meeting.id
  const sent = sites.map(({ page }) => {
    const stills: string[] = []
    page.on('request', (request) => request.method() === 'PUT' && stills.push(request.url()))
    return stills
  })
  value(await secretary.post('stage:spotlight', { meetingId, participantId: null }))
  value(await secretary.post('floor:call', { meetingId, participantId: sites[0]!.participantId, speechId: v7() }))
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
  context.setDefaultTimeout(30_000)
  const phone = await context.newPage()
  await phone.goto(`${app.url}/s/${meeting.code}`)
  await phone.getByRole('button', { name: '看看现场' }).waitFor()
  expect(sent).toEqual([[], []])

  await phone.getByRole('button', { name: '看看现场' }).click()
  const scene = phone.getByRole('region', { name: '现场画面' })
  const shown = scene.getByRole('img')
  await scene.getByText('钱建国 · 南浔主会场').waitFor()
  await shown.waitFor()
  expect(await shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([320, 180])
  const first = await shown.getAttribute('src')
  await picture(phone, 'scene')
  await sites[0]!.page.getByText('手机可见').waitFor()
  await picture(sites[0]!.page, 'scene-room')
  await eventually(async () => expect(await shown.getAttribute('src')).not.toBe(first), { timeoutMs: 30_000, everyMs: 200 })
  await expectAccessible(phone)
  expect(sent[1]).toEqual([])

  value(await secretary.post('floor:call', { meetingId, participantId: sites[1]!.participantId, speechId: v7() }))
  await scene.getByText('陆雅琴 · 吴江分会场').waitFor()
  await eventually(async () => expect(sent[1]).toContain(app.url + (await shown.getAttribute('src'))), { timeoutMs: 20_000 })
  await sites[1]!.page.getByRole('button', { name: '关闭摄像头' }).click()
  await scene.getByText('发言人没有开摄像头').waitFor()
  await picture(phone, 'scene-dark')
  await sites[1]!.page.getByRole('button', { name: '打开摄像头' }).click()
  await shown.waitFor()

  await scene.getByRole('button', { name: '不看了' }).click()
  await scene.waitFor({ state: 'detached' })
  value(await secretary.post('floor:end', { meetingId }))
  await phone.getByRole('button', { name: '看看现场' }).click()
  await scene.getByText('现在没有人在发言').waitFor()
  await context.close()
}, 120_000)

test('a worker killed in the middle: those on it are back by themselves, and everybody sees everybody again', async () => {
  await everyoneSeesEveryone()
  const before = await Promise.all(seen())
  const killedAt = performance.now()
  process.kill(mediaWorkers()[0]!, 'SIGKILL')
  // The killed one carried one of the two sites: the way between the two is made anew at both.
  await eventually(async () => (await Promise.all(seen())).every((track, site) => track !== null && track !== before[site]), {
    timeoutMs: 30_000,
  })
  await everyoneSeesEveryone()
  console.info(`media back at every site ${Math.round(performance.now() - killedAt)} ms after the kill, a few frames included`)
  for (const { page } of sites) await page.getByText('连接中断，正在自动恢复，请勿关闭页面').waitFor({ state: 'hidden' })
}, 60_000)

/** The track that each site shows of the other; null while it shows none. */
const seen = () => [shownTrack(sites[0]!.page, sites[1]!.participantId), shownTrack(sites[1]!.page, sites[0]!.participantId)]
