import type { Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { expectAccessible, picture, startPhones, targetsOf } from './phones.ts'

let app: TestApp
let phones: Awaited<ReturnType<typeof startPhones>>
let moderator: Person
let author: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  moderator = await app.person({ name: '主持', grants: [inRegion('moderator', districts.nanxun), inRegion('secretary', districts.nanxun)] })
  author = await app.visitor()
  phones = await startPhones(app.url)
})
afterAll(async () => {
  await phones?.close()
  await app?.close()
})

const wishes = [
  { text: '渡口晚上加一班船，末班太早，看病回来赶不上。', category: '交通出行', place: '双林镇渡口' },
  { text: '两岸同一天打捞水葫芦，谁也不空着。', category: '环境保护' },
  { text: '桥头设一块共用的水质牌。', place: '界河大桥' },
  { text: '停航的消息头天晚上发到村里的群。' },
  { text: '保洁船捞上来的东西当天运走。' },
  { text: '便桥要能过电动三轮车。' },
]

async function hall(): Promise<{ meeting: Meeting; ids: string[] }> {
  const meeting = await makeMeeting(moderator, { suggestionPolicy: 'immediate' })
  const ids: string[] = []
  for (const wish of wishes)
    ids.push(value(await author.post('suggestion:post', { id: v7(), meetingId: meeting.id, ...wish })).suggestion.id)
  return { meeting, ids }
}

const cards = (page: Page) => page.getByRole('region', { name: /您怎么看|What do you think/ })
const press = (page: Page, word: string) => cards(page).getByRole('button', { name: word, exact: true }).click()
const item = (page: Page, text: string) =>
  page
    .getByRole('region', { name: /大家的意见建议/ })
    .locator('li')
    .filter({ hasText: text })

test('one card at a time, with progress; a vote can be changed; results open after five', async () => {
  const { meeting } = await hall()
  const phone = await phones.open(`/s/${meeting.code}`)
  await cards(phone).getByText('已表态 0 条，共 6 条').waitFor()
  await cards(phone).scrollIntoViewIfNeeded()
  await picture(phone, 'cards')
  await expectAccessible(phone)

  const first = await cards(phone).locator('.stance-text .words').innerText()
  await press(phone, '赞成')
  await cards(phone).getByText('已表态 1 条，共 6 条').waitFor()
  expect(await cards(phone).locator('.stance-text .words').innerText()).not.toBe(first)
  await cards(phone).getByRole('button', { name: '修改' }).click()
  expect(await cards(phone).locator('.stance-text .words').innerText()).toBe(first)
  expect(await cards(phone).getByRole('button', { name: '赞成', exact: true }).getAttribute('aria-pressed')).toBe('true')
  await press(phone, '不赞成')

  for (const word of ['赞成', '略过', '赞成']) await press(phone, word)
  await cards(phone).getByText('已表态 4 条，共 6 条').waitFor()
  await cards(phone).getByText('我的表态（4 条）').click()
  await cards(phone).getByText('再表态 1 条，就能看到大家怎么看').waitFor()
  expect(await cards(phone).getByText('赞成 1').count()).toBe(0)
  await press(phone, '赞成')
  await cards(phone).getByText('赞成 0 · 不赞成 1 · 略过 0').waitFor()
  await press(phone, '略过')
  await cards(phone).getByText('已经全部表态').waitFor()
  await eventually(async () => expect(await cards(phone).getByText('赞成 0 · 不赞成 0 · 略过 0').count()).toBe(0))
  await picture(phone, 'my-stances')
  await expectAccessible(phone)

  const votes = await app.services.stances.votesOf(meeting.id)
  expect(votes.map((vote) => vote.stance).sort()).toEqual(['agree', 'agree', 'agree', 'disagree', 'pass', 'pass'])
  const id = v7()
  value(await author.post('suggestion:post', { id, meetingId: meeting.id, text: '刚刚想到的一条' }))
  await cards(phone).getByText('刚刚想到的一条').waitFor()
  await cards(phone).getByText('已表态 6 条，共 7 条').waitFor()
})

