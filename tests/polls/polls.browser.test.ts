import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { MinutesPassage } from '../../shared/minutes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'

const artifacts = join(import.meta.dirname, '../.artifacts/polls')
const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

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

/** Takes a picture, and fails with what is wrong on the page and where. */
async function look(page: Page, name: string) {
  await page.screenshot({ path: join(artifacts, `${name}.png`) })
  await page.evaluate(await axe)
  const wrong = await page.evaluate(async () => {
    const { violations } = await (window as never as { axe: typeof import('axe-core') }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  })
  expect(wrong, name).toEqual([])
}

async function openPhone(code: string, locale: 'zh-CN' | 'en-US') {
  const context = await browser.newContext({ locale, viewport: { width: 390, height: 844 }, timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  await page.goto(`${app.url}/s/${code}`)
  return page
}

test('a poll goes from the chair’s question over phones and the hall’s screen into the minutes and their paper', {
  timeout: 240_000,
}, async () => {
  const chair = await app.person({
    name: '吴主持',
    grants: [inRegion('moderator', districts.nanxun), inRegion('secretary', districts.nanxun)],
  })
  const meeting = await makeMeeting(chair)
  const page = await (await contextOf(browser, app.url, chair, { width: 1_440, height: 900 })).newPage()
  await enterRoom(page, app.url, meeting.id, meeting.sites[0]!.id)
  const screen = await (await contextOf(browser, app.url, chair, { width: 1_920, height: 1_080 })).newPage()
  await screen.goto(`${app.url}/screen/${meeting.id}`)
  const [phone, english] = await Promise.all([openPhone(meeting.code, 'zh-CN'), openPhone(meeting.code, 'en-US')])
  for (const one of [phone, english]) await one.getByRole('textbox').first().waitFor()

  // By keyboard alone.
  await page.getByRole('button', { name: '更多', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: '发起征询' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('问什么').fill('渡口先改哪一样？')
  await page.getByRole('textbox', { name: '选项 1' }).fill('加一班早班船，让赶早市的人坐得上')
  await page.getByRole('button', { name: '开始征询' }).click()
  await page.getByText('请填写，或者去掉这一项').waitFor()
  await look(page, 'dialog-1440')
  await page.getByRole('textbox', { name: '选项 2' }).fill('修候船亭')
  await page.getByRole('button', { name: '加一项' }).click()
  await page.getByRole('textbox', { name: '选项 3' }).fill('装路灯')
  await page.getByRole('button', { name: '开始征询' }).click()

  const asked = phone.getByRole('region', { name: '渡口先改哪一样？' })
  await asked.getByText('回答后可以看到结果').waitFor()
  await look(phone, 'phone-asked-zh')
  await asked.getByRole('button', { name: '修候船亭' }).click()
  await asked.getByText('100%').waitFor()
  await english.getByRole('button', { name: '装路灯' }).click()
  await asked.getByText('2 人已回答').waitFor()
  await asked.getByText('50%').first().waitFor()
  await look(phone, 'phone-answered-zh')
  await look(english, 'phone-answered-en')

  const card = page.getByRole('region', { name: '征询', exact: true })
  await card.getByText('2 人已回答').waitFor()
  await look(page, 'room-running-1440')
  const shown = screen.getByTestId('poll')
  await shown.getByText('2 人已回答').waitFor()
  // The chair's own account shows it, and still the hall sees no numbers before they are for all.
  expect(await shown.getByText('%').count()).toBe(0)
  await look(screen, 'screen-running-1920')

  await english.getByRole('button', { name: '修候船亭' }).click()
  await page.getByRole('tab', { name: '纪要' }).click()
  await page.getByText('已保存').first().waitFor()
  await card.getByText('2 人，100%').waitFor()
  await card.getByRole('button', { name: '结束征询' }).click()
  await shown.getByText('100%').waitFor()
  await look(screen, 'screen-closed-1920')
  await phone.getByText('征询结果').waitFor()
  await phone.screenshot({ path: join(artifacts, 'phone-closed-zh.png') })
  await page.getByRole('region', { name: '征询结果' }).getByRole('button', { name: '写入纪要' }).waitFor()
  await page.locator('[data-poll-id]').waitFor()
  await look(page, 'minutes-1440')

  const words = '渡口先改哪一样？：加一班早班船，让赶早市的人坐得上0人，修候船亭2人，装路灯0人（2人回答）'
  await eventually(async () => {
    const passages = await chair.get<MinutesPassage[]>(`/api/meetings/${meeting.id}/minutes/passages`)
    expect(passages.find(({ type }) => type === 'pollResult')?.text).toBe(words)
  })
  const exported = (await (await chair.fetch(`/api/meetings/${meeting.id}/export/minutes.json`)).json()) as {
    citations: { polls: unknown[] }
  }
  expect(exported.citations.polls).toMatchObject([{ question: '渡口先改哪一样？', counts: [0, 2, 0], answered: 2 }])
  expect((await chair.fetch(`/api/meetings/${meeting.id}/export/minutes.docx`)).status).toBe(200)
  await page.goto(`${app.url}/meetings/${meeting.id}`)
  await page.getByRole('heading', { name: '征询结果' }).scrollIntoViewIfNeeded()
  await look(page, 'meeting-1440')
})
