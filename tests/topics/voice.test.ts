import { isDeepStrictEqual } from 'node:util'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertFinding, insertFindingAccounts } from '../../server/guard/store.ts'
import { drawPicture, lowerBound } from '../../server/topics/picture.ts'
import type { VoiceRow } from '../../server/topics/voice-store.ts'
import type { Theme, Themes } from '../../shared/themes.ts'
import { type Voice, voiceSchema } from '../../shared/voice.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { fixture } from './fixture.ts'

let app: TestApp
let secretary: Person
let at = new Date('2026-11-23T06:00:00Z')

beforeAll(async () => {
  app = await startApp({ now: () => at })
  await addRegions(app)
  secretary = await app.person({ grants: [inRegion('secretary', districts.nanxun), inRegion('moderator', districts.wujiang)] })
})
afterAll(() => app.close())

const site = { id: v7(), name: '南浔主会场', regionCode: '330503', kind: 'main' as const, code: '2345678' }
const meeting = { sites: [site], regions: [{ code: '330503', path: ['浙江省', '湖州市', '南浔区'] }], endedAt: null }
const nowMs = Date.parse('2026-11-23T07:00:00Z')
const row = (changes: Partial<VoiceRow>): VoiceRow => ({
  id: v7(),
  text: '',
  status: 'published',
  createdAt: '2026-11-23T06:30:00.000Z',
  toBeLookedAt: false,
  supports: 1,
  agrees: 0,
  disagrees: 0,
  passes: 0,
  themeId: null,
  category: null,
  via: null,
  siteId: null,
  ...changes,
})
const draw = (rows: VoiceRow[], more: Partial<Parameters<typeof drawPicture>[0]> = {}) =>
  drawPicture({ meeting, rows, minutes: [], themes: [], people: 0, vias: new Map(), setAside: 0, isListed: () => false, nowMs, ...more })

test('contested is what divides people, agreed is what few are against, and neither says anything of a handful of voices', () => {
  const [split, liked, lopsided, few, hidden] = [
    row({ text: '各半', agrees: 20, disagrees: 18 }),
    row({ text: '都赞成', agrees: 40, disagrees: 2 }),
    row({ text: '三七开', agrees: 14, disagrees: 6 }),
    row({ text: '只有四人', agrees: 2, disagrees: 2 }),
    row({ text: '不公开', agrees: 30, disagrees: 30, status: 'hidden' }),
  ]
  const picture = draw([split, liked, lopsided, few, hidden])
  expect(picture.contested.map(({ text }) => text)).toEqual(['各半'])
  expect(picture.agreed.map(({ text }) => text)).toEqual(['都赞成'])
  expect(picture.totals).toMatchObject({ suggestions: 5, hidden: 1, stances: 104, unanswered: 4 })
})

test.each([
  [3, 0, 0.438],
  [90, 10, 0.826],
  [0, 0, 0],
])('of %i for and %i against at least %f are for', (agrees, disagrees, expected) => {
  expect(lowerBound({ agrees, disagrees })).toBeCloseTo(expected, 2)
})

test('a suggestion belongs to the site of its author, or to where the scanned code hangs', () => {
  const rows = [row({ siteId: site.id, supports: 3 }), row({ via: 'ABCD' }), row({ via: 'WXYZ' }), row({})]
  const vias = new Map([
    ['ABCD', { name: '石淙村协商驿站', regionCode: '330503101201' }],
    ['WXYZ', { name: '外地', regionCode: '110101' }],
  ])
  const { bySite, byRegion } = draw(rows, { vias })
  expect(
    bySite
      .map(({ name }) => name[0] ?? null)
      .slice(0, 3)
      .sort(),
  ).toEqual(['南浔主会场', '外地', '石淙村协商驿站'])
  expect(bySite.at(-1)).toEqual({ key: '', name: [], suggestions: 1, supports: 1 })
  expect(byRegion).toMatchObject([
    { key: '330503', suggestions: 2, supports: 4 },
    { key: '', suggestions: 2 },
  ])
})

test('the rate counts the last sixty minutes, and stands still once the meeting has ended', () => {
  const minutes = [
    { id: 'a', at: Date.parse('2026-11-23T06:59:00Z'), posts: 2, supports: 5 },
    { id: 'a', at: Date.parse('2026-11-23T06:01:00Z'), posts: 1, supports: 0 },
    { id: 'a', at: Date.parse('2026-11-23T05:00:00Z'), posts: 9, supports: 9 },
  ]
  const { suggestions, supports } = draw([], { minutes }).perMinute
  expect([suggestions.length, suggestions.at(-2), suggestions.at(0), supports.at(-2)]).toEqual([60, 2, 1, 5])
  const ended = draw([], { minutes, meeting: { ...meeting, endedAt: '2026-11-23T06:01:30.000Z' } }).perMinute
  expect([ended.suggestions.at(-1), ended.supports.reduce((sum, n) => sum + n)]).toEqual([1, 0])
})

