import { mkdirSync, readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import type { Person } from '../support/people.ts'
import { fillWithVoices } from './halls.ts'

const artifacts = new URL('../.artifacts/voice/', import.meta.url).pathname
const axe = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url).pathname

let app: TestApp
let browser: Browser
let secretary: Person
let meeting: Meeting

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({
    name: '沈秘书',
    grants: [inRegion('secretary', districts.nanxun), inRegion('moderator', districts.wujiang)],
  })
  meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' as never })
  await fillWithVoices(app, meeting)
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function open(path: string, { language = 'zh-CN', width = 1_440, height = 900 }: Parameters<typeof contextOf>[3] = {}) {
  const context = await contextOf(browser, app.url, secretary, { language, width, height })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  // What fades is pale for a moment, and axe measures contrast.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`${app.url}${path}`)
  return page
}

/** A screenshot to look at, and what axe-core finds serious in it. */
async function look(page: Page, name: string) {
  await page.waitForFunction(
    () => document.title !== '' && document.querySelector('.ant-zoom-leave, .ant-fade-leave, .ant-fade-enter') === null,
  )
  await page.screenshot({ path: `${artifacts}${name}.png`, fullPage: true })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  await page.evaluate(readFileSync(axe, 'utf8'))
  const serious = await page.evaluate(async () => {
    const { violations } = await (window as never as { axe: typeof import('axe-core') }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  })
  expect(serious).toEqual([])
}

test('the chair reads what people say, puts a theme right, and it stays so', { timeout: 180_000 }, async () => {
  const page = await open(`/meetings/${meeting.id}/voice`)
  await page.getByRole('heading', { name: '大家在说什么' }).waitFor()
  await page.locator('.chart svg').first().waitFor()
  await look(page, 'picture-zh-1440')

  await page.getByRole('tab', { name: '话题整理' }).click()
  await page.getByRole('button', { name: '确认话题' }).click()
  await page.getByText('再次确认').waitFor()
  await page.getByRole('button', { name: '改名' }).click()
  await page.getByLabel('话题名称').fill('公交与末班车')
  await page.getByRole('dialog').getByRole('button', { name: '改名' }).click()
  await page.getByRole('heading', { name: '公交与末班车' }).waitFor()
  await look(page, 'themes-zh-1440')
  await app.services.topics.themes.groupNow(meeting.id)
  await page.reload()
  await page.getByRole('heading', { name: '公交与末班车' }).waitFor()
  await page.context().close()

  const narrow = await open(`/meetings/${meeting.id}/voice`, { language: 'en', width: 390, height: 844 })
  await narrow.getByRole('heading', { name: 'What people talk about' }).waitFor()
  await narrow.locator('.chart svg').first().waitFor()
  await look(narrow, 'picture-en-390')
  await narrow.getByRole('tab', { name: 'Put themes in order' }).click()
  await narrow.getByRole('checkbox').first().waitFor()
  await look(narrow, 'themes-en-390')
  await narrow.context().close()
})

test('a secretary takes up a topic, and the plan of its meeting is begun', { timeout: 180_000 }, async () => {
  const home = await open('/')
  await home.getByRole('heading', { name: '待定议题' }).waitFor()
  await look(home, 'home-zh-1440')
  await home.getByRole('button', { name: '列为议题' }).first().click()
  await home.getByLabel('议题名称').fill('公交末班与渡口衔接')
  await home.getByRole('button', { name: '列为议题并新建协商会' }).click()
  await home.locator('input[value="公交末班与渡口衔接"]').first().waitFor()
  await home.getByRole('dialog').waitFor({ state: 'detached' })
  await look(home, 'meeting-of-topic-zh-1440')
  await home.context().close()

  const admin = await open('/admin?tab=lexicon', { language: 'en' })
  await admin
    .getByRole('button', { name: 'Save as this region’s own' })
    .waitFor()
    .catch(async (e) => {
      await admin.screenshot({ path: `${artifacts}debug.png` })
      throw e
    })
  await look(admin, 'lexicon-en-1440')
  await admin.getByLabel('Heat from which a topic is proposed').fill('20')
  await admin.getByRole('button', { name: 'Save as this region’s own' }).click()
  await admin.getByText('This region’s own', { exact: true }).waitFor()
  await admin.context().close()
})

test('a writer sees what was said already and supports it with one tap; the box stays where it was', { timeout: 120_000 }, async () => {
  const phone = await browser.newPage({ locale: 'zh-CN', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
  phone.setDefaultTimeout(20_000)
  await phone.goto(`${app.url}/s/${meeting.code}`)
  const box = phone.getByRole('textbox', { name: '您的意见建议' })
  await box.fill('放学的时候校门口很堵')
  const before = await box.boundingBox()
  await phone.getByText('已经有人说过相近的').waitFor()
  expect(await box.boundingBox()).toEqual(before)
  await look(phone, 'similar-zh-390')
  const first = phone.locator('.similar li').first()
  await first.getByRole('button', { name: /支持这条/ }).click()
  await first.getByRole('button', { name: '已支持' }).waitFor()
  const said = await first.locator('.words').innerText()
  const { rows } = await app.db.pool.query(
    'select count(*)::int as count from supports p join suggestions s on s.id = p.suggestion_id where s.meeting_id = $1 and s.text = $2 and p.supported',
    [meeting.id, said],
  )
  expect(rows[0].count).toBeGreaterThan(0)
  await phone.getByRole('button', { name: '收起' }).click()
  await first.waitFor({ state: 'detached' })
  expect(await box.inputValue()).toBe('放学的时候校门口很堵')
  await phone.close()
})

test('the chair puts what people say on the hall’s screen, from the room or from the page', { timeout: 180_000 }, async () => {
  const screen = await open(`/screen/${meeting.id}`, { width: 1_920, height: 1_080 })
  await screen.locator('.projector').waitFor()
  const page = await open(`/meetings/${meeting.id}/voice`)
  await page.getByRole('button', { name: '投屏：群众声音' }).click()
  await page.getByRole('button', { name: '收回投屏' }).waitFor()
  await screen.getByRole('heading', { name: '大家在说' }).waitFor()
  await screen.locator('.voice-view-top li').first().waitFor()
  await look(screen, 'screen-zh-1920')
  await page.context().close()

  const context = await contextOf(browser, app.url, secretary, { width: 1_440, height: 900 })
  const room = await context.newPage()
  await enterRoom(room, app.url, meeting.id, meeting.sites[0]!.id)
  await room.getByRole('tab', { name: /意见/ }).click()
  await room.getByRole('region', { name: '群众声音一览' }).waitFor()
  await room.screenshot({ path: `${artifacts}room-zh-1440.png` })
  await room.getByRole('button', { name: '收回投屏' }).click()
  await screen.getByRole('heading', { name: '大家在说' }).waitFor({ state: 'detached' })
  await context.close()
  await screen.context().close()
})
