import type { Browser } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, framesArrive, openBrowser, shownTrack } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { mediaWorkers } from '../support/media-workers.ts'
import { addRegions, districts, freeDiscussion, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

let app: TestApp
let browser: Browser
let secretary: Person
beforeAll(async () => {
  app = await startApp({ clientFolder: inject('clientFolder') })
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  browser = await openBrowser()
}, 120_000)
const closeContexts = async () => Promise.all(browser.contexts().map((context) => context.close()))
afterEach(closeContexts)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** Two sites of two provinces, each with its page in the room. */
async function twoSites() {
  const meeting = await freeDiscussion(app, await makeMeeting(secretary))
  const [zhejiang, jiangsu] = await Promise.all([inside(meeting, '钱建国', 0), inside(meeting, '陆雅琴', 1)])
  return { meeting, zhejiang, jiangsu }
}

async function inside(meeting: Meeting, name: string, site: number) {
  const person = await app.person({ name, grants: [inMeeting('member', meeting.id)] })
  const context = await contextOf(browser, app.url, person)
  const page = await context.newPage()
  await enterRoom(page, app.url, meeting.id, meeting.sites[site]!.id)
  return { person, context, page, participantId: await eventually(() => participantOf(meeting, person)) }
}

async function participantOf(meeting: Meeting, person: Person) {
  const found = (await app.services.media.participantsOf(meeting)).find(
    ({ accountId, present }) => accountId === person.accountId && present,
  )
  if (!found) throw new Error('is not in the room')
  return found.id
}

test('two sites see and hear each other, and a muted microphone shows at the other site', async () => {
  const { zhejiang, jiangsu } = await twoSites()
  await framesArrive(zhejiang.page, jiangsu.participantId)
  await framesArrive(jiangsu.page, zhejiang.participantId)
  expect(await zhejiang.page.locator('audio').count()).toBe(1)

  await zhejiang.page.getByRole('button', { name: '静音', exact: true }).click()
  await jiangsu.page.getByTestId(`tile-${zhejiang.participantId}`).getByRole('img', { name: '麦克风已静音' }).waitFor()
  await zhejiang.page.getByRole('button', { name: '关闭摄像头' }).click()
  await jiangsu.page.getByTestId(`video-${zhejiang.participantId}`).waitFor({ state: 'detached' })
  await zhejiang.page.getByRole('button', { name: '打开摄像头' }).click()
  await framesArrive(jiangsu.page, zhejiang.participantId)
}, 90_000)

test('whoever leaves disappears from the other site’s stage and may come back', async () => {
  const { zhejiang, jiangsu } = await twoSites()
  await zhejiang.page.getByRole('button', { name: '离开会场' }).click()
  await jiangsu.page.getByTestId(`tile-${zhejiang.participantId}`).waitFor({ state: 'detached' })
  await zhejiang.page.getByRole('button', { name: '重新进入' }).click()
  await zhejiang.page.getByRole('button', { name: '进入会场' }).click()
  await framesArrive(jiangsu.page, zhejiang.participantId)
}, 90_000)

test('a dropped connection is said quietly, media goes on, and the page comes back by itself', async () => {
  const { meeting, zhejiang, jiangsu } = await twoSites()
  await framesArrive(zhejiang.page, jiangsu.participantId)
  await zhejiang.context.setOffline(true)
  // New rights close the connections of an account: the front door's own way to drop one.
  const administrator = await app.person({ grants: [inRegion('admin', '')] })
  value(
    await administrator.ask('role:grant', {
      id: v7(),
      accountId: zhejiang.person.accountId!,
      role: 'expert',
      scope: { kind: 'meeting', meetingId: meeting.id },
    }),
  )
  await zhejiang.page.getByText('连接中断，正在自动恢复，请勿关闭页面').waitFor()
  await framesArrive(zhejiang.page, jiangsu.participantId)
  await zhejiang.context.setOffline(false)
  await zhejiang.page.getByText('连接中断，正在自动恢复，请勿关闭页面').waitFor({ state: 'hidden' })
  await framesArrive(jiangsu.page, zhejiang.participantId)
}, 90_000)

test('when the media worker dies everybody is back in the room by themselves, with the devices they had', async () => {
  const { zhejiang, jiangsu } = await twoSites()
  await framesArrive(zhejiang.page, jiangsu.participantId)
  await framesArrive(jiangsu.page, zhejiang.participantId)
  await zhejiang.page.getByRole('button', { name: '静音', exact: true }).click()
  await jiangsu.page.getByTestId(`tile-${zhejiang.participantId}`).getByRole('img', { name: '麦克风已静音' }).waitFor()
  const seen = () => Promise.all([shownTrack(zhejiang.page, jiangsu.participantId), shownTrack(jiangsu.page, zhejiang.participantId)])
  const before = await seen()
  for (const pid of mediaWorkers()) process.kill(pid, 'SIGKILL')
  // Whoever goes on muting and unmuting meanwhile: in the end the others see what one's own button says.
  const isBack = async () => (await seen()).every((track, site) => track !== null && track !== before[site])
  const microphone = jiangsu.page.getByRole('button', { name: /^(静音|取消静音)$/ })
  while (!(await isBack())) await microphone.click()
  for (const { page } of [zhejiang, jiangsu]) await page.getByText('连接中断，正在自动恢复，请勿关闭页面').waitFor({ state: 'hidden' })
  await framesArrive(zhejiang.page, jiangsu.participantId)
  await framesArrive(jiangsu.page, zhejiang.participantId)
  await jiangsu.page.getByTestId(`tile-${zhejiang.participantId}`).getByRole('img', { name: '麦克风已静音' }).waitFor()
  const muted = await jiangsu.page.getByRole('button', { name: '取消静音' }).isVisible()
  const sign = zhejiang.page.getByTestId(`tile-${jiangsu.participantId}`).getByRole('img', { name: '麦克风已静音' })
  await sign.waitFor({ state: muted ? 'visible' : 'hidden' })
}, 180_000)
