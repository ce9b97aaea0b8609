import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { threeSites } from '../breakouts/rounds.ts'
import { ask, call, come, type Inside, member } from '../floor/rooms.ts'
import { camera } from '../media/wishes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

const artifacts = join(import.meta.dirname, '../.artifacts/room')
const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const sizes = { laptop: { width: 1_440, height: 900 }, phone: { width: 390, height: 844 }, hall: { width: 1_920, height: 1_080 } }

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

/** All that is wrong anywhere, so that one run tells everything. */
const wrong: string[] = []
async function note(where: string, what: Promise<string[]>) {
  for (const one of await what) wrong.push(`${where}: ${one}`)
}

/** Serious breaches of WCAG 2.2 AA, as `rule: what`. */
async function breaches(page: Page): Promise<string[]> {
  await page.evaluate(await axe)
  return page.evaluate(async () => {
    const { violations } = await (window as never as { axe: typeof import('axe-core') }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    return serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  })
}

/** A page in both languages and these sizes: a picture of each, nothing cut off at the side, nothing that keeps anybody out. */
async function look(page: Page, name: string, which: (keyof typeof sizes)[] = ['laptop', 'phone']) {
  for (const [language, other] of [
    ['zh', 'English'],
    ['en', '中文'],
  ] as const) {
    for (const size of which) {
      await page.setViewportSize(sizes[size])
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({ path: join(artifacts, `${name}-${size}-${language}.png`), animations: 'disabled' })
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (over > 0) wrong.push(`${name} ${size} ${language}: ${over} px too wide`)
      if ((size === 'laptop') === (language === 'zh')) await note(`${name} ${size} ${language}`, breaches(page))
    }
    await page.getByRole('button', { name: other, exact: true }).click()
  }
  await page.setViewportSize(sizes[which[0]!])
}

/** Every button and link that can be seen, by what Tab reaches. */
async function unreachable(page: Page): Promise<string[]> {
  const wanted = await page.evaluate(() => {
    document.body.tabIndex = -1
    document.body.focus()
    const all = [
      ...document.querySelectorAll<HTMLElement>(
        'button:not(:disabled), a[href], input:not(:disabled, [type=radio]), textarea:not(:disabled)',
      ),
    ]
    const seen = all.filter(
      (one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0 && one.closest('[aria-hidden=true]') === null,
    )
    for (const [index, one] of seen.entries()) one.dataset.reach = String(index)
    return seen.map((one) => one.getAttribute('aria-label') || one.textContent || one.outerHTML.slice(0, 200))
  })
  const reached = new Set<number>()
  for (let press = 0; press < wanted.length + 40; press++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.reach)
    if (at !== undefined) reached.add(Number(at))
  }
  // Of a group of radio buttons, Tab reaches one and the arrows the others.
  return wanted.filter((_, index) => !reached.has(index))
}

const longName = '中国人民政治协商会议湖州市南浔区委员会提案委员会主任委员欧阳建国同志'

/** Sites of long and short names, some with a picture, one who speaks and several who wait, suggestions of all kinds. */
async function furnished(): Promise<{ meeting: Meeting; chair: Person; speaker: Inside; people: Inside[]; published: string[] }> {
  const secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(secretary, threeSites())
  const chair = await app.person({ name: '吴主持', grants: [inMeeting('moderator', meeting.id)] })
  const speaker = await member(app, meeting, '陆雅琴', 1)
  const people = [
    await member(app, meeting, longName, 2),
    await member(app, meeting, '周明', 2),
    await member(app, meeting, '无会场的人', null),
  ]
  value(await speaker.person.ask('room:produce', camera()))
  for (const [index, kind] of (['question', 'point-of-order', 'reply'] as const).entries()) await ask(people[index]!, meeting, kind)
  const published: string[] = []
  for (const text of ['渡口晚间加开一班船', `${'河道边的垃圾桶太少，'.repeat(20)}请尽快增设。`]) {
    const { suggestion } = value(await people[1]!.person.ask('suggestion:post', { id: v7(), meetingId: meeting.id, text }))
    value(await secretary.ask('suggestion:publish', { suggestionId: suggestion.id }))
    published.push(suggestion.id)
  }
  value(await people[0]!.person.ask('suggestion:post', { id: v7(), meetingId: meeting.id, text: '还没有公开的一条' }))
  value(await people[1]!.person.ask('call:send', { id: v7(), meetingId: meeting.id, kind: 'help', text: '听不到声音，画面也停住了' }))
  return { meeting, chair, speaker, people, published }
}

async function pageOf(person: Person, size: keyof typeof sizes = 'laptop') {
  return (await contextOf(browser, app.url, person, sizes[size])).newPage()
}

const tabs = { floor: '1', suggestions: '2', minutes: '3', people: '4', groups: '5' }

test('the room of the chair and of a member, in both languages and all sizes, is whole, accessible, and reached by keyboard', async () => {
  const { meeting, chair, speaker, people, published } = await furnished()
  const page = await pageOf(chair)
  await page.goto(`${app.url}/meetings/${meeting.id}/room?site=${meeting.sites[0]!.id}`)
  await page.getByRole('button', { name: '进入会场' }).waitFor()
  await page.locator('.door-check > summary').click()
  await look(page, 'devices')
  await note('keyboard at the door', unreachable(page))
  await enterRoom(page, app.url, meeting.id, meeting.sites[0]!.id)
  const presiding = await come(await app.person({ name: '第二主持', grants: [inMeeting('moderator', meeting.id)] }), meeting, 1)
  await call(presiding, meeting, speaker)
  await page.getByTestId(`tile-${speaker.id}`).waitFor()
  for (const [name, key] of Object.entries(tabs)) {
    await page.keyboard.press(key)
    await look(page, `tab-${name}`)
    await note(`keyboard ${name}`, unreachable(page))
    await page.locator('body').click({ position: { x: 700, y: 100 } })
  }

  // What the chair puts before a member, who answers on a phone.
  const viewer = await app.person({ name: '钱建国', grants: [inMeeting('member', meeting.id)] })
  value(await chair.ask('chairing:set', { meetingId: meeting.id, entry: 'lobby' }))
  const phone = await pageOf(viewer, 'phone')
  await phone.goto(`${app.url}/meetings/${meeting.id}/room?site=${meeting.sites[0]!.id}`)
  await phone.getByRole('button', { name: '进入会场' }).click()
  await phone.getByRole('heading', { name: '请稍候，等待主持人准许进入' }).waitFor()
  await look(phone, 'lobby', ['phone', 'laptop'])
  value(await chair.ask('lobby:admit', { meetingId: meeting.id, accountId: viewer.accountId! }))
  await phone.getByRole('toolbar').waitFor()
  await look(phone, 'member', ['phone', 'laptop'])
  const rollCall = value(await chair.ask('roll-call:start', { id: v7(), meetingId: meeting.id }))
  await phone.getByRole('region', { name: '点名' }).waitFor()
  await look(phone, 'roll-call', ['phone', 'laptop'])
  value(await people[1]!.person.ask('roll-call:answer', { rollCallId: rollCall.id }))
  value(await chair.ask('roll-call:end', { rollCallId: rollCall.id }))
  await phone.getByRole('region', { name: '点名' }).getByText('未应到').waitFor()
  await look(phone, 'roll-call-over', ['phone', 'laptop'])
  const question = '是否同意自明年一月一日起，将渡口末班船延后至二十二时，并由两地财政各承担一半的运营补贴？'
  value(await chair.ask('vote:open', { id: v7(), meetingId: meeting.id, question, secret: true, majority: 'two-thirds', base: 'present' }))
  await phone.getByRole('region', { name: '表决' }).getByRole('heading').waitFor()
  await look(phone, 'vote', ['phone', 'laptop'])
  await note('keyboard at a vote', unreachable(phone))

  // A hall's screen, with what is discussed and without.
  const screen = await pageOf(viewer, 'hall')
  await screen.goto(`${app.url}/screen/${meeting.id}`)
  await screen.getByTestId(`tile-${speaker.id}`).waitFor()
  await screen.screenshot({ path: join(artifacts, 'screen-hall-zh.png') })
  value(await chair.ask('stage:show', { meetingId: meeting.id, suggestionId: published[1]! }))
  await screen.getByTestId('discussed').waitFor()
  await screen.screenshot({ path: join(artifacts, 'screen-discussed-hall-zh.png') })
  await note('screen', breaches(screen))
  const abroad = await contextOf(browser, app.url, viewer, { ...sizes.hall, language: 'en' })
  const english = await abroad.newPage()
  await english.goto(`${app.url}/screen/${meeting.id}`)
  await english.getByTestId('discussed').waitFor()
  await english.screenshot({ path: join(artifacts, 'screen-discussed-hall-en.png') })
  expect(wrong).toEqual([])
}, 300_000)
