import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { upsertRegions } from '../../server/regions/store.ts'
import { photoPath } from '../../shared/photo-rules.ts'
import type { Station } from '../../shared/stations.ts'
import { expectAccessible } from '../phone/phones.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { contextOf, enterRoom, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

let app: TestApp
let browser: Browser
let secretary: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  await upsertRegions(app.db.reader, [{ code: '330503101', name: '双林镇', parentCode: '330503' }])
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function picture(page: Page, name: string) {
  const folder = new URL('../.artifacts/', import.meta.url).pathname
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}stations-${name}.png` })
}

async function open(path: string, settings: Parameters<typeof contextOf>[3] = {}) {
  const context = await contextOf(browser, app.url, secretary, { width: 1_440, height: 900, ...settings })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.goto(`${app.url}${path}`)
  return page
}

test('a secretary opens a station, hangs up its poster, and closes it', async () => {
  const page = await open('/admin?tab=stations')
  await page.getByText('这里还没有协商平台').waitFor()
  await picture(page, 'empty')
  await page.getByLabel('名称').fill('双林镇民生议事堂')
  const region = page.getByRole('combobox', { name: '行政区划', exact: true })
  await region.fill('双林')
  await page.getByTitle('浙江省 · 湖州市 · 南浔区 · 双林镇').click()
  await page.getByRole('button', { name: /新\s*建/ }).click()
  await page.getByRole('cell', { name: '双林镇民生议事堂', exact: true }).waitFor()
  const [station] = await secretary.get<Station[]>(`/api/stations?regionCode=${districts.nanxun}`)
  await page.getByRole('link', { name: station!.code }).waitFor()
  await picture(page, 'tab')
  await expectAccessible(page)

  await page.getByRole('link', { name: '打印海报：双林镇民生议事堂' }).click()
  await page.getByRole('img', { name: '双林镇民生议事堂的二维码' }).waitFor()
  await picture(page, 'poster')
  await page.getByRole('link', { name: /返\s*回/ }).click()

  await page.getByRole('button', { name: '改名或停用：双林镇民生议事堂' }).click()
  await page
    .getByRole('button', { name: /停\s*用/ })
    .last()
    .click()
  await page.getByText('已停用', { exact: true }).waitFor()
  await picture(page, 'closed')
})

test('a meeting’s posters are one page each, for itself and every site', async () => {
  const meeting = await makeMeeting(secretary)
  const page = await open(`/meetings/${meeting.id}/posters`, { language: 'en' })
  await page
    .getByRole('img', { name: `QR code of ${meeting.title}` })
    .nth(2)
    .waitFor()
  await expectAccessible(page)
  for (const code of [meeting.code, ...meeting.sites.map((site) => site.code)])
    await page.getByText(`/s/${code}`, { exact: false }).waitFor()
  const paper = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(3)
  await picture(page, 'posters')
})

test('the room sees the photos of a suggestion, large on a click, and where it was scanned in', async () => {
  const meeting = await makeMeeting(secretary)
  const citizen = await app.visitor()
  const photoIds = [v7(), v7()]
  for (const [index, photoId] of photoIds.entries()) {
    const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: index ? '#7a4a21' : '#21607a' } })
      .jpeg()
      .toBuffer()
    await citizen.fetch(photoPath(photoId), { method: 'PUT', body: new Uint8Array(bytes) })
  }
  const via = meeting.sites[1]!.code
  value(await citizen.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '渡口栏杆断了两处，见照片', photoIds, via }))
  const page = await open('/', { width: 1_440 })
  await enterRoom(page, app.url, meeting.id, meeting.sites[0]!.id)
  await page.getByRole('tab', { name: /意见建议/ }).click()
  await page.getByText('来自吴江分会场的二维码').waitFor()
  const first = page.getByRole('img', { name: '照片 1，共 2 张' })
  await eventually(() => first.evaluate((image: HTMLImageElement) => image.naturalWidth === 320))
  await picture(page, 'room')
  await first.click()
  await eventually(() => page.locator('.ant-image-preview-img').evaluate((image: HTMLImageElement) => image.naturalWidth === 900))
  await picture(page, 'room-large')
  await page.keyboard.press('Escape')
})
