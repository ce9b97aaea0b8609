import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { expectAccessible } from '../phone/phones.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { fillWithVoters } from './voters.ts'

const artifacts = join(import.meta.dirname, '../.artifacts')
const texts = [
  '渡口早班船提前到五点半，方便赶早市的老人',
  '界河两岸统一清淤标准，同一天开工同一天验收',
  '候船室加装雨棚和座椅',
  '夜间停航前增开一班摆渡，接下夜班的工人回村',
  '河边步道全线安装路灯',
  '禁止在渡口上下游各两百米内钓鱼和放网，违者由两地联合执法队当场处理，处理结果在村务公开栏张贴',
  '两省公交一卡通互认',
  '拓宽界河大桥的非机动车道',
  '把废弃码头改成停车场',
  '保留老码头，改成小公园',
  '巡河结果每周在两边村口公示',
  '河道保洁员由两边各出一半工资',
  '开通学生专线船',
  '渡船改用电动船',
  '摆渡票价降到一元',
  '本地居民乘船免费，外地游客收费',
]

let app: TestApp
let browser: Browser
let secretary: Person
let meeting: Meeting
let voters: Awaited<ReturnType<typeof fillWithVoters>>

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  app = await startApp({ clientFolder: inject('clientFolder') })
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' })
  voters = await fillWithVoters(app, secretary, meeting, texts, { seed: 4, sizes: [120, 90, 25], density: 0.75 })
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const shot = (page: Page, name: string, fullPage = true) => page.screenshot({ path: join(artifacts, `opinion-${name}.png`), fullPage })

test.each([
  { language: 'zh-CN', width: 1440, height: 900 },
  { language: 'en', width: 390, height: 844 },
] as const)(
  'the page of opinions says what it found, with its figures behind, in $language at $width',
  async ({ language, width, height }) => {
    const context = await contextOf(browser, app.url, secretary, { language, width, height })
    const page = await context.newPage()
    await page.goto(`${app.url}/meetings/${meeting.id}/opinion`)
    const chart = page.locator('.page-opinion figure.chart')
    await chart.locator('svg').first().waitFor({ timeout: 60_000 })
    expect(await chart.locator('figcaption').textContent()).toMatch(language === 'en' ? /233 people fall/ : /233 人.*分成 3 个意见群体/)
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(
      expect.arrayContaining(
        language === 'en' ? ['Common ground', 'AOpinion group A'] : ['最大公约数', 'A意见群体 A', '少数人的意见', '怎样看这张图'],
      ),
    )
    await shot(page, `${language}-${width}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    await expectAccessible(page)
    await context.close()
  },
)

test('a meeting without votes says how the picture comes to be', async () => {
  const empty = await makeMeeting(secretary)
  const context = await contextOf(browser, app.url, secretary, { width: 1440, height: 900 })
  const page = await context.newPage()
  await page.goto(`${app.url}/meetings/${empty.id}/opinion`)
  await page.getByText('还没有人对意见建议表态').waitFor()
  await shot(page, 'empty')
  await context.close()
})

test('a member of the room says first what they think, on the page itself, and then sees the map', async () => {
  const member = await app.person({ name: '钱委员', grants: [inMeeting('member', meeting.id)] })
  const context = await contextOf(browser, app.url, member, { width: 1440, height: 900 })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  await page.goto(`${app.url}/meetings/${meeting.id}/opinion`)
  const card = page.getByRole('region', { name: '您怎么看' })
  await card.getByRole('button', { name: '赞成', exact: true }).waitFor()
  expect(await page.locator('figure.chart').count()).toBe(0)
  await shot(page, 'vote-first')
  await expectAccessible(page)
  for (let given = 1; given <= 5; given++) {
    await card.getByRole('button', { name: '略过', exact: true }).click()
    if (given < 5) await card.getByText(`已表态 ${given} 条`).waitFor()
  }
  await page.locator('figure.chart svg').first().waitFor()
  await context.close()
})

test('the chair puts the map on the hall’s screen and takes it away again', async () => {
  const hall = await (await contextOf(browser, app.url, secretary, { width: 1920, height: 1080 })).newPage()
  await hall.goto(`${app.url}/screen/${meeting.id}`)
  await hall.locator('.projector').waitFor({ timeout: 60_000 })
  const chair = await (await contextOf(browser, app.url, secretary)).newPage()
  await enterRoom(chair, app.url, meeting.id, meeting.sites[0]!.id)
  const choose = async (name: string) => {
    await chair.getByRole('button', { name: '更多', exact: false }).last().click()
    await chair.getByRole('menuitem', { name }).click()
  }
  await choose('大屏显示意见图谱')
  await hall.locator('.projector-map-box svg').waitFor({ timeout: 60_000 })
  await shot(hall, 'hall', false)
  expect(await hall.getByTestId('projector-opinion').textContent()).toContain('最大公约数')
  await choose('大屏恢复会场画面')
  await hall.getByTestId('projector-opinion').waitFor({ state: 'detached' })
  await hall.context().close()
  await chair.context().close()
})

test('a phone sees its own place and the common ground, once it has voted on some', async () => {
  const citizen = await app.visitor()
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', isMobile: true, hasTouch: true })
  const cookies = citizen.cookie
    .split('; ')
    .map((pair) => ({ name: pair.split('=')[0]!, value: pair.slice(pair.indexOf('=') + 1), url: app.url }))
  await context.addCookies(cookies)
  const page = await context.newPage()
  await page.goto(`${app.url}/s/${meeting.code}`)
  const part = page.locator('details.opinions')
  await part.locator('summary').click()
  await part.getByText('再对 5 条意见建议表态').waitFor()
  await shot(page, 'phone-before')
  for (const suggestionId of voters.suggestionIds.slice(0, 9)) value(await citizen.post('stance:give', { suggestionId, stance: 'agree' }))
  await page.reload()
  await part.locator('summary').click()
  await part.locator('.ground-map').waitFor()
  await part.getByText('您在意见群体').waitFor({ timeout: 40_000 })
  await part.scrollIntoViewIfNeeded()
  await part.screenshot({ path: join(artifacts, 'opinion-phone.png') })
  await expectAccessible(page)
  await context.close()
})