const theme = (words: string[], heat: number, name: string | null = null): Theme => ({
  id: v7(),
  meetingId: v7(),
  words,
  name,
  kept: false,
  size: 0,
  supports: 0,
  heat,
  series: [],
})

test('a wall says nothing that only flagged ones say, or that a region has listed, and a moderator’s name stands', () => {
  const [dirty, mixed, listed, named, hidden] = [
    theme(['代办', '证件'], 9),
    theme(['加微信', '渡口'], 8),
    theme(['骗子', '路灯'], 7),
    theme(['骗子'], 6, '骗局怎么防'),
    theme(['清淤'], 5),
  ]
  const rows = [
    ...['代办证件一', '代办证件二'].map((text) => row({ text, themeId: dirty.id, toBeLookedAt: true, supports: 9 })),
    row({ text: '渡口加微信', themeId: mixed.id, toBeLookedAt: true, supports: 8 }),
    row({ text: '渡口加班', themeId: mixed.id, supports: 2 }),
    row({ text: '骗子拆了路灯', themeId: listed.id }),
    row({ text: '骗子太多', themeId: named.id }),
    row({ text: '清淤', themeId: hidden.id, status: 'pending' }),
  ]
  const themes = [dirty, mixed, listed, named, hidden]
  const picture = draw(rows, { themes, isListed: (text) => text.includes('骗子') })
  expect(picture.wallThemes.map(({ name }) => name)).toEqual(['渡口', '路灯', '骗局怎么防'])
  expect(picture.top.map(({ text }) => text)).toEqual(['渡口加班', '骗子拆了路灯', '骗子太多'])
  // The chair's side reads all of it.
  expect(picture.themes).toHaveLength(5)
})

test('what was published at once and flagged comes on the wall once a moderator has looked at it', async () => {
  const live = await makeMeeting(secretary, { suggestionPolicy: 'immediate' as never })
  const visitor = await app.visitor()
  value(await secretary.post('guard:set-rules', { regionCode: districts.nanxun, words: ['仙丹'], links: null, domains: [], version: 0 }))
  const texts = ['卖仙丹，包治百病', '仙丹买一送一', '仙丹送货上门', '渡口的灯坏了']
  const ids: string[] = []
  for (const text of texts) ids.push(value(await visitor.post('suggestion:post', { id: v7(), meetingId: live.id, text })).suggestion.id)
  await app.services.topics.themes.groupNow(live.id)
  const wall = async () => {
    at = new Date(at.getTime() + 2_000)
    const { top, wallThemes } = await secretary.get<Voice>(`/api/meetings/${live.id}/voice`)
    return { top: top.map(({ text }) => text), names: wallThemes.map(({ name }) => name).join() }
  }
  expect(await wall()).toEqual({ top: ['渡口的灯坏了'], names: '' })
  value(await secretary.post('suggestion:keep', { suggestionId: ids[0]!, kept: true }))
  expect((await wall()).top.sort()).toEqual(['卖仙丹，包治百病', '渡口的灯坏了'])
  for (const suggestionId of ids.slice(1, 3)) value(await secretary.post('suggestion:keep', { suggestionId, kept: true }))
  // All of them stand; the listed word is still not said as the name of a theme.
  const { top, names } = await wall()
  expect(top).toHaveLength(4)
  expect(names).not.toContain('仙丹')
})

