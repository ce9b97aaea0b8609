import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { upsertRegions } from '../../server/regions/store.ts'
import { photoPath } from '../../shared/photo-rules.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { expectAccessible, picture, startPhones, targetsOf } from './phones.ts'

let app: TestApp
let phones: Awaited<ReturnType<typeof startPhones>>
let secretary: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  await upsertRegions(app.db.reader, [
    { code: '330503101', name: '双林镇', parentCode: '330503' },
    { code: '330503101202', name: '东双林村', parentCode: '330503101' },
    { code: '31', name: '上海市', parentCode: null },
  ])
  secretary = await app.person({ grants: [inRegion('secretary', ''), inRegion('moderator', districts.wujiang)] })
  phones = await startPhones(app.url)
})
afterAll(async () => {
  await phones?.close()
  await app?.close()
})

const box = (page: Page) => page.getByRole('textbox', { name: '您的意见建议' })
const stored = (meetingId: string) => secretary.get<Suggestion[]>(`/api/meetings/${meetingId}/suggestions`)

/** What a camera of today gives: more pixels and bytes than a thin line likes. */
const cameraPicture = async (colour: string) => ({
  name: 'IMG_0001.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({
    create: { width: 2_000, height: 1_500, channels: 3, background: colour, noise: { type: 'gaussian', mean: 128, sigma: 20 } },
  })
    .jpeg({ quality: 90 })
    .toBuffer(),
})

test('a village post’s code leads to its district’s meeting, and what is sent there says so to the room', async () => {
  const meeting = await makeMeeting(secretary)
  const station = value(
    await secretary.post('station:create', { id: v7(), regionCode: '330503101202', kind: 'post', name: '东双林村协商驿站' }),
  )
  const phone = await phones.open(`/s/${station.code}`)
  await phone.getByText('您在：东双林村协商驿站').waitFor()
  await phone.getByRole('heading', { name: meeting.title }).waitFor()
  await box(phone).fill('驿站门口的路灯不亮')
  await phone.getByRole('button', { name: '提建议' }).click()
  await phone.locator('.receipt').waitFor()
  expect(await stored(meeting.id)).toMatchObject([{ via: station.code }])
  await picture(phone, 'station-meeting')
  // Safari's and WeChat's browser zoom in on a field whose letters are smaller, and do not zoom out again.
  const sizes = await phone
    .locator('input:not([type=file]), textarea')
    .evaluateAll((all) => all.map((field) => Number.parseFloat(getComputedStyle(field).fontSize)))
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16)
})

test('a station without a meeting says what will be here and what was, in both languages and large type', async () => {
  const past = await makeMeeting(secretary, {
    title: '老旧小区加装电梯协商会',
    regionCodes: ['31'],
    sites: [{ id: v7(), name: '主会场', regionCode: '31', kind: 'main' }],
  })
  value(await secretary.post('meeting:end', { meetingId: past.id }))
  const station = value(await secretary.post('station:create', { id: v7(), regionCode: '31', kind: 'hall', name: '外滩街道民生议事堂' }))
  for (const [locale, large] of [
    ['zh-CN', true],
    ['en-US', false],
  ] as const) {
    const phone = await phones.open(`/s/${station.code}`, { locale, large })
    await phone.getByRole('heading', { name: '外滩街道民生议事堂' }).waitFor()
    await phone.getByText(past.title).waitFor()
    await picture(phone, `station-${locale}`)
    await expectAccessible(phone)
    expect((await targetsOf(phone)).filter(({ height }) => height < 44)).toEqual([])
  }
  value(await secretary.post('station:retire', { stationId: station.id, retired: true }))
  const phone = await phones.open(`/s/${station.code}`)
  await phone.getByText('这个协商平台已经停用').waitFor()
})

