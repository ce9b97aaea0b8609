import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Amendment } from '../../shared/amendments.ts'
import type { MinutesNode } from '../../shared/minutes.ts'
import { plainPicture } from '../photos/hostile.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { value } from '../support/people.ts'
import { openEditor, write as writeThere, xmlOf } from './editors.ts'
import { wordHtml } from './word-html.ts'

const artifacts = join(import.meta.dirname, '../.artifacts/minutes')
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
  await page.screenshot({ path: join(artifacts, `${name}.png`), fullPage: true })
  await page.evaluate(await axe)
  const serious = await page.evaluate(async () => {
    const { violations } = await (window as never as { axe: typeof import('axe-core') }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  })
  expect(serious, name).toEqual([])
}

/** Pastes HTML where the cursor is, as a browser does when another program has put it on the clipboard. */
const paste = (page: Page, html: string) =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', pasted)
    clipboardData.setData('text/plain', 'x')
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.querySelector('.minutes-text')!.dispatchEvent(event)
  }, html)

/** A node without ids, as short as it can be read. */
function outline({ type, attrs, content, text, marks }: MinutesNode): unknown {
  if (type === 'text') return marks?.length ? { [marks.map((mark) => mark.type).join('+')]: text } : text
  if (type === 'footnote') return { footnote: attrs?.text }
  const inside = (content ?? []).map(outline)
  return { [type === 'heading' ? `heading${attrs?.level}` : type]: inside.length === 1 ? inside[0] : inside }
}

