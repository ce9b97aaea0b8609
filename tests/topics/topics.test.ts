import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertFinding, insertFindingAccounts } from '../../server/guard/store.ts'
import { categoryOf, defaultLexicon, joinLexicons } from '../../server/topics/lexicon.ts'
import { defaultCategories } from '../../shared/categories.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import type { ThemeSuggestion } from '../../shared/themes.ts'
import type { Lexicon, Topic } from '../../shared/topics.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { fixture, unseen } from './fixture.ts'

let app: TestApp
let secretary: Person
let visitor: Person
let at = new Date('2026-11-23T06:00:00Z')

beforeAll(async () => {
  app = await startApp({ now: () => at })
  await addRegions(app)
  secretary = await app.person({ name: '秘书处', grants: [inRegion('secretary', districts.nanxun)] })
  visitor = await app.visitor()
})
afterAll(() => app.close())

async function post(meeting: Meeting, texts: string[], category?: string): Promise<string[]> {
  const posted = await Promise.all(
    texts.map(async (text) =>
      value(await visitor.post('suggestion:post', { id: v7(), meetingId: meeting.id, text, ...(category && { category }) })),
    ),
  )
  return posted.map(({ suggestion }) => suggestion.id)
}

const lexiconOf = (regionCode: string) => secretary.get<Lexicon>(`/api/lexicons/${regionCode}`)
const topicsOf = (person: Person, status?: string) => person.get<Topic[]>(`/api/topics${status ? `?status=${status}` : ''}`)
const group = (meeting: Meeting) => app.services.topics.themes.groupNow(meeting.id)
const buses = ['末班公交太早', '公交站台没有雨棚', '公交班次太少', '渡口的渡船停航没有通知']

test('the national lexicon files under the categories that phones offer, and knows most everyday matters', () => {
  expect(defaultLexicon.map(({ name }) => name)).toEqual([...defaultCategories])
  const all = [...fixture, ...unseen]
  const known = all.filter(({ text }) => categoryOf(text, defaultLexicon) !== null)
  console.log(`a category is proposed for ${known.length} of ${all.length} suggestions`)
  expect(known.length / all.length).toBeGreaterThan(0.85)
})

test.each([
  ['末班公交太早了，看病回来赶不上', '交通出行'],
  ['卫生院没有儿科医生', '医疗卫生'],
  ['希望办一个老年食堂', '养老与托幼'],
  ['灌溉水渠淤积，稻田放不进水', '农业与水利'],
  ['今天天气不错', null],
])('%s is filed under %s', (text, category) => {
  expect(categoryOf(text, defaultLexicon)).toBe(category)
})

test('lexicons of several regions put the words of one category together', () => {
  expect(
    joinLexicons([
      [{ name: '甲', keywords: ['一', '二'] }],
      [
        { name: '甲', keywords: ['二', '三'] },
        { name: '乙', keywords: [] },
      ],
    ]),
  ).toEqual([
    { name: '甲', keywords: ['一', '二', '三'] },
    { name: '乙', keywords: [] },
  ])
})

test('a region edits its lexicon, those below use it, and two editors cannot overwrite each other', async () => {
  expect(await lexiconOf(districts.nanxun)).toMatchObject({ source: 'default', sourceCode: null, version: 0 })
  const city = await app.person({ grants: [inRegion('secretary', '3305')] })
  const own = { regionCode: '3305', version: 0, categories: [{ name: '湖笔', keywords: ['毛笔', '笔庄'] }], threshold: 5, halfLifeDays: 7 }
  expect(value(await city.post('lexicon:save', own))).toMatchObject({ source: 'own', version: 1, threshold: 5 })
  expect(await lexiconOf(districts.nanxun)).toMatchObject({ source: 'above', sourceCode: '3305', version: 0, threshold: 5 })
  expect(failure(await city.post('lexicon:save', own))).toMatchObject({ code: 'conflict', reason: 'lexicon-changed-meanwhile' })
  expect(value(await city.post('lexicon:save', { ...own, version: 1, threshold: 6 })).version).toBe(2)
  expect(failure(await city.post('lexicon:save', { ...own, version: 7 })).code).toBe('conflict')
  const twice = [...own.categories, ...own.categories]
  expect(failure(await city.post('lexicon:save', { ...own, version: 2, categories: twice })).code).toBe('invalid-input')

  const moderator = await app.person({ grants: [inRegion('moderator', '3305')] })
  for (const person of [app.stranger(), visitor, moderator, await app.person({ grants: [inRegion('secretary', districts.wujiang)] })])
    expect(failure(await person.post('lexicon:save', { ...own, version: 2 })).code).toMatch(/^not-/)

  const meeting = await makeMeeting(secretary, { regionCodes: [districts.nanxun] })
  await post(meeting, ['笔庄门口的路坏了', '老街上的毛笔作坊难找'])
  await post(meeting, ['笔庄想扩建'], '湖笔')
  await group(meeting)
  const filed = await secretary.get<ThemeSuggestion[]>(`/api/meetings/${meeting.id}/themes/suggestions`)
  const all = [...filed.map(({ category, categoryProposed }) => [category, categoryProposed])]
  expect(all).toContainEqual(['湖笔', true])
})