test('the room reads the picture of a running meeting, and nobody else does', async () => {
  const live = await makeMeeting(secretary, { suggestionPolicy: 'immediate' as never })
  const [visitor, member] = [await app.visitor(), await app.person({ grants: [inMeeting('member', live.id)] })]
  const ids = await Promise.all(
    fixture.slice(0, 20).map(async ({ text }) => {
      const posted = value(await visitor.post('suggestion:post', { id: v7(), meetingId: live.id, text }))
      return posted.suggestion.id
    }),
  )
  value(await secretary.post('suggestion:answer', { suggestionId: ids[0]!, answer: '下月起延长' }))
  await app.services.topics.themes.groupNow(live.id)
  const path = `/api/meetings/${live.id}/voice`
  const picture = await member.get<Voice>(path)
  expect(() => voiceSchema.parse(picture)).not.toThrow()
  expect(picture.totals).toMatchObject({ people: 1, suggestions: 20, answered: 1, unanswered: 19, pending: 0 })
  expect(picture.themes[0]!.best.length).toBeGreaterThan(0)
  expect(picture.perMinute.suggestions.at(-1)).toBe(20)
  expect(picture.byCategory.length).toBeGreaterThan(2)
  expect(picture.newest).toHaveLength(5)
  // What the others think of it is told to whoever has voted on some, and to the chair's side.
  const judgedBy = async (person: Person) => {
    const { results, newest } = await person.get<Voice>(path)
    const { themes } = await person.get<Themes>(`/api/meetings/${live.id}/themes`)
    return [results, 'agrees' in newest[0]!, 'agrees' in themes[0]!]
  }
  expect(await judgedBy(member)).toEqual([false, false, false])
  expect(await judgedBy(secretary)).toEqual([true, true, true])
  for (const suggestionId of ids.slice(0, 5)) value(await member.post('stance:give', { suggestionId, stance: 'agree' }))
  expect(await judgedBy(member)).toEqual([true, true, true])
  for (const person of [visitor, app.stranger(), await app.person({ grants: [inRegion('member', '11')] })])
    await expect(person.get(path)).rejects.toMatchObject({ error: { code: expect.stringMatching(/^not-/) } })
  await expect(member.get(`/api/meetings/${v7()}/voice`)).rejects.toMatchObject({ status: 404 })
})

test('whoever was set aside is not counted, unless everybody is asked for', async () => {
  const live = await makeMeeting(secretary, { suggestionPolicy: 'immediate' as never })
  const [honest, other, false1, false2] = await Promise.all([1, 2, 3, 4].map(() => app.visitor()))
  const post = async (person: Person, text: string) =>
    value(await person.post('suggestion:post', { id: v7(), meetingId: live.id, text })).suggestion.id
  const [kept, pushed, twin] = [await post(honest!, '渡口加一盏灯'), await post(false1!, '买我的药酒'), await post(false2!, '渡口要有灯')]
  for (const person of [other!, false1!, false2!]) value(await person.post('suggestion:support', { suggestionId: kept, supported: true }))
  value(await false2!.post('suggestion:support', { suggestionId: pushed, supported: true }))
  for (const [person, stance] of [
    [other!, 'agree'],
    [false1!, 'disagree'],
    [false2!, 'disagree'],
  ] as const)
    value(await person.post('stance:give', { suggestionId: kept, stance }))
  value(await secretary.post('suggestion:merge', { suggestionId: twin, intoId: kept }))
  const findingId = v7()
  await app.db.transaction(async (tx) => {
    const found = { id: findingId, meetingId: live.id, kind: 'coordinated', state: 'set-aside', automatic: true } as const
    await insertFinding(tx, { ...found, evidence: {}, at: at.toISOString() })
    await insertFindingAccounts(tx, findingId, [false1!.accountId!, false2!.accountId!])
  })
  await app.services.topics.themes.groupNow(live.id)
  await eventually(async () => {
    // Another instant for each reading, since one is shared for a second.
    at = new Date(at.getTime() + 2_000)
    const without = await secretary.get<Voice>(`/api/meetings/${live.id}/voice`)
    const all = await secretary.get<Voice>(`/api/meetings/${live.id}/voice?with=all`)
    const figures = ({ totals, top, setAside }: Voice) => [
      setAside,
      totals.people,
      top.map(({ text, supports, agrees, disagrees }) => [text, supports, agrees, disagrees]),
    ]
    return (
      isDeepStrictEqual(figures(without), [2, 2, [['渡口加一盏灯', 2, 1, 0]]]) &&
      isDeepStrictEqual(figures(all), [
        2,
        4,
        [
          ['渡口加一盏灯', 4, 1, 2],
          ['买我的药酒', 2, 0, 0],
        ],
      ])
    )
  })
  // The board of themes counts by the same people.
  const board = async (query: string) => {
    const { setAside, themes, loose } = await secretary.get<Themes>(`/api/meetings/${live.id}/themes${query}`)
    const inNone = await secretary.get<{ text: string; supports: number }[]>(`/api/meetings/${live.id}/themes/suggestions${query}`)
    return [setAside, loose + themes.reduce((sum, { size }) => sum + size, 0), inNone.map(({ text, supports }) => [text, supports])]
  }
  expect(await board('')).toEqual([2, 1, [['渡口加一盏灯', 2]]])
  expect(await board('?with=all')).toEqual([
    2,
    2,
    [
      ['渡口加一盏灯', 4],
      ['买我的药酒', 2],
    ],
  ])
  await expect(board('?with=some')).rejects.toMatchObject({ status: 400 })
})