test('a recorder writes structured minutes with the keyboard, from Word and with pictures', { timeout: 180_000 }, async () => {
  const secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  const meeting = await makeMeeting(secretary)
  const context = await contextOf(browser, app.url, secretary, { width: 1_440, height: 900 })
  const page = await context.newPage()
  await page.goto(`${app.url}/meetings/${meeting.id}/minutes`)
  const text = page.locator('.minutes-text')
  await text.getByRole('heading', { name: '界河水质' }).waitFor()
  const stored = async () => (await app.services.minutes.document(meeting.id)).content ?? []
  const saved = () => page.locator('[data-state="saved"]').waitFor()

  // An empty line, a slash, the arrow to the third entry: a table.
  await text.getByRole('heading', { name: '界河水质' }).locator('+ p').click()
  await page.keyboard.type('/')
  await page.getByRole('menuitem', { name: '表格' }).waitFor()
  await look(page, 'slash-1440')
  await page.keyboard.press('Escape')
  await page.getByRole('menuitem', { name: '表格' }).waitFor({ state: 'hidden' })
  await page.keyboard.type('双方通报了水质。')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/')
  await page.getByRole('menuitem', { name: '议定事项' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('每月共测一次')
  await page.getByRole('button', { name: '插入' }).click()
  await page.getByRole('menuitem', { name: '脚注' }).click()
  await page.getByRole('textbox', { name: '脚注内容' }).fill('汛期顺延')
  await page.getByRole('button', { name: '完成' }).click()
  // The editor takes the keys back a moment after the note is closed.
  await page.locator('.ProseMirror-focused').waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('/')
  await page.getByRole('menuitem', { name: '表格' }).click()
  await page.locator('.ProseMirror-focused table').waitFor()
  await page.keyboard.type('断面')
  await page.keyboard.press('Tab')
  await page.keyboard.type('水质')
  await page.getByRole('button', { name: '表格' }).click()
  await page.getByRole('menuitem', { name: '删除列' }).click()
  await eventually(async () => {
    const written = (await stored()).map(outline)
    const section = written.findIndex((block) => JSON.stringify(block) === '{"heading2":"界河水质"}')
    expect(written.slice(section + 1, section + 4)).toEqual([
      { paragraph: '双方通报了水质。' },
      { decision: ['每月共测一次', { footnote: '汛期顺延' }] },
      {
        table: [
          { tableRow: [{ tableHeader: { paragraph: '断面' } }, { tableHeader: { paragraph: [] } }] },
          { tableRow: [{ tableCell: { paragraph: [] } }, { tableCell: { paragraph: [] } }] },
          { tableRow: [{ tableCell: { paragraph: [] } }, { tableCell: { paragraph: [] } }] },
        ],
      },
    ])
  })

  // The agenda item has its decision; what else is missing stands in the list, with a way there.
  await page.getByRole('button', { name: '还缺 3 处' }).click()
  await look(page, 'missing-1440')
  await page.getByRole('button', { name: '“渡口与公交”还没有内容' }).click()
  await page.locator('.minutes-text.ProseMirror-focused').waitFor()

  // What was written in Word keeps its structure and nothing of its looks.
  await paste(page, wordHtml)
  await text.getByText('图后的话').waitFor()
  await eventually(async () => {
    const pasted = (await stored()).map(outline)
    const from = pasted.findIndex((block) => JSON.stringify(block).includes('水质共测备忘'))
    expect(pasted.slice(from, from + 7)).toEqual([
      { heading1: '水质共测备忘' },
      { heading2: '共测安排' },
      { paragraph: ['双方自十二月起共测', { bold: '四个断面' }, '，', { bold: '每月' }, '一次', { footnote: '遇汛期顺延' }, '。'] },
      {
        orderedList: [
          { listItem: [{ paragraph: '南浔负责一号断面' }, { bulletList: { listItem: { paragraph: '由环保站采样' } } }] },
          { listItem: { paragraph: '吴江负责二号断面' } },
        ],
      },
      { paragraph: [] },
      {
        table: [
          { tableRow: [{ tableHeader: { paragraph: '断面' } }, { tableHeader: { paragraph: '水质' } }] },
          { tableRow: [{ tableCell: { paragraph: '一号' } }, { tableCell: { paragraph: '三类' } }] },
        ],
      },
      { paragraph: '图后的话' },
    ])
  })
  expect(JSON.stringify(await stored())).not.toMatch(/mso|仿宋|C00000|file:/i)

  // A picture is kept by the program, and whoever reads the minutes sees it.
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: '插入' }).click()
  await page.getByRole('menuitem', { name: '图片' }).click()
  await (await chosen).setFiles({ name: '界河.png', mimeType: 'image/png', buffer: Buffer.from(await plainPicture()) })
  await page.getByPlaceholder('图片说明').fill('界河一号断面')
  await eventually(async () =>
    expect(await page.locator('.minutes-image img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0),
  )
  await saved()

  // The head, filled in anew from the meeting.
  await page.getByRole('button', { name: '按协商会填写' }).click()
  await page.getByText('已按协商会和签到情况填写').waitFor()
  await saved()
  await look(page, 'written-1440')

  const english = await (await contextOf(browser, app.url, secretary, { language: 'en', width: 390, height: 844 })).newPage()
  await english.goto(`${app.url}/meetings/${meeting.id}/minutes`)
  await english.getByText('界河一号断面').or(english.locator('.minutes-caption')).first().waitFor()
  await look(english, 'written-390-en')
})

test('what a recorder writes without a network outlives a reload and merges, or is kept as a proposal when the minutes were closed meanwhile', {
  timeout: 180_000,
}, async () => {
  const secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  const recorder = await app.person({ name: '陈记录', grants: [inRegion('recorder', districts.nanxun)] })
  const { id: meetingId } = await makeMeeting(secretary)
  const context = await contextOf(browser, app.url, recorder, { width: 1_440, height: 900 })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const state = (name: string) => page.locator(`[data-state="${name}"]`).waitFor()
  async function write(words: string) {
    await page.locator('.minutes-text > :last-child').click()
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.press('Enter')
    await page.keyboard.type(words)
  }
  await page.goto(`${app.url}/meetings/${meetingId}/minutes`)
  await page.locator('.minutes-text').getByRole('heading', { name: '界河水质' }).waitFor()
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration('/meetings/'))?.active?.state === 'activated')
  await write('联网时写的')
  await state('saved')

  await context.setOffline(true)
  await write('断网时写的')
  await state('onDevice')
  await look(page, 'offline-1440')
  await page.reload()
  await page.locator('.minutes-text').getByText('断网时写的').waitFor()
  await state('onDevice')
  await write('重新打开后写的')
  await state('onDevice')
  const other = openEditor(app.url, secretary, meetingId)
  await other.loaded()
  writeThere(other.doc, '别人同时写的')
  await other.saved()
  await context.setOffline(false)
  await state('saved')
  await page.getByText('别人同时写的').waitFor()
  await eventually(() => /断网时写的.*重新打开后写的/s.test(xmlOf(other.doc)))
  expect(JSON.stringify(await app.services.minutes.document(meetingId))).toContain('重新打开后写的')
  other.close()

  await context.setOffline(true)
  await page.getByText('联网时写的').click()
  await page.keyboard.press('End')
  await page.keyboard.type('（断网时更正）')
  await write('要提为建议的一段')
  await state('onDevice')
  value(await secretary.post('meeting:end', { meetingId }))
  value(await secretary.post('minutes:to-draft', { meetingId }))
  value(await secretary.post('minutes:to-amending', { meetingId, despiteMissing: '试用会，不设议定事项' }))
  await context.setOffline(false)
  const kept = page.getByRole('region', { name: '离线时写的内容没有写入纪要' })
  await kept.getByText('要提为建议的一段').waitFor()
  expect(await page.locator('.minutes-text').textContent()).not.toContain('要提为建议')
  await look(page, 'kept-1440')
  await page.setViewportSize({ width: 390, height: 844 })
  await look(page, 'kept-390')
  for (const words of ['（断网时更正）', '要提为建议的一段']) {
    const card = kept.getByRole('listitem').filter({ hasText: words })
    await card.getByRole('button', { name: '提为修改建议' }).click()
    await card.waitFor({ state: 'detached' })
  }
  await kept.waitFor({ state: 'detached' })
  const amendments = await secretary.get<Amendment[]>(`/api/meetings/${meetingId}/minutes/amendments`)
  expect(amendments.map(({ kind, before, proposed }) => [kind, before, proposed])).toEqual([
    ['replace', '联网时写的', '联网时写的（断网时更正）'],
    ['add', '', '要提为建议的一段'],
  ])
  const { rows } = await app.db.pool.query(`select 1 from audit_entries where action = 'minutes:refused' and actor_id = $1`, [
    recorder.accountId,
  ])
  expect(rows).toEqual([])
})
