import type { Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { proofHeader } from '../../shared/proof.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { expectAccessible, picture, startPhones, targetsOf } from './phones.ts'

let app: TestApp
let phones: Awaited<ReturnType<typeof startPhones>>
let secretary: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({
    name: '秘书处',
    grants: [inRegion('secretary', districts.nanxun), inRegion('moderator', districts.wujiang)],
  })
  phones = await startPhones(app.url)
})
afterAll(async () => {
  await phones?.close()
  await app?.close()
})

const box = (page: Page) => page.getByRole('textbox', { name: '您的意见建议' })
const stored = (meetingId: string) => secretary.get<Suggestion[]>(`/api/meetings/${meetingId}/suggestions`)
const receiptOn = async (page: Page) => (await page.locator('.receipt .code').innerText()).trim()

async function suggest(page: Page, text: string) {
  await box(page).fill(text)
  await page.getByRole('button', { name: '提建议' }).click()
}

test('a citizen without an account posts and gets a receipt; merely looking makes no session', async () => {
  const meeting = await makeMeeting(secretary)
  const phone = await phones.open(`/s/${meeting.code}`)
  await phone.getByText('议程第 1 项，共 2 项').waitFor()
  // Only what tells one browser from another: nobody is signed in.
  expect((await phone.context().cookies()).map(({ name }) => name)).toEqual(['yishi.device'])

  await phone.getByLabel('怎么称呼您').fill('渡口边的老周')
  await suggest(phone, '末班船太早，看病回来赶不上')
  expect(await receiptOn(phone)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(await stored(meeting.id)).toMatchObject([{ text: '末班船太早，看病回来赶不上', authorName: '渡口边的老周', status: 'pending' }])
  await picture(phone, 'posted')
  await expectAccessible(phone)

  const code = await receiptOn(phone)
  await phone.reload()
  await phone.getByText(code).waitFor()
  await phone.getByText('待公开').waitFor()
})

test("what is published and answered reaches every phone, and one's own state changes, without a reload", async () => {
  const meeting = await makeMeeting(secretary)
  const [author, other] = [await phones.open(`/s/${meeting.code}`), await phones.open(`/s/${meeting.code}`)]
  await suggest(author, '渡口没有遮雨的地方')
  await author.getByText('待公开').waitFor()
  await other.getByText('还没有公开的意见建议').waitFor()

  const [suggestion] = await stored(meeting.id)
  value(await secretary.ask('suggestion:publish', { suggestionId: suggestion!.id }))
  await other.getByRole('region', { name: '大家的意见建议' }).getByText('渡口没有遮雨的地方').waitFor()
  await author.getByText('已公开', { exact: false }).first().waitFor()

  value(await secretary.ask('suggestion:answer', { suggestionId: suggestion!.id, answer: '雨棚已列入下月的修缮' }))
  await other.getByText('雨棚已列入下月的修缮').waitFor()
  await author.getByRole('region', { name: '我提的' }).getByText('雨棚已列入下月的修缮').waitFor()
  await picture(other, 'answered')

  value(await secretary.ask('suggestion:hide', { suggestionId: suggestion!.id, reason: '含有他人的电话' }))
  await other.getByText('还没有公开的意见建议').waitFor()
  await author.getByText('含有他人的电话').waitFor()
})

test("one hears of one's own suggestion being hidden before it was ever public", async () => {
  const meeting = await makeMeeting(secretary)
  const phone = await phones.open(`/s/${meeting.code}`)
  await suggest(phone, '这一条不会公开')
  await phone.getByText('待公开').waitFor()
  const [suggestion] = await stored(meeting.id)
  value(await secretary.ask('suggestion:hide', { suggestionId: suggestion!.id, reason: '与议题无关' }))
  await phone.getByText('与议题无关').waitFor()
})

test('the agenda item in discussion and the end of the meeting are followed live; then the box is closed', async () => {
  const meeting = await makeMeeting(secretary)
  const phone = await phones.open(`/s/${meeting.code}`)
  await phone.getByText('议程第 1 项，共 2 项').waitFor()
  value(await secretary.ask('agenda:go', { meetingId: meeting.id, agendaItemId: meeting.agenda[1]!.id }))
  await phone.getByText('议程第 2 项，共 2 项').waitFor()
  value(await secretary.ask('meeting:end', { meetingId: meeting.id }))
  await phone.getByText('不再收集意见建议').waitFor()
  expect(await box(phone).count()).toBe(0)
})

test('before the meeting one can write but not send; when it opens, the draft is there to be sent', async () => {
  const meeting = await makeMeeting(secretary, { live: false })
  const phone = await phones.open(`/s/${meeting.code}`)
  await box(phone).fill('提前写好的话')
  expect(await phone.getByRole('button', { name: '提建议' }).isDisabled()).toBe(true)
  await phone.reload()
  expect(await box(phone).inputValue()).toBe('提前写好的话')
  value(await secretary.ask('meeting:open', { meetingId: meeting.id }))
  await phone.locator('button:enabled', { hasText: '提建议' }).click()
  await phone.locator('.receipt').waitFor()
})

test('without a network a suggestion waits on the phone and is sent once when it is back', async () => {
  const meeting = await makeMeeting(secretary)
  const phone = await phones.open(`/s/${meeting.code}`)
  await box(phone).waitFor()
  await phone.context().setOffline(true)
  await suggest(phone, '隧道里写的')
  await phone.getByText('等待联网后提交').waitFor()
  await phone.getByText('网络断开了').waitFor()
  await picture(phone, 'offline')
  await expectAccessible(phone)
  await phone.context().setOffline(false)
  await phone.locator('.receipt').waitFor()
  expect(await stored(meeting.id)).toHaveLength(1)
})

test('when only the answer is lost, the suggestion is sent again with the same id and stored once', async () => {
  const meeting = await makeMeeting(secretary)
  const phone = await phones.open(`/s/${meeting.code}`)
  const ids: string[] = []
  let answersLost = true
  await phone.route('**/api/commands/suggestion:post', async (route) => {
    ids.push((route.request().postDataJSON() as { id: string }).id)
    const response = await route.fetch()
    if (response.ok() && answersLost) await route.abort()
    else await route.fulfill({ response })
  })
  await suggest(phone, '只说一遍')
  await phone.getByText('等待联网后提交').waitFor()
  await phone.reload()
  answersLost = false
  await phone.locator('.receipt').waitFor()
  expect(new Set(ids).size).toBe(1)
  expect(await stored(meeting.id)).toMatchObject([{ text: '只说一遍' }])
})

test("the receipt's page tells the whole way, newest first, to whoever has the code", async () => {
  const meeting = await makeMeeting(secretary)
  const author = await phones.open(`/s/${meeting.code}`)
  await suggest(author, '渡口加一盏灯')
  const code = await receiptOn(author)
  const [suggestion] = await stored(meeting.id)
  value(await secretary.ask('suggestion:answer', { suggestionId: suggestion!.id, answer: '本周装好' }))

  const friend = await phones.open('/r/')
  await expectAccessible(friend)
  await friend.getByLabel('回执码').fill(code.toLowerCase().replaceAll('-', ' '))
  await friend.getByRole('button', { name: '查询' }).click()
  await friend.getByText('本周装好').waitFor()
  expect(await friend.locator('.step h3').allInnerTexts()).toEqual(['已答复', '已收到'])
  await friend.getByText('每半分钟自动刷新').waitFor()
  await picture(friend, 'receipt')
  await expectAccessible(friend)
})

test('a wrong receipt code and a wrong meeting are explained, with a way on', async () => {
  const receipt = await phones.open('/r/7777-7777-7777')
  await receipt.getByText('没有查到这个回执码').waitFor()
  expect(await receipt.getByLabel('回执码').inputValue()).toBe('7777-7777-7777')
  await expectAccessible(receipt)
  await receipt.getByLabel('回执码').fill('12')
  await receipt.getByRole('button', { name: '查询' }).click()
  await receipt.getByText('回执码是 12 位字母和数字').waitFor()

  const meeting = await phones.open('/s/ZZZZZZ')
  await meeting.getByText('没有找到这场协商会').waitFor()
  await expectAccessible(meeting)
})

test('nothing is sent while the box is empty', async () => {
  const meeting = await makeMeeting(secretary)
  const phone = await phones.open(`/s/${meeting.code}`)
  await suggest(phone, '   ')
  await phone.getByText('请先写下您的意见建议').waitFor()
  expect(await stored(meeting.id)).toEqual([])
})

test.each(['zh-CN', 'en-US'] as const)(
  'in large type (%s) letters are 20 px, targets 48 px, and nothing is cut off at the side',
  async (locale) => {
    const meeting = await makeMeeting(secretary, { title: '界河共治'.repeat(20) })
    const visitor = await app.visitor()
    const text = '没有空格的长字符串'.repeat(60) + 'w'.repeat(400)
    const { suggestion } = value(await visitor.post('suggestion:post', { id: v7(), meetingId: meeting.id, text }))
    value(await secretary.ask('suggestion:publish', { suggestionId: suggestion.id }))
    const phone = await phones.open(`/s/${meeting.code}`, { locale, large: true })
    await phone.getByText('没有空格的长字符串').waitFor()
    expect(await phone.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('20px')
    expect((await targetsOf(phone)).filter(({ height }) => height < 48)).toEqual([])
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await picture(phone, `large-${locale}`)
    await expectAccessible(phone)
  },
)

test('large type and the language are one tap on the first screen, and are remembered', async () => {
  const meeting = await makeMeeting(secretary)
  const phone = await phones.open(`/s/${meeting.code}`)
  await phone.getByRole('button', { name: '大字' }).click()
  await phone.getByRole('button', { name: 'English' }).click()
  await phone.getByRole('heading', { name: 'Make a suggestion' }).waitFor()
  await phone.reload()
  await phone.getByRole('heading', { name: 'Make a suggestion' }).waitFor()
  expect(await phone.evaluate(() => [document.documentElement.lang, getComputedStyle(document.body).fontSize])).toEqual(['en', '20px'])
})

test('under attack a phone works out its sum by itself; one that is barred is told so, and keeps what it wrote', async () => {
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' })
  value(await secretary.post('guard:defend', { meetingId: meeting.id, defence: 'on' }))
  const phone = await phones.open(`/s/${meeting.code}`)
  const proofs: string[] = []
  phone.on('request', (request) => {
    const proof = request.headers()[proofHeader]
    if (proof) proofs.push(proof)
  })
  await suggest(phone, '渡口的牌子掉了')
  await receiptOn(phone)
  expect(proofs).toHaveLength(1)
  const [suggestion] = await stored(meeting.id)
  const other = await app.visitor()
  value(await secretary.post('guard:defend', { meetingId: meeting.id, defence: 'auto' }))
  value(await other.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '路灯不亮' }))

  value(await secretary.post('guard:bar', { id: v7(), suggestionId: suggestion!.id, reason: '反复张贴' }))
  await suggest(phone, '牌子还是掉着')
  await phone.getByText('主持人已不允许这台设备参与本次协商会').first().waitFor()
  await phone.getByText('牌子还是掉着').waitFor()
  const cards = phone.getByRole('region', { name: /您怎么看/ })
  await cards.getByRole('button', { name: '赞成', exact: true }).click()
  await cards.getByText('主持人已不允许这台设备参与本次协商会').waitFor()
  await picture(phone, 'barred')
  await expectAccessible(phone)
  expect(await stored(meeting.id)).toHaveLength(2)
  await phone.getByRole('button', { name: '拿回来修改' }).click()
  expect(await box(phone).inputValue()).toBe('牌子还是掉着')
})
