import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

const artifacts = join(import.meta.dirname, '../.artifacts/public-voice')
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

const picture = (page: Page, name: string, fullPage = false) => page.screenshot({ path: join(artifacts, `${name}.png`), fullPage })

/** Serious breaches of WCAG 2.2 AA on a page, but for the list that Ant Design hides under its selects while they close. */
async function expectAccessible(page: Page, name: string) {
  await page.evaluate(await axe)
  const wrong = await page.evaluate(async () => {
    const { violations } = await (window as never as { axe: typeof import('axe-core') }).axe.run(
      { exclude: ['.ant-select-dropdown'] },
      {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      },
    )
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  })
  expect(wrong, name).toEqual([])
}

async function scan(meeting: Meeting): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    reducedMotion: 'reduce',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(`${app.url}/s/${meeting.code}`)
  return page
}

async function open(person: Person, path: string, width = 1_440, height = 900): Promise<Page> {
  const context = await contextOf(browser, app.url, person, { width, height })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(`${app.url}${path}`)
  return page
}

async function suggest(phone: Page, text: string) {
  await phone.getByRole('textbox', { name: '您的意见建议' }).fill(text)
  await phone.getByRole('button', { name: '提建议' }).first().click()
  await phone.getByText('您的回执码').waitFor()
  await phone.getByRole('button', { name: '知道了' }).click()
}

const onPhone = (phone: Page, text: string) =>
  phone
    .getByRole('region', { name: /大家的意见建议/ })
    .locator('li')
    .filter({ hasText: text })
const inRoom = (room: Page, text: string) =>
  room.locator('[data-testid^="suggestion-"]').filter({ has: room.locator('> p', { hasText: text }) })

test('three phones and a moderator: from scanning to merged, undone, judged, on the hall’s screen and in the minutes', {
  timeout: 240_000,
}, async () => {
  const chair = await app.person({
    name: '吴主持',
    grants: [inRegion('moderator', districts.nanxun), inRegion('secretary', districts.nanxun)],
  })
  const meeting = await makeMeeting(chair)
  const hall = await app.person({ name: '会场大屏', grants: [inMeeting('observer', meeting.id)] })
  const recorder = await app.person({ name: '记录员', grants: [inMeeting('recorder', meeting.id)] })

  // Three phones scan the code; two of them suggest much the same.
  const [one, two, three] = [await scan(meeting), await scan(meeting), await scan(meeting)]
  const [ferry, boat] = ['渡口晚上加一班船，看病回来赶不上。', '夜里渡船太少，请加一班。']
  await suggest(one, ferry)
  await suggest(two, boat)

  // The moderator publishes both.
  const room = await open(chair, `/meetings/${meeting.id}/room?site=${meeting.sites[0]!.id}`)
  await enterRoom(room, app.url, meeting.id, meeting.sites[0]!.id)
  await room.getByRole('tab', { name: /意见建议/ }).click()
  for (const text of [ferry, boat]) {
    await inRoom(room, text).getByRole('button', { name: '公开', exact: true }).click()
    await onPhone(three, text).waitFor()
  }

  // Others support and judge; everybody sees the supporters, the room what people think.
  await onPhone(three, ferry).getByRole('button', { name: /^支持/ }).click()
  await onPhone(three, boat).getByRole('button', { name: /^支持/ }).click()
  await onPhone(one, boat).getByRole('button', { name: /^支持/ }).click()
  await onPhone(two, boat).getByText('3 人支持').waitFor()
  const cards = three.getByRole('region', { name: /您怎么看/ })
  for (const [n, word] of ['赞成', '不赞成'].entries()) {
    await cards.getByRole('button', { name: word, exact: true }).click()
    await cards.getByText(`已表态 ${n + 1} 条，共 2 条`).waitFor()
  }
  await picture(three, 'phone', true)
  await expectAccessible(three, 'phone')
  await inRoom(room, boat).getByText('支持 3').waitFor()
  await room.getByText('赞成 1 · 不赞成 0 · 略过 0').waitFor()
  await room.getByText('赞成 0 · 不赞成 1 · 略过 0').waitFor()
  await picture(room, 'room')

  // They are merged: three people in all want it, each counted once.
  await inRoom(room, boat).getByRole('button', { name: '更多操作' }).click()
  await room.getByRole('menuitem', { name: '合并' }).click()
  await room.getByRole('combobox', { name: /并入哪一条/ }).click()
  await room.locator('.ant-select-item-option').filter({ hasText: ferry }).click()
  await picture(room, 'room-merge')
  await expectAccessible(room, 'merge dialog')
  await room.getByRole('dialog').getByRole('button', { name: '合并' }).click()
  await inRoom(room, ferry).getByText('已并入 1 条').waitFor()
  await inRoom(room, ferry).getByText('支持 3').waitFor()
  await onPhone(three, boat).waitFor({ state: 'detached' })
  await onPhone(three, ferry)
    .getByRole('button', { name: /已支持 3/ })
    .waitFor()
  await two.getByRole('region', { name: '我提的' }).getByText('并入了：').waitFor()
  await picture(room, 'room-merged')

  // It was a mistake; undone, each is what it was.
  await inRoom(room, boat).getByRole('button', { name: '撤销合并' }).click()
  await onPhone(three, boat)
    .getByRole('button', { name: /已支持 3/ })
    .waitFor()
  await onPhone(three, ferry)
    .getByRole('button', { name: /已支持 2/ })
    .waitFor()
  await two.getByRole('region', { name: '我提的' }).getByText('已公开').waitFor()

  // The hall discusses one of them; the screen and the phones follow.
  const screen = await open(hall, `/screen/${meeting.id}`, 1_920, 1_080)
  await inRoom(room, boat).getByRole('button', { name: '上屏' }).click()
  await screen.getByTestId('discussed').getByText(boat).waitFor()
  await screen.getByText('3 人支持').waitFor()
  await picture(screen, 'screen')
  await three.getByRole('region', { name: '会场正在讨论这一条' }).getByText(boat).waitFor()

  // The recorder cites it; the minutes show its state and supporters as they are now.
  const minutes = await open(recorder, `/meetings/${meeting.id}/minutes`)
  await minutes.getByRole('button', { name: '引用', exact: true }).click()
  await minutes.getByRole('tab', { name: '意见建议' }).click()
  await minutes.getByRole('button', { name: boat }).first().click()
  const citation = minutes.locator('figure.citation').filter({ hasText: boat })
  await citation.getByText('已公开').waitFor()
  await citation.getByText('3 人支持').waitFor()
  const late = await app.visitor()
  const list = await chair.get<{ id: string; text: string }[]>(`/api/meetings/${meeting.id}/suggestions`)
  const suggestionId = list.find((suggestion) => suggestion.text === boat)!.id
  value(await late.post('suggestion:support', { suggestionId, supported: true }))
  value(await chair.post('suggestion:answer', { suggestionId, answer: '下月起晚上加一班。' }))
  await citation.getByText('4 人支持').waitFor()
  await citation.getByText('已答复').waitFor()
  await picture(minutes, 'minutes')
  await expectAccessible(minutes, 'minutes')
})