test('what people bring again and again is proposed as a topic, and decided once', async () => {
  const wujiang = await app.person({ name: '吴江秘书处', grants: [inRegion('secretary', districts.wujiang)] })
  const own = await makeMeeting(wujiang, { regionCodes: [districts.wujiang] })
  const few = await post(own, buses)
  await group(own)
  expect(await topicsOf(wujiang)).toEqual([])

  at = new Date(at.getTime() + 60_000)
  await post(
    own,
    buses.map((text) => `再说一次：${text}`),
  )
  await post(
    own,
    [...buses, '公交站牌看不清'].map((text) => `还有：${text}`),
  )
  await group(own)
  const [topic] = await topicsOf(wujiang, 'proposed')
  expect(topic).toMatchObject({ regionCode: districts.wujiang, category: '交通出行', status: 'proposed', suggestionCount: 13 })
  expect(topic!.title).toMatch(/^交通出行：/)
  expect(topic!.suggestions).toHaveLength(5)
  expect(topic!.heat).toBeGreaterThanOrEqual(12)

  // More of it goes to the topic that waits.
  at = new Date(at.getTime() + 60_000)
  await post(own, ['公交车上没有空调'])
  await group(own)
  expect(await topicsOf(wujiang, 'proposed')).toMatchObject([{ id: topic!.id, suggestionCount: 14 }])

  const title = '末班公交与渡船的衔接'
  for (const person of [app.stranger(), visitor, secretary, await app.person({ grants: [inMeeting('moderator', own.id)] })]) {
    expect(failure(await person.post('topic:accept', { topicId: topic!.id, title })).code).toMatch(/^not-/)
    expect(failure(await person.post('topic:dismiss', { topicId: topic!.id, reason: '' })).code).toMatch(/^not-/)
  }
  expect(await topicsOf(secretary)).toEqual([])
  expect(await topicsOf(await app.person({ grants: [inRegion('admin', '')] }))).toHaveLength(1)
  await expect(secretary.get(`/api/topics/${topic!.id}`)).rejects.toMatchObject({ status: 403 })

  expect(value(await wujiang.post('topic:accept', { topicId: topic!.id, title }))).toMatchObject({ status: 'triaged', title })
  expect(value(await wujiang.post('topic:accept', { topicId: topic!.id, title: '别的' }))).toMatchObject({ title })
  expect(failure(await wujiang.post('topic:dismiss', { topicId: topic!.id, reason: '' })).reason).toBe('topic-decided')
  expect(failure(await wujiang.post('topic:accept', { topicId: v7(), title })).reason).toBe('no-such-topic')
  expect(await wujiang.get(`/api/topics/${topic!.id}`)).toMatchObject({ title, decidedAt: expect.any(String) })

  // What was decided is not proposed again, until it has heated up anew.
  at = new Date(at.getTime() + 60_000)
  await group(own)
  expect(await topicsOf(wujiang, 'proposed')).toEqual([])
  await post(
    own,
    [...buses, ...buses, ...buses, ...buses].map((text, n) => `${n}：${text}`),
  )
  at = new Date(at.getTime() + 60_000)
  await group(own)
  const [again] = await topicsOf(wujiang, 'proposed')
  expect(again!.id).not.toBe(topic!.id)
  expect(again!.suggestions.map(({ id }) => id)).not.toEqual(expect.arrayContaining(few))
  expect(value(await wujiang.post('topic:dismiss', { topicId: again!.id, reason: '已在办理' })).status).toBe('dismissed')
})

test('a topic cools down: what was said two half-lives ago counts a quarter', async () => {
  const suzhou = await app.person({ grants: [inRegion('secretary', '3205')] })
  const own = await makeMeeting(suzhou, { regionCodes: ['3205'] })
  await post(
    own,
    Array.from({ length: 11 }, (_, n) => `医院挂号太难，第${n}次来`),
  )
  at = new Date(at.getTime() + 28 * 86_400_000)
  await post(own, ['医院挂号还是难'])
  await group(own)
  expect(await topicsOf(suzhou, 'proposed')).toEqual([])
})

test('whoever was set aside heats no topic, neither by writing nor by supporting, until they count again', async () => {
  const jiangsu = await app.person({ grants: [inRegion('secretary', '32')] })
  const own = await makeMeeting(jiangsu, { regionCodes: ['32'], suggestionPolicy: 'immediate' })
  const say = async (person: Person, text: string) =>
    value(await person.post('suggestion:post', { id: v7(), meetingId: own.id, text, category: '交通出行' })).suggestion.id
  const [honest, farmer, helper] = [await app.visitor(), await app.visitor(), await app.visitor()]
  const real = await say(honest, '公交末班太早')
  const planted = await say(farmer, '公交线路改到我家门口')
  for (let more = 0; more < 12; more++) await say(farmer, `公交线路改到我家门口，第${more}次说`)
  for (const person of [farmer, helper]) value(await person.post('suggestion:support', { suggestionId: real, supported: true }))
  value(await honest.post('suggestion:support', { suggestionId: planted, supported: true }))
  const finding = { id: v7(), meetingId: own.id, kind: 'coordinated', state: 'set-aside', automatic: true } as const
  await app.db.transaction(async (tx) => {
    await insertFinding(tx, { ...finding, evidence: {}, at: at.toISOString() })
    await insertFindingAccounts(tx, finding.id, [farmer.accountId!, helper.accountId!])
  })
  const counted = async () => (await jiangsu.get<Suggestion[]>(`/api/meetings/${own.id}/suggestions`)).find(({ id }) => id === real)
  await eventually(async () => expect(await counted()).toMatchObject({ supportCount: 3 }))
  await group(own)
  expect(await topicsOf(jiangsu, 'proposed')).toEqual([])

  const wish = { meetingId: own.id, findingIds: [finding.id] }
  value(await jiangsu.post('guard:restore', wish))
  // 14 suggestions, three supporters beyond their authors.
  await eventually(async () => expect(await topicsOf(jiangsu, 'proposed')).toMatchObject([{ suggestionCount: 14, heat: 14.75 }]))
  value(await jiangsu.post('guard:set-aside', wish))
  // One suggestion, and one honest supporter of what a false voice wrote.
  await eventually(async () => expect(await topicsOf(jiangsu, 'proposed')).toMatchObject([{ heat: 1.25 }]))
})
