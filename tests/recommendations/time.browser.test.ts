import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answer, conclude, type Hall, openHall } from '../evaluations/judging.ts'
import { openMailbox } from '../notifications/mailbox.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, openBrowser } from '../support/browser.ts'
import { type Person, value } from '../support/people.ts'
import { draftOf, issue, post } from './outcomes.ts'

const artifacts = join(import.meta.dirname, '../.artifacts/time')
const address = 'handler@example.cn'
let at = '2026-11-02T02:00:00.000Z'
let app: TestApp
let hall: Hall
let browser: Browser
let mailbox: Awaited<ReturnType<typeof openMailbox>>

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  mailbox = await openMailbox()
  app = await startApp({
    now: () => new Date(at),
    runJobs: true,
    env: { SMTP_URL: mailbox.url, SMTP_FROM: '议事 <yishi@example.cn>', PUBLIC_URL: 'http://yishi.example.cn' },
  })
  hall = await openHall(app)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await mailbox?.close()
})

async function hearsByLetter(person: Person) {
  value(await person.post('email:set', { email: address }))
  const [letter] = await mailbox.to(address)
  value(await app.stranger().post('email:confirm', { token: /confirm=([\w-]{43})/.exec(letter!.text!)![1]! }))
  const rhythms = { suggestions: 'none', recommendations: 'none', department: 'at-once', secretariat: 'none' } as const
  value(await person.post('notice:choose', { language: 'zh-CN', rhythms }))
}

/** It is this moment, for the program and for whoever looks. */
async function moveTo(moment: string, pages: BrowserContext) {
  at = moment
  await pages.clock.setFixedTime(moment)
  await app.services.reminders.look()
}

const shows = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor({ timeout: 20_000 })

test('as time goes by a deadline turns yellow and red, its department hears of it by letter, and a second round has a date of its own', async () => {
  const { secretary, transport, meeting, blockIds } = hall
  await hearsByLetter(transport.handler)
  const posted = await post(await app.visitor(), meeting, '渡口晚上加一班船')
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds, [posted])))
  const assignment = await issue(secretary, recommendation, transport.organization)
  const context = await contextOf(browser, app.url, transport.handler, { width: 1_440, height: 900 })
  await context.clock.setFixedTime(at)
  const page = await context.newPage()
  const look = async (name: string) => {
    await page.goto(`${app.url}/recommendations/${recommendation.id}`)
    await page.getByRole('heading', { name: recommendation.title }).waitFor()
    await page.screenshot({ path: join(artifacts, `${name}.png`), fullPage: true })
  }
  await look('issued')
  await shows(page, '待签收 · 按期')

  await moveTo('2026-11-08T02:00:00.000Z', context)
  await look('yellow')
  await shows(page, '待签收 · 临期')
  await moveTo('2026-11-10T02:00:00.000Z', context)
  await look('red')
  await shows(page, '待签收 · 逾期')
  await page.getByRole('button', { name: '签收', exact: true }).click()
  await shows(page, '办理中 · 按期')

  await moveTo('2027-02-03T02:00:00.000Z', context)
  await look('reply-red')
  await shows(page, '办理中 · 逾期')
  const letters = await mailbox.to(address, 5)
  const [, ...told] = letters.map(({ subject }) => subject?.replace('协商建议〔2026〕1号 增开晚间渡船', '…'))
  expect(told).toEqual([
    '新交办，请签收：…',
    '临近期限，请抓紧办理：…，2026年11月9日到期',
    '已逾期，请立即办理：…，2026年11月9日到期',
    '已逾期，请立即办理：…，2027年2月2日到期',
  ])

  const given = { recommendation, assignment, suggestionIds: [posted.suggestion.id], receipt: posted.receipt }
  await answer(hall, given, { outcome: 'not-adopted', grade: 'B', text: '客流不足' })
  await conclude(hall, assignment.id, 'C')
  await look('second-round')
  await shows(page, '二轮 · 办理中 · 按期')
  await answer(hall, given)
  await conclude(hall, assignment.id)
  await look('done')
  await shows(page, '已办结')
  await context.close()
})