test('support is one tap, counted on every phone, taken back with another, and one’s own cannot be pressed', async () => {
  const { meeting, ids } = await hall()
  const [one, other] = [await phones.open(`/s/${meeting.code}`), await phones.open(`/s/${meeting.code}`)]
  await item(one, '水质牌')
    .getByRole('button', { name: /支持 1/ })
    .click()
  await item(other, '水质牌')
    .getByRole('button', { name: /支持 2/ })
    .waitFor()
  await item(one, '水质牌')
    .getByRole('button', { name: /已支持 2/ })
    .waitFor()
  await one.reload()
  await item(one, '水质牌')
    .getByRole('button', { name: /已支持 2/ })
    .waitFor()

  await other.getByRole('textbox', { name: '您的意见建议' }).fill('我自己的一条')
  await other.getByText('类别和地点').click()
  await other.getByLabel('类别').selectOption('教育')
  await other.getByLabel('地点').fill('镇中心小学')
  await other.getByRole('button', { name: '提建议' }).click()
  await item(other, '我自己的一条').getByText('1 人支持').waitFor()
  expect(await item(other, '我自己的一条').getByRole('button').count()).toBe(0)
  await item(one, '我自己的一条').getByText('教育 · 镇中心小学').waitFor()

  value(await moderator.post('suggestion:pin', { suggestionId: ids[5]!, pinned: true }))
  await item(one, '三轮车').getByText('置顶').waitFor()
  value(await moderator.post('stage:show', { meetingId: meeting.id, suggestionId: ids[0]! }))
  await one.getByRole('region', { name: '会场正在讨论这一条' }).getByText('渡口晚上加一班船').waitFor()
  await one.getByRole('button', { name: '支持最多' }).click()
  expect(await one.locator('section:last-of-type li .words').allInnerTexts()).toEqual(
    ['三轮车', '水质牌'].map((words) => expect.stringContaining(words)).concat(Array(5).fill(expect.any(String))),
  )
  await picture(one, 'discussed')
  await expectAccessible(one)
  value(await moderator.post('suggestion:merge', { suggestionId: ids[0]!, intoId: ids[3]! }))
  await one.getByRole('region', { name: '会场正在讨论这一条' }).getByText('停航的消息').waitFor()

  await item(one, '水质牌')
    .getByRole('button', { name: /已支持/ })
    .click()
  await item(other, '水质牌')
    .getByRole('button', { name: /支持 1/ })
    .waitFor()
})

test('supports and votes given without a network are kept and sent once it is back', async () => {
  const { meeting, ids } = await hall()
  const phone = await phones.open(`/s/${meeting.code}`)
  await cards(phone).getByText('已表态 0 条').waitFor()
  await phone.getByText('大家的意见建议').waitFor()
  await phone.context().setOffline(true)
  await item(phone, '水质牌')
    .getByRole('button', { name: /支持 1/ })
    .click()
  await item(phone, '水质牌')
    .getByRole('button', { name: /已支持/ })
    .waitFor()
  await press(phone, '赞成')
  await press(phone, '不赞成')
  await cards(phone).getByText('已表态 2 条').waitFor()
  await cards(phone).getByText('存在本机，联网后自动提交').waitFor()
  await picture(phone, 'cards-offline')
  await phone.context().setOffline(false)
  await item(phone, '水质牌')
    .getByRole('button', { name: /已支持 2/ })
    .waitFor()
  await eventually(async () => expect(await app.services.stances.votesOf(meeting.id)).toHaveLength(2), { timeoutMs: 15_000 })
  const list = await moderator.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)
  expect(list.find(({ id }) => id === ids[2])?.supportCount).toBe(2)
  await cards(phone).getByText('存在本机').waitFor({ state: 'detached' })
})

test('in large type and English every target is 48 px, and nothing is cut off', async () => {
  const { meeting, ids } = await hall()
  value(
    await author.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '没有空格的长字符串'.repeat(60), place: 'w'.repeat(60) }),
  )
  value(await moderator.post('stage:show', { meetingId: meeting.id, suggestionId: ids[0]! }))
  const phone = await phones.open(`/s/${meeting.code}`, { locale: 'en-US', large: true })
  await cards(phone).getByText('0 of 7 answered').waitFor()
  await press(phone, 'Agree')
  await cards(phone).getByText('1 of 7 answered').waitFor()
  await cards(phone).getByText('My answers (1)').click()
  await cards(phone).getByText('Answer 4 more').waitFor()
  await phone.getByText('Category and place').click()
  expect((await targetsOf(phone)).filter(({ height }) => height < 48)).toEqual([])
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await picture(phone, 'voice-large-en')
  await expectAccessible(phone)
})

test('an ended meeting shows what was said and takes nothing more', async () => {
  const { meeting } = await hall()
  const phone = await phones.open(`/s/${meeting.code}`)
  await press(phone, '赞成')
  await cards(phone).getByText('已表态 1 条').waitFor()
  value(await moderator.post('meeting:end', { meetingId: meeting.id }))
  await phone.getByText('不再收集意见建议').waitFor()
  expect(await cards(phone).getByRole('button').count()).toBe(0)
  await item(phone, '水质牌').getByText('1 人支持').waitFor()
  await cards(phone).getByText('我的表态（1 条）').click()
  await cards(phone).getByText('我的表态：赞成').waitFor()
})
