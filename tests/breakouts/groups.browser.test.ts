import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import type { Role } from '../../shared/policy.ts'
import { keepConnections, soundDuring } from '../media/sound.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, framesArrive, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { threeSites } from './rounds.ts'

const artifacts = join(import.meta.dirname, '../.artifacts')

let app: TestApp
let browser: Browser
beforeAll(async () => {
  await mkdir(artifacts, { recursive: true })
  app = await startApp({ clientFolder: inject('clientFolder') })
  await addRegions(app)
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

type Look = { language?: 'zh-CN' | 'en'; width?: number; height?: number }

async function inside(
  meeting: Meeting,
  role: Role,
  name: string,
  site: number,
  { language = 'zh-CN', width = 1_440, height = 900 }: Look = {},
) {
  const person = await app.person({ name, grants: [inMeeting(role, meeting.id)] })
  const context = await contextOf(browser, app.url, person, { language, width, height })
  await context.addInitScript(keepConnections)
  const page = await context.newPage()
  await enterRoom(page, app.url, meeting.id, meeting.sites[site]!.id)
  const { rows } = await app.db.pool.query<{ id: string }>('select id from participants where account_id = $1', [person.accountId])
  return { person, page, id: rows[0]!.id }
}

/** How many streams of sound arrive at a page now; those that arrive are decoded to something that can be heard. */
async function voicesAt(page: Page): Promise<number> {
  const heard = (await soundDuring(page, 1_200)).filter(({ packets }) => packets > 0)
  for (const { energy } of heard) expect(energy).toBeGreaterThan(0)
  return heard.length
}
const hears = (page: Page, count: number) => eventually(async () => expect(await voicesAt(page)).toBe(count), { timeoutMs: 30_000 })

/** What the media server tries a line with; there is no picture in it. */
const probation = 1_234

/** How many streams of pictures arrive at a page in a while. */
const picturesAt = async (page: Page) => {
  const packets = () =>
    page.evaluate(async () => {
      const reports = await Promise.all(
        window.connections.filter((one) => one.connectionState === 'connected').map((one) => one.getStats()),
      )
      const videos = reports
        .flatMap((report) => [...report.values()])
        .filter((stat) => stat.type === 'inbound-rtp' && stat.kind === 'video')
      return videos.map((stat) => [stat.ssrc as number, (stat.packetsReceived ?? 0) as number] as const)
    })
  const before = new Map(await packets())
  await soundDuring(page, 1_200)
  return (await packets()).filter(([stream, count]) => stream !== probation && count > (before.get(stream) ?? 0)).length
}

/**
 * Waits until so many pictures and as many voices of others are there to be received. Whether the pictures are also sent at
 * this moment is the ladder's, which a busy machine moves.
 */
const receives = (page: Page, others: number) =>
  eventually(
    async () => {
      const open = await page.evaluate(() =>
        window.connections
          .filter((one) => one.connectionState === 'connected')
          .flatMap((one) => one.getTransceivers())
          .filter(({ currentDirection, mid }) => currentDirection === 'recvonly' && mid !== 'probator')
          .map(({ receiver }) => receiver.track.kind),
      )
      expect(open.toSorted()).toEqual([...Array<string>(others).fill('audio'), ...Array<string>(others).fill('video')])
    },
    { timeoutMs: 30_000, everyMs: 100 },
  )

test('three sites in two groups: no sound and no picture crosses, the chair is read and heard by all, and all come back', async () => {
  const secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(secretary, threeSites())
  const a = await inside(meeting, 'member', '钱建国', 0)
  const b = await inside(meeting, 'member', '陆雅琴', 1, { language: 'en' })
  const c = await inside(meeting, 'member', '周明', 2, { width: 390, height: 844 })
  const chair = await inside(meeting, 'moderator', '主持人', 0)
  const shot = (page: Page, name: string) => page.screenshot({ path: join(artifacts, `groups-${name}.png`) })
  // Heard before all, the chair is; nobody else has the word.
  await hears(a.page, 1)

  // The chair thinks out two groups by site, all by keyboard, and opens them.
  await chair.page.keyboard.press('5')
  await chair.page.getByRole('spinbutton', { name: '组数' }).waitFor()
  await chair.page.getByRole('spinbutton', { name: '组数' }).fill('2')
  await chair.page.keyboard.press('Tab')
  const second = chair.page.getByRole('combobox', { name: '吴江分会场 所在的组' })
  await second.focus()
  await chair.page.keyboard.press('Enter')
  await chair.page.keyboard.press('ArrowUp')
  await chair.page.keyboard.press('Enter')
  await shot(chair.page, 'plan')
  const third = chair.page.getByRole('combobox', { name: '渡口村协商驿站 所在的组' })
  await third.focus()
  await chair.page.keyboard.press('Enter')
  await chair.page.keyboard.press('ArrowDown')
  await chair.page.keyboard.press('Enter')
  await chair.page.getByRole('button', { name: '开始分组讨论' }).click()
  await chair.page.getByRole('dialog').getByRole('button', { name: '开始分组讨论' }).click()

  await a.page.getByTestId('my-group').getByText('您在第一组').waitFor()
  await b.page.getByTestId('my-group').getByText('You are in 第一组').waitFor()
  await c.page.getByTestId('my-group').getByText('您在第二组').waitFor()
  await chair.page.getByTestId('my-group').getByText('您在各组之外').waitFor()
  // The two of the first group hear and see each other and nobody else; the third site is alone in silence.
  for (const [page, others] of [
    [a.page, 1],
    [b.page, 1],
    [c.page, 0],
    [chair.page, 0],
  ] as const)
    await receives(page, others)
  await framesArrive(a.page, b.id)
  await hears(a.page, 1)
  await hears(b.page, 1)
  await hears(c.page, 0)
  expect(await picturesAt(c.page)).toBe(0)
  expect(await c.page.locator('[data-testid^=tile-]').count()).toBe(1)
  await hears(chair.page, 0)
  expect(await picturesAt(chair.page)).toBe(0)
  await shot(a.page, 'in-group')
  await shot(c.page, 'phone')

  // The hall's screen goes with its hall; one without a hall says that groups are meeting.
  const hall = await contextOf(browser, app.url, a.person, { width: 1_920, height: 1_080 })
  const [screen, other] = [await hall.newPage(), await hall.newPage()]
  await screen.goto(`${app.url}/screen/${meeting.id}?site=${meeting.sites[0]!.id}`)
  await screen.getByTestId(`tile-${b.id}`).waitFor()
  await screen.getByText('第一组正在讨论').waitFor()
  expect(await screen.getByTestId(`tile-${c.id}`).count()).toBe(0)
  await shot(screen, 'screen')
  await other.goto(`${app.url}/screen/${meeting.id}`)
  await other.getByRole('heading', { name: '各组正在讨论' }).waitFor()
  await shot(other, 'screen-without-hall')
  await hall.close()

  // A group writes down what it came to, and asks for the chair.
  await a.page.keyboard.press('5')
  await a.page.getByRole('textbox', { name: '第一组的讨论记录' }).fill('建议两地共用一套水质标准，渡口村先行试点。')
  await a.page.getByRole('button', { name: '保存记录' }).click()
  await a.page.getByText('钱建国 记录').waitFor()
  await c.page.getByRole('button', { name: '请主持人来本组' }).click()
  await chair.page.keyboard.press('4')
  await chair.page.getByText('请主持人到第二组来一下。').waitFor()

  // The chair announces in writing and by voice, and visits.
  await chair.page.keyboard.press('5')
  await chair.page.getByRole('textbox', { name: '通知内容' }).fill('还有五分钟，请各组确定汇报人。')
  await chair.page.keyboard.press('Enter')
  for (const { page } of [a, b, c]) await page.getByTestId('announcement').getByText('还有五分钟').waitFor()
  await chair.page.getByRole('button', { name: '对各组讲话' }).click()
  await hears(c.page, 1)
  await hears(a.page, 2)
  await c.page.getByText('主持人 正在对各组讲话').waitFor()
  await shot(chair.page, 'chair')
  await shot(b.page, 'announced-en')
  await chair.page.getByRole('button', { name: '停止对各组讲话' }).click()
  await hears(c.page, 0)
  await chair.page.getByRole('button', { name: '进入第二组' }).click()
  await receives(c.page, 1)
  await receives(a.page, 1)
  await hears(c.page, 1)

  // After a reload one is in one's group, with nobody else's sound.
  await b.page.reload()
  await b.page.getByRole('button', { name: 'Enter', exact: true }).click()
  await b.page.getByTestId('my-group').getByText('You are in 第一组').waitFor()
  await receives(b.page, 1)
  await hears(b.page, 1)

  // The time is up: all are back by themselves, and only the chair is heard.
  await app.db.pool.query('update breakouts set ends_at = now() where meeting_id = $1', [meeting.id])
  await a.page.getByText('所有人已返回会场').first().waitFor()
  for (const { page } of [a, b, c, chair]) await receives(page, 3)
  expect(await c.page.locator('[data-testid^=tile-]').count()).toBe(4)
  await hears(a.page, 1)
  await hears(c.page, 1)
  await a.page.getByText('建议两地共用一套水质标准').first().waitFor()
  await shot(a.page, 'back')
}, 240_000)