test('the room’s list in English: sorted, pinned, with long texts and many votes; a member judges before seeing them', {
  timeout: 120_000,
}, async () => {
  const chair = await app.person({ name: 'Wu', grants: [inRegion('moderator', districts.nanxun), inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(chair, { suggestionPolicy: 'immediate' })
  const people = await Promise.all([1, 2, 3, 4].map(() => app.visitor()))
  const ids: string[] = []
  for (const [n, text] of ['夜间渡船', '水质牌'.repeat(90), '便桥'].entries()) {
    const posted = value(
      await people[n]!.post('suggestion:post', { id: v7(), meetingId: meeting.id, text, category: '环境保护', place: '双林镇渡口' }),
    )
    ids.push(posted.suggestion.id)
  }
  for (const [n, person] of people.entries()) {
    value(await person.post('suggestion:support', { suggestionId: ids[0]!, supported: true }))
    value(await person.post('stance:give', { suggestionId: ids[1]!, stance: n < 2 ? 'agree' : 'disagree' }))
  }
  value(await chair.post('suggestion:pin', { suggestionId: ids[2]!, pinned: true }))
  const context = await contextOf(browser, app.url, chair, { language: 'en', width: 1_440, height: 900 })
  context.setDefaultTimeout(20_000)
  const room = await context.newPage()
  await enterRoom(room, app.url, meeting.id, meeting.sites[0]!.id)
  await room.getByRole('tab', { name: /Suggestions/ }).click()
  await room.getByText('Agree 2 · Disagree 2 · Pass 0').waitFor()
  const order = () => room.locator('.suggestion > p:first-of-type').allInnerTexts()
  const sortBy = async (name: string) => {
    await room.getByRole('combobox', { name: 'Sort by' }).click()
    await room.locator('.ant-select-item-option').filter({ hasText: name }).click()
  }
  await sortBy('Most supported')
  expect((await order()).map((text) => text.slice(0, 4))).toEqual(['便桥', '夜间渡船', '水质牌水'])
  await sortBy('Most contested')
  expect((await order()).map((text) => text.slice(0, 4))).toEqual(['便桥', '水质牌水', '夜间渡船'])
  await room.getByRole('tab', { name: /Suggestions/ }).click()
  await room.locator('.ant-select-dropdown').waitFor({ state: 'hidden' })
  await picture(room, 'room-en')
  await expectAccessible(room, 'room, English')

  // A member says first what they think, one card at a time; then they see what others do.
  const member = await app.person({ name: 'Qian', grants: [inMeeting('member', meeting.id)] })
  const seat = await (await contextOf(browser, app.url, member, { width: 1_440, height: 900 })).newPage()
  seat.context().setDefaultTimeout(20_000)
  await enterRoom(seat, app.url, meeting.id, meeting.sites[1]!.id)
  await seat.getByRole('tab', { name: /意见建议/ }).click()
  const card = seat.getByRole('region', { name: '您怎么看' })
  await card.getByText('已表态 0 条，共 3 条').waitFor()
  expect(await seat.getByText('赞成 2 · 不赞成 2 · 略过 0').count()).toBe(0)
  await picture(seat, 'room-card')
  await expectAccessible(seat, 'card in the room')
  for (const [n, word] of ['赞成', '不赞成', '略过'].entries()) {
    await card.getByRole('button', { name: word, exact: true }).click()
    await card.getByText(`已表态 ${n + 1} 条，共 3 条`).waitFor()
  }
  await card.getByText('已经全部表态').waitFor()
  await seat
    .getByText(/赞成 \d · 不赞成 \d · 略过 \d/)
    .first()
    .waitFor()
  await card.getByRole('button', { name: '修改' }).click()
  await card.getByRole('button', { name: '赞成', exact: true }).click()
  await card.getByText('上一条您选了“赞成”').waitFor()
  await picture(seat, 'room-card-done')
  const mine = (await app.services.stances.votesOf(meeting.id)).filter(({ accountId }) => accountId === member.accountId)
  expect(mine.map(({ stance }) => stance).sort()).toEqual(['agree', 'agree', 'disagree'])
})

const hostile = {
  markup: '<script>window.hurt=1;alert(1)</script><img src=x onerror="window.hurt=2;alert(2)"><svg onload=alert(3)>',
  links:
    'javascript:alert(4) <a href="javascript:alert(5)">点这里</a> [点这里](javascript:alert(6)) data:text/html,<script>alert(7)</script>',
  turned: '\u202E反过来\u202C \u2066隔离\u2069 零\u200B宽\u200D字\uFEFF',
  emoji: '😀'.repeat(480),
  word: 'w'.repeat(950),
  tower: `高${'\u0301'.repeat(400)}塔${'\u0E49'.repeat(400)}`,
  wide: '﷽'.repeat(120),
  lines: '行\n'.repeat(300),
}

/** Nothing ran, nothing was made of it but text, and nothing sticks out. */
async function expectInert(page: Page, name: string) {
  await picture(page, `hostile-${name}`)
  const found = await page.evaluate(() => ({
    hurt: (window as unknown as { hurt?: number }).hurt ?? 0,
    made: [...document.querySelectorAll('img[src="x"], svg[onload], [onerror], a[href^="javascript:" i], a[href^="data:" i]')].length,
    marks: /[\u200B\u202A-\u202E\u2066-\u2069\uFEFF]/.test(document.body.innerText),
    overflow: document.documentElement.scrollWidth - window.innerWidth,
    wide: [...document.querySelectorAll('.panel .ant-tabs-content, main, .projector')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map(({ className }) => className),
  }))
  expect({ name, ...found }).toEqual({ name, hurt: 0, made: 0, marks: false, overflow: 0, wide: [] })
}

test('whatever hostile phones write is text on every screen: nothing runs, nothing is turned round, nothing breaks out of its place', {
  timeout: 120_000,
}, async () => {
  const chair = await app.person({
    name: '吴主持',
    grants: [inRegion('moderator', districts.nanxun), inRegion('secretary', districts.nanxun)],
  })
  const meeting = await makeMeeting(chair, { suggestionPolicy: 'immediate' })
  const hall = await app.person({ name: '会场大屏', grants: [inMeeting('observer', meeting.id)] })
  for (const text of Object.values(hostile)) {
    const post = { id: v7(), meetingId: meeting.id, text, authorName: '<i onclick=x>王</i>', place: hostile.word.slice(0, 60) }
    value(await (await app.visitor()).post('suggestion:post', post))
  }
  const dialogs: string[] = []
  const watched = (page: Page) =>
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
  const phone = watched(await scan(meeting))
  await onPhone(phone, '<script>window.hurt').first().waitFor()
  const folded = phone.getByRole('button', { name: '展开全文' })
  while ((await folded.count()) > 0) await folded.first().click()
  await expectInert(phone, 'phone')
  await expectAccessible(phone, 'hostile phone')
  expect(await phone.locator('li').filter({ hasText: '反过来 隔离 零宽字' }).count()).toBe(1)

  value(await chair.post('stage:view', { meetingId: meeting.id, view: 'voice' }))
  const screen = watched(await open(hall, `/screen/${meeting.id}`, 1_920, 1_080))
  await screen.getByText(/人参与/).waitFor()
  await expectInert(screen, 'screen')
  const room = watched(await open(chair, `/meetings/${meeting.id}/room?site=${meeting.sites[0]!.id}`))
  await enterRoom(room, app.url, meeting.id, meeting.sites[0]!.id)
  await room.getByRole('tab', { name: /意见建议/ }).click()
  await inRoom(room, '<script>window.hurt').first().waitFor()
  await expectInert(room, 'room')
  const queue = watched(await open(chair, `/meetings/${meeting.id}/queue`))
  await queue.getByText(/^全部 8$/).click()
  await queue.getByText('<script>window.hurt').first().waitFor()
  await expectInert(queue, 'queue')
  const voice = watched(await open(chair, `/meetings/${meeting.id}/voice`))
  await voice.getByText('<script>window.hurt').first().waitFor()
  await expectInert(voice, 'voice')
  expect(dialogs).toEqual([])
})
