import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { forge } from '../minutes/raw.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { makePeople, stateOf, textOf } from './minutes.ts'

const artifacts = join(import.meta.dirname, '../.artifacts/signing')
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

/** Takes a picture once nothing moves, and fails with what is wrong on the page and where. */
async function look(page: Page, name: string, fullPage = false) {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))))
  await page.screenshot({ path: join(artifacts, `${name}.png`), fullPage })
  await page.evaluate(await axe)
  const wrong = await page.evaluate(async () => {
    const { violations } = await (window as never as { axe: typeof import('axe-core') }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  })
  expect(wrong, name).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), name).toBeLessThanOrEqual(0)
}

async function open(person: Person, meetingId: string, settings: Parameters<typeof contextOf>[3] = { width: 1_440, height: 900 }) {
  const page = await (await contextOf(browser, app.url, person, settings)).newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(`${app.url}/meetings/${meetingId}/minutes`)
  await page.locator('.stage-bar').waitFor()
  return page
}

async function confirm(page: Page, press: string) {
  await page.getByRole('button', { name: press, exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: press, exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

test('two regions’ recorders write, an amendment is accepted, both regions sign, and what is forged then is refused and recorded', {
  timeout: 300_000,
}, async () => {
  const { nanxun, wujiang } = await makePeople(app)
  const meeting = await makeMeeting(nanxun)
  const meetingId = meeting.id
  const recorders = await Promise.all([
    app.person({ name: '陈记录', grants: [inRegion('recorder', districts.nanxun)] }),
    app.person({ name: '李记录', grants: [inRegion('recorder', districts.wujiang)] }),
  ])
  const member = await app.person({ name: '钱委员', grants: [inMeeting('member', meetingId)] })
  const readPublished = async (language: 'zh-CN' | 'en', width: number, path = `/minutes/${meeting.code}?lang=${language}`) => {
    const page = await (await browser.newContext({ locale: language, viewport: { width, height: 844 } })).newPage()
    await page.goto(app.url + path)
    return page
  }
  const [one, other] = await Promise.all(recorders.map((person) => open(person, meetingId)))
  for (const [page, words] of [
    [one!, '双方同意共测界河水质，每月一次，数据共享。'],
    [other!, '吴江方面提出渡口晚间加开一班。'],
  ] as const) {
    await page.locator('.minutes-text > :last-child').click()
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.press('Enter')
    await page.keyboard.type(words)
    await page.getByText('已保存').first().waitFor()
  }
  await one!.getByText('渡口晚间加开一班').waitFor()
  await look(one!, 'live-1440-zh')

  const limit = (agendaItemIds: string[]) =>
    nanxun.post('minutes:assign-sections', { meetingId, accountId: recorders[0]!.accountId!, agendaItemIds })
  value(await limit([meeting.agenda[0]!.id]))
  await one!.locator('.minutes-own-heading + p').click()
  await one!.keyboard.press('ControlOrMeta+A')
  await one!.keyboard.press('Delete')
  await one!.getByText('不在您的记录分工内').waitFor()
  await one!.locator('.minutes-own-heading + p').click()
  await one!.keyboard.type('按分工记下的一句')
  await one!.getByText('已保存').first().waitFor()
  await other!.getByText('按分工记下的一句').waitFor()
  await look(one!, 'sections-1440-zh')
  expect(await textOf(app, meetingId)).toContain('渡口晚间加开一班')
  value(await limit([]))
  await one!.locator('.minutes-limits').waitFor({ state: 'detached' })
  value(await nanxun.post('meeting:end', { meetingId }))

  const secretary = await open(nanxun, meetingId)
  await confirm(secretary, '形成草案')
  await one!.getByText('已进入草案阶段').waitFor()
  await secretary.getByRole('button', { name: '定稿并征求修改' }).click()
  const settling = secretary.getByRole('dialog')
  await settling.getByText('没有记录出席人员').waitFor()
  await settling.getByLabel(/为什么缺着也定稿/).fill('首次试用，会上未逐项议定')
  await look(secretary, 'settle-dialog-1440-zh')
  await secretary.getByRole('dialog').getByRole('button', { name: '定稿并征求修改' }).click()
  const hash = () => stateOf(nanxun, meetingId).then(({ contentHash }) => contentHash)
  await settling.waitFor({ state: 'hidden' })
  await secretary.getByText('还没有修改建议').waitFor()
  await secretary.getByText('首次试用，会上未逐项议定').last().click()
  await look(secretary, 'amending-empty-1440-zh')
  const before = await hash()

  const amender = await open(member, meetingId)
  await amender.getByText('双方同意共测界河水质').click()
  await amender.getByRole('button', { name: '提修改建议' }).click()
  const dialog = amender.getByRole('dialog')
  await dialog.getByLabel('改成什么').fill('双方同意共测界河水质，每季一次，数据共享。')
  await dialog.getByLabel('理由').fill('会上说的是每季一次')
  await look(amender, 'propose-1440-zh')
  await dialog.getByRole('button', { name: '提交建议' }).click()
  await dialog.waitFor({ state: 'detached' })
  const card = other!.getByRole('article', { name: /钱委员/ })
  await card.getByText('会上说的是每季一次').waitFor()
  await look(other!, 'amending-open-1440-zh')
  await secretary.getByText('还有 1 条修改建议未处理').waitFor()
  expect(await secretary.getByRole('button', { name: '代表南浔区签署' }).isDisabled()).toBe(true)
  await card.getByRole('button', { name: '采纳', exact: true }).click()
  await amender.locator('.minutes-text').getByText('每季一次').waitFor()
  expect(await hash()).not.toBe(before)

  await secretary.getByRole('button', { name: '公文要素' }).click()
  const form = secretary.getByRole('dialog')
  await form.getByRole('button', { name: /取下一个号/ }).click()
  await form.getByLabel('抄送').fill('湖州市政协、苏州市政协、')
  await look(secretary, 'form-1440-zh')
  await form.getByRole('button', { name: '保存' }).click()
  await form.waitFor({ state: 'detached' })

  await secretary.getByRole('button', { name: '代表南浔区签署' }).click()
  await look(secretary, 'sign-dialog-1440-zh')
  await secretary.getByRole('dialog').getByRole('button', { name: '代表南浔区签署' }).click()
  const signatures = () => stateOf(nanxun, meetingId).then((state) => state.signatures)
  await eventually(async () => expect(await signatures()).toHaveLength(1))
  const english = await open(wujiang, meetingId, { language: 'en', width: 390, height: 844 })
  await english.getByText('沈秘书').first().waitFor()
  await look(english, 'amending-390-en')
  await english.getByRole('button', { name: /^Sign for/ }).click()
  await english
    .getByRole('dialog')
    .getByRole('button', { name: /^Sign for/ })
    .click()
  await eventually(async () => expect(await signatures()).toHaveLength(2))
  await secretary.getByText('纪要已锁定，不能再改').waitFor()
  await look(secretary, 'signed-1440-zh')
  await look(english, 'signed-390-en')

  await forge(app.url, recorders[0]!, meetingId, 'minutes-locked')
  expect(await textOf(app, meetingId)).not.toContain('伪造')
  await eventually(async () => {
    const { rows } = await app.db.pool.query(`select 1 from audit_entries where action = 'minutes:refused' and actor_id = $1`, [
      recorders[0]!.accountId,
    ])
    return rows.length === 1
  })

  const reader = await readPublished('zh-CN', 390)
  await reader.getByText('已签署并公开').waitFor()
  await reader.getByText('协商纪〔').waitFor()
  await look(reader, 'published-390-zh', true)
  await reader.emulateMedia({ media: 'print' })
  await reader.pdf({ path: join(artifacts, 'published.pdf'), preferCSSPageSize: true })
  const phone = await readPublished('zh-CN', 390, `/s/${meeting.code}`)
  await phone.getByRole('link', { name: '看协商纪要' }).waitFor()
  await look(phone, 'published-phone-390-zh')

  await secretary.getByRole('button', { name: '历史版本' }).click()
  await secretary.getByRole('button', { name: '与现在比较' }).last().click()
  await secretary.getByRole('region', { name: '比较两个版本' }).locator('ins', { hasText: '季' }).waitFor()
  await look(secretary, 'versions-1440-zh')
  await secretary.keyboard.press('Escape')
  await secretary.getByRole('button', { name: '申请解锁' }).click()
  await secretary.getByLabel('为什么要解锁').fill('出席人数有误')
  await secretary.getByRole('dialog').getByRole('button', { name: '申请解锁' }).click()
  await english.getByText('出席人数有误').waitFor()
  await look(english, 'unlocking-390-en')
  await english.getByRole('button', { name: /^Consent for/ }).click()
  await secretary.getByText('第 2 版').first().waitFor()
  const later = await readPublished('en', 1_440)
  await later.getByText('Reason: 出席人数有误').waitFor()
  await look(later, 'published-opened-1440-en', true)
})
