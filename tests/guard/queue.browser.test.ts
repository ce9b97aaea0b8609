import { mkdirSync, readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import type { PostedSuggestion, Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { giveVotes, voter } from './votes.ts'

const artifacts = new URL('../.artifacts/guard/', import.meta.url).pathname
const axe = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url).pathname

let app: TestApp
let browser: Browser
let secretary: Person
let colleague: Person
let meeting: Meeting
const posted: PostedSuggestion[] = []

const texts = [
  '渡口末班船晚上八点就停，从城里看病回来的老人只能绕二十里路，希望加一班九点的船。',
  '界河东岸的路灯坏了三盏，孩子放学走夜路不安全。',
  '低价代办证件，请看 www.example。com，加我微信',
  '桥头的公交站没有候车亭，下雨天没地方躲。请联系我 138-1234-5678 一起去看。',
  '建议两边环保部门每个月一起取水化验，结果贴在村口。',
  '😂'.repeat(60),
  `${'河边的步道修了一半就停了，堆着的砂石堵住了去菜场的路，推车和轮椅都过不去。'.repeat(6)}希望年内修完。`,
  '支持加班船。',
]

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  app = await startApp({ clientFolder: inject('clientFolder') })
  await addRegions(app)
  secretary = await app.person({
    name: '沈秘书',
    grants: [inRegion('secretary', districts.nanxun), inRegion('moderator', districts.wujiang)],
  })
  colleague = await app.person({ name: '陈主持', grants: [inRegion('moderator', districts.wujiang)] })
  meeting = await makeMeeting(secretary)
  for (const [place, text] of texts.entries()) {
    const citizen = await app.visitor()
    const via = place % 3 === 0 ? { via: meeting.sites[0]!.code } : {}
    posted.push(
      value(
        await citizen.post('suggestion:post', {
          id: v7(),
          meetingId: meeting.id,
          text,
          ...(place % 2 && { authorName: '王阿姨' }),
          ...via,
        }),
      ),
    )
  }
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function open(path: string, { as = secretary, language = 'zh-CN', width = 1_440, height = 900 }: Options = {}) {
  const context = await contextOf(browser, app.url, as, { language, width, height })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  // What still fades in or moves is neither clicked rightly nor measured rightly.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`${app.url}${path}`)
  return page
}
type Options = Parameters<typeof contextOf>[3] & { as?: Person }
const narrow = { language: 'en', width: 390, height: 844 } as const

/** A screenshot to look at, and what axe-core finds serious in it. */
async function look(page: Page, name: string, { fullPage = true } = {}) {
  await page.screenshot({ path: `${artifacts}${name}.png`, fullPage })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  await page.evaluate(readFileSync(axe, 'utf8'))
  const serious = await page.evaluate(async () => {
    const { violations } = await (window as never as { axe: typeof import('axe-core') }).axe.run(
      // Ant Design's own hidden list for screen readers under a select that is open.
      { exclude: ['.ant-select-dropdown'] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    )
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  })
  expect(serious).toEqual([])
}

const read = async (place: number) =>
  (await secretary.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)).find(({ id }) => id === posted[place]!.suggestion.id)!
const becomes = (place: number, status: Suggestion['status']) =>
  eventually(async () => expect(await read(place)).toMatchObject({ status }), { timeoutMs: 15_000 })
const item = (page: Page, place: number) => page.getByTestId(`queue-${posted[place]!.suggestion.id}`)
const isCurrent = (page: Page, place: number) =>
  page.locator(`[data-testid="queue-${posted[place]!.suggestion.id}"][aria-current="true"]`).waitFor()
const closed = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' })

test('two moderators work through the queue by keys alone, and each sees what the other works on', { timeout: 300_000 }, async () => {
  const page = await open(`/meetings/${meeting.id}/queue`)
  await isCurrent(page, 0)
  const other = await open(`/meetings/${meeting.id}/queue`, { as: colleague, ...narrow })
  await item(other, 0).getByText('沈秘书 is working on this').waitFor()
  await isCurrent(other, 1)
  await item(page, 1).getByText('陈主持正在处理').waitFor()
  await look(page, 'queue-zh-1440')
  await look(other, 'queue-en-390')

  await page.keyboard.press('p')
  await becomes(0, 'published')
  // The next one that nobody works on: the advertisement.
  await isCurrent(page, 2)
  await page.keyboard.press('h')
  await page.getByRole('button', { name: '含有广告或链接' }).waitFor()
  await look(page, 'hide-zh-1440', { fullPage: false })
  await page.keyboard.press('2')
  await page.keyboard.press('Control+Enter')
  await becomes(2, 'hidden')
  await closed(page)
  const author = await open(`/r/${posted[2]!.receipt}`, narrow)
  await author.getByText('含有广告或链接').first().waitFor()
  await author.context().close()

  await isCurrent(page, 3)
  await page.keyboard.press('a')
  await page.getByRole('dialog').getByRole('textbox').pressSequentially('已请公交公司在九月前建候车亭。')
  await page.keyboard.press('Control+Enter')
  await becomes(3, 'answered')
  await closed(page)

  await isCurrent(page, 4)
  await page.keyboard.press('m')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await page.keyboard.type('末班')
  const found = page.locator('.ant-select-item-option-active').getByText(texts[0]!)
  // The list is measured outside of the page before it is put in its place.
  await eventually(async () => expect((await found.boundingBox())?.x).toBeLessThan(1_440))
  await look(page, 'merge-zh-1440', { fullPage: false })
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await becomes(4, 'merged')
  await closed(page)
  for (const place of [4, 3, 2, 0]) {
    await page.keyboard.press('u')
    await becomes(place, 'pending')
  }

  // All that nothing is held against, and that nobody else works on.
  await page.getByRole('button', { name: '选中未被标记的（4）' }).waitFor()
  await page.keyboard.press('f')
  await page.getByRole('button', { name: '公开所选（4）' }).waitFor()
  await page.keyboard.press('c')
  for (const place of [0, 4, 6, 7]) await becomes(place, 'published')
  for (const place of [1, 2, 3, 5]) expect(await read(place)).toMatchObject({ status: 'pending' })

  await isCurrent(page, 2)
  await page.keyboard.press('b')
  await page.getByRole('dialog').getByRole('textbox').pressSequentially('反复发布广告')
  await look(page, 'bar-zh-1440', { fullPage: false })
  await page.keyboard.press('Enter')
  await page
    .getByRole('status')
    .getByText(/^已禁止提交这一条的设备/)
    .waitFor()
  await closed(page)
  // Taken over knowingly: the other moderator is told.
  await page.keyboard.press('k')
  await isCurrent(page, 1)
  await page.keyboard.press('t')
  await item(other, 1).getByText('沈秘书 is working on this').waitFor()

  await page.keyboard.press('3')
  await isCurrent(page, 0)
  await page.keyboard.press('s')
  await item(page, 0).getByRole('button', { name: '取消置顶' }).waitFor()
  await page.keyboard.press('d')
  await item(page, 0).getByText('正在讨论').waitFor()

  // Published, and nobody has looked at its flags.
  const advertisement = { suggestionId: posted[2]!.suggestion.id }
  value(await secretary.post('suggestion:publish', advertisement))
  value(await secretary.post('suggestion:keep', { ...advertisement, kept: false }))
  await page.keyboard.press('2')
  await item(page, 2).click()
  await item(page, 2).getByRole('button', { name: '复核通过' }).waitFor()
  await look(page, 'flagged-zh-1440')
  await page.keyboard.press('g')
  await item(page, 2).waitFor({ state: 'detached' })
  await page.keyboard.press('4')
  await item(page, 2).getByText('已复核', { exact: true }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('撤回上一次操作').waitFor()
  await look(page, 'keys-zh-1440', { fullPage: false })
  for (const opened of [page, other]) await opened.context().close()
})

test('the guard shows what it did and why, and what a region wants to be looked at', { timeout: 240_000 }, async () => {
  const opening = Date.parse('2026-11-23T06:00:00.000Z')
  const shown = (await secretary.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)).filter(
    ({ status }) => status === 'published',
  )
  const cards = shown.map(({ id }) => id)
  for (let card = cards.length; card < 20; card++) {
    const { suggestion } = value(
      await secretary.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: `第${card}条：渡口和公交要衔接好` }),
    )
    value(await secretary.post('suggestion:publish', { suggestionId: suggestion.id }))
    cards.push(suggestion.id)
  }
  for (let who = 0; who < 30; who++) {
    const at = opening + who * 120_000
    await giveVotes(app, await voter(app, at), cards, (card) => ((card * 7 + who * 5) % 11 < 6 ? 'agree' : 'disagree'), at, 5_000)
  }
  for (let which = 0; which < 9; which++)
    await giveVotes(
      app,
      await voter(app, opening + 1_800_000 + which * 4_000),
      cards,
      (card) => (card % 3 ? 'disagree' : 'agree'),
      opening + 1_900_000,
      4_000,
    )
  await giveVotes(app, await voter(app, opening + 600_000), cards, () => 'disagree', opening + 700_000, 40)
  await app.services.guard.lookNow(meeting.id)

  const page = await open(`/meetings/${meeting.id}/queue?tab=guard`)
  await page.getByText('反复发布广告').waitFor()
  const farm = page.getByRole('region', { name: '新设备成批出现、表态雷同' })
  await farm.waitFor()
  await look(page, 'guard-zh-1440')
  await farm.getByRole('button', { name: '确认不计入' }).click()
  await farm.getByText(/沈秘书决定/).waitFor()
  const both = page.getByRole('region', { name: '计入与不计入的结果' })
  await both.getByRole('row', { name: '合计 40 人，800 次 31 人，620 次' }).waitFor()
  await farm.getByRole('button', { name: '恢复计入' }).click()
  await both.waitFor({ state: 'detached' })
  await page.getByRole('region', { name: '全部选同一项' }).getByRole('button', { name: '不计入' }).click()
  await both.getByRole('row', { name: '合计 40 人，800 次 39 人，780 次' }).waitFor()

  // With and without: the themes, and the opinions.
  const themes = await open(`/meetings/${meeting.id}/voice?tab=themes`)
  await themes.getByText('没有计入已搁置的 1 人').waitFor()
  await look(themes, 'themes-without-1440')
  await themes.getByRole('switch').click()
  await themes.getByText('已计入搁置的 1 人').waitFor()
  await themes.goto(`${app.url}/meetings/${meeting.id}/opinion`)
  await themes
    .getByText(/^39 人表态|共 39 人/)
    .or(themes.getByText(/39 人/))
    .first()
    .waitFor()
  await look(themes, 'opinion-without-1440')
  await themes.locator('.ant-segmented-item').nth(1).click()
  await themes.getByText(/40 人/).first().waitFor()
  await themes.context().close()

  await page.getByText(/^打开：/).click()
  await page.getByText('匿名提交须先计算').waitFor()
  await page.getByRole('button', { name: '解除禁止' }).click()
  await page.getByText('已解除').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  await look(page, 'guard-zh-390')
  await page.context().close()

  const province = await app.person({ grants: [inRegion('secretary', '33')] })
  const above = { regionCode: '33', words: ['代开发票', '刷单返利'], links: 'allow' as const, domains: ['gov.cn'], version: 0 }
  value(await province.post('guard:set-rules', above))
  const admin = await open('/admin?tab=rules')
  await admin.getByRole('region', { name: '继承自浙江省' }).getByText('代开发票').waitFor()
  await admin.getByText('按上级的规定（浙江省规定：不标记）').waitFor()
  // Only one's own region, and those below it, can be chosen.
  const sought = admin.waitForResponse((response) => response.url().includes(`under=${districts.nanxun}`) && response.ok())
  await admin.getByRole('combobox', { name: '地区' }).fill('吴江')
  expect(await (await sought).json()).toEqual([])
  expect(await admin.locator('.ant-select-item-option').filter({ hasText: '吴江' }).count()).toBe(0)
  await admin.keyboard.press('Escape')
  await admin.getByRole('textbox', { name: /^敏感词/ }).fill('代办证件\n加我微信')
  await admin.getByRole('button', { name: '保存规则' }).click()
  await admin.getByText(/^已保存/).waitFor()
  await look(admin, 'rules-zh-1440')
  await admin.setViewportSize({ width: 390, height: 844 })
  await look(admin, 'rules-zh-390')
  await admin.context().close()
})
