import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { MinutesPassage } from '../../shared/minutes.ts'
import { joinWish } from '../media/joining.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { value } from '../support/people.ts'

const artifacts = join(import.meta.dirname, '../.artifacts/chairing')
const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let app: TestApp
let browser: Browser
beforeAll(async () => {
  await mkdir(artifacts, { recursive: true })
  app = await startApp({ clientFolder: inject('clientFolder') })
  await addRegions(app)
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** Takes a picture, and fails with what is wrong on the page and where. */
async function look(page: Page, name: string) {
  await page.screenshot({ path: join(artifacts, `${name}.png`) })
  await page.evaluate(await axe)
  const serious = await page.evaluate(async () => {
    const { violations } = await (window as never as { axe: typeof import('axe-core') }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  })
  expect(serious, name).toEqual([])
}

test('a vote goes from its opening over the members’ own screens into the minutes and their paper', { timeout: 120_000 }, async () => {
  const chair = await app.person({
    name: '吴主持',
    grants: [inRegion('moderator', districts.nanxun), inRegion('secretary', districts.nanxun)],
  })
  const meeting = await makeMeeting(chair)
  const member = await app.person({ name: '钱建国', grants: [inMeeting('member', meeting.id)] })
  const distant = await app.person({ name: '陆雅琴', grants: [inMeeting('member', meeting.id)] })
  value(await distant.ask('room:join', joinWish(meeting, { siteId: meeting.sites[1]!.id })))
  value(await chair.ask('chairing:set', { meetingId: meeting.id, entry: 'lobby', quorum: 2 }))

  const page = await (await contextOf(browser, app.url, chair, { width: 1_440, height: 900 })).newPage()
  await enterRoom(page, app.url, meeting.id, meeting.sites[0]!.id)
  const phone = await (await contextOf(browser, app.url, member, { width: 390, height: 844 })).newPage()
  await phone.goto(`${app.url}/meetings/${meeting.id}/room?site=${meeting.sites[0]!.id}`)
  await phone.getByRole('button', { name: '进入会场', exact: true }).click()
  await phone.getByRole('heading', { name: '请稍候，等待主持人准许进入' }).waitFor()
  await look(phone, 'lobby-390')

  await page.getByRole('tab', { name: /参会人/ }).click()
  await page.getByRole('button', { name: '准许进入：钱建国' }).waitFor()
  await look(page, 'desk-1440')
  await page.getByRole('button', { name: '准许进入：钱建国' }).click()
  await phone.getByRole('toolbar').waitFor()
  await page.getByText('有表决权 2/2').waitFor()

  // By keyboard alone.
  await page.getByRole('button', { name: '更多', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: '发起表决' }).waitFor()
  await page.screenshot({ path: join(artifacts, 'menu-1440.png') })
  await page.getByRole('menuitem', { name: '发起表决' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('表决事项').fill('是否同意渡口增开早班船？')
  await page.getByRole('radio', { name: '无记名表决' }).check()
  await look(page, 'dialog-1440')
  await page.getByRole('button', { name: '开始表决' }).click()

  const ballot = phone.getByRole('region', { name: '表决' })
  await ballot.getByRole('heading', { name: '是否同意渡口增开早班船？' }).waitFor()
  await look(phone, 'ballot-390')
  await ballot.getByRole('button', { name: '赞成' }).click()
  await ballot.getByText('您已投票').waitFor()
  const [running] = await chair.get<{ id: string }[]>(`/api/meetings/${meeting.id}/votes`)
  value(await distant.ask('vote:cast', { voteId: running!.id, choice: 'yes' }))

  await page.getByRole('region', { name: '表决' }).getByText('已投 2 票').waitFor()
  await look(page, 'running-1440')
  await page.getByRole('tab', { name: '纪要' }).click()
  await page.getByRole('button', { name: '结束表决' }).click()
  const result = page.getByRole('region', { name: '表决结果' })
  await result.getByText('通过', { exact: true }).waitFor()
  await phone.getByRole('region', { name: '表决结果' }).getByText('通过', { exact: true }).waitFor()
  await look(phone, 'result-390')
  await page.locator('[data-vote-id]').waitFor()
  // It is there by itself; whoever presses is shown where.
  await result.getByRole('button', { name: '写入纪要' }).click()
  await page.getByText('已在纪要中').waitFor()
  expect(await page.locator('[data-vote-id]').count()).toBe(1)
  await look(page, 'minutes-1440')

  await eventually(async () => {
    const passages = await chair.get<MinutesPassage[]>(`/api/meetings/${meeting.id}/minutes/passages`)
    expect(passages.find(({ type }) => type === 'voteResult')?.text).toBe('是否同意渡口增开早班船？：赞成2票，反对0票，弃权0票，通过')
  })
  const exported = (await (await chair.fetch(`/api/meetings/${meeting.id}/export/minutes.json`)).json()) as {
    citations: { votes: unknown[] }
  }
  expect(exported.citations.votes).toMatchObject([
    { voteId: running!.id, yes: 2, no: 0, abstain: 0, present: 2, quorum: 2, outcome: 'carried' },
  ])
  expect((await chair.fetch(`/api/meetings/${meeting.id}/export/minutes.docx`)).status).toBe(200)

  await page.goto(`${app.url}/meetings/${meeting.id}`)
  await page.getByRole('heading', { name: '出席情况' }).waitFor()
  await page.getByRole('heading', { name: '会场规则' }).waitFor()
  await page.screenshot({ path: join(artifacts, 'meeting-1440.png'), fullPage: true })
  await look(page, 'meeting-top-1440')
})