test('photos taken without a network wait on the phone, small, through a reload, and are sent once', async () => {
  const meeting = await makeMeeting(secretary)
  const phone = await phones.open(`/s/${meeting.sites[1]!.code}`)
  await phone.getByText('您在：吴江分会场').waitFor()
  const uploads: number[] = []
  phone.on('request', (request) => {
    if (request.method() === 'PUT') uploads.push(request.postDataBuffer()?.length ?? 0)
  })
  await phone.locator('input[type=file]').setInputFiles([await cameraPicture('#884422'), await cameraPicture('#228844')])
  await phone.getByRole('img', { name: '要提交的照片 2' }).waitFor()
  await box(phone).fill('渡口栏杆断了两处，见照片')
  await phone.reload()
  await phone.getByRole('img', { name: '要提交的照片 2' }).waitFor()
  await picture(phone, 'photos-chosen')
  await expectAccessible(phone)

  await phone.context().setOffline(true)
  await phone.getByRole('button', { name: '提建议' }).click()
  await phone.getByText('等待联网后提交').waitFor()
  await phone.context().setOffline(false)
  await phone.locator('.receipt').waitFor()
  const [suggestion] = await stored(meeting.id)
  expect(suggestion?.photoIds).toHaveLength(2)
  expect(Math.max(...uploads)).toBeLessThan(500_000)

  const whole = Buffer.from(await (await secretary.fetch(photoPath(suggestion!.photoIds[0]!))).arrayBuffer())
  expect(await sharp(whole).metadata()).toMatchObject({ width: 1_280, height: 960 })
  value(await secretary.ask('suggestion:publish', { suggestionId: suggestion!.id }))

  const other = await phones.open(`/s/${meeting.code}`)
  await other.getByRole('button', { name: '照片 1' }).click()
  const large = other.getByRole('dialog', { name: '照片 1，共 2 张' })
  await eventually(() => large.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth === 1_280))
  await picture(other, 'photo-large')
  await expectAccessible(other)
  await large.getByRole('button', { name: '下一张' }).click()
  await other.getByRole('dialog', { name: '照片 2，共 2 张' }).waitFor()
  await other.keyboard.press('Escape')
  await eventually(async () => (await other.getByRole('dialog').count()) === 0)
  await picture(other, 'photos-public')

  // Without the session that sent them, the receipt is enough, also while nothing is public.
  value(await secretary.ask('suggestion:hide', { suggestionId: suggestion!.id, reason: '拍到了车牌' }))
  const receipt = (await phone.locator('.receipt .code').innerText()).trim()
  const holder = await phones.open(`/r/${receipt}`)
  await eventually(() =>
    holder
      .locator('.photo img')
      .evaluateAll((all) => all.length === 2 && all.every((image) => (image as HTMLImageElement).naturalWidth > 0)),
  )
  await picture(holder, 'receipt-photos')
})

test('what is no picture is not added, and says so', async () => {
  const meeting = await makeMeeting(secretary)
  const phone = await phones.open(`/s/${meeting.code}`)
  await box(phone).waitFor()
  await phone.locator('input[type=file]').setInputFiles({ name: 'x.jpg', mimeType: 'image/heic', buffer: Buffer.from('not a picture') })
  await phone.getByText('有的照片打不开').waitFor()
  await picture(phone, 'photo-unreadable')
})

test('a receipt is taken along with its link, and kept with the account of whoever signs in on the phone', async () => {
  const meeting = await makeMeeting(secretary)
  const citizen = await app.person({ name: '沈阿姨' })
  const phone = await phones.open(`/s/${meeting.code}`)
  await box(phone).fill('渡口加一盏灯')
  await phone.getByRole('button', { name: '提建议' }).click()
  const code = (await phone.locator('.receipt .code').innerText()).trim()
  await phone.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await phone.getByRole('button', { name: '复制回执码和链接' }).click()
  await phone.getByRole('button', { name: '已复制' }).waitFor()
  expect(await phone.evaluate(() => navigator.clipboard.readText())).toContain(`${app.url}/r/${code}`)

  await phone.goto(`/r/${code}`)
  await phone.getByRole('button', { name: '收进我的账号' }).click()
  await phone.getByRole('link', { name: '先登录，再收进我的账号' }).click()
  await phone.getByText('在这台设备上不登录时提的').waitFor()
  await phone.getByLabel('用户名').fill(app.usernameOf(citizen.accountId!))
  await phone.getByLabel('密码').fill(app.password)
  await picture(phone, 'sign-in')
  await phone.getByRole('button', { name: /登\s*录/ }).click()
  await phone.getByRole('button', { name: '收进我的账号' }).click()
  await phone.getByRole('link', { name: '已收进您的账号' }).waitFor()
  await picture(phone, 'claimed')
  await expectAccessible(phone)
  await phone.getByRole('link', { name: '已收进您的账号' }).click()
  await phone.getByRole('heading', { name: /办理回音/ }).waitFor()
  await phone.getByRole('link', { name: '渡口加一盏灯' }).waitFor()
  await picture(phone, 'came-back')
  await expectAccessible(phone)
})
