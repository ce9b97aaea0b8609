import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokenRules, lengthOf, numberOf, numberPatternSchema, standardProposalRules, wholeText } from '../../shared/proposal-rules.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, oneReviewer } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let admin: Person
let secretary: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  admin = await app.person({ grants: [inRegion('admin', '')] })
  secretary = await app.person({ grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

const setting = (regionCode: string, value: typeof oneReviewer | null, version = 0) => ({
  regionCode,
  key: 'proposals' as const,
  value,
  version,
})
const read = (person: Person, regionCode: string) =>
  person.get<{ own: { value: object | null; version: number }; inherited: { regionCode: string | null; setting: { value: object } } }>(
    `/api/regions/${regionCode}/settings/proposals`,
  )

test('a region sets its rules, or takes those of the nearest region above', async () => {
  expect(await read(secretary, districts.nanxun)).toMatchObject({
    own: { value: null, version: 0 },
    inherited: { regionCode: '33', setting: { value: oneReviewer } },
  })
  const own = { ...oneReviewer, claimHours: 8 }
  value(await secretary.post('setting:set', setting(districts.nanxun, own)))
  expect((await read(secretary, districts.nanxun)).own).toMatchObject({ value: own, version: 1 })
  expect(failure(await secretary.post('setting:set', setting(districts.nanxun, own)))).toEqual({
    code: 'conflict',
    reason: 'changed-meanwhile',
  })
  value(await secretary.post('setting:set', setting(districts.nanxun, null, 1)))
  expect((await read(secretary, districts.nanxun)).own).toMatchObject({ value: null, version: 2 })
  value(await admin.post('setting:set', setting('33', null, 1)))
  expect((await read(admin, '33')).inherited).toMatchObject({ regionCode: null, setting: { value: standardProposalRules } })
})

test('nobody but its secretariat and administrators sets or reads them', async () => {
  const member = await app.person({ grants: [inRegion('member', districts.nanxun)] })
  for (const [person, code] of [
    [member, 'not-allowed'],
    [await app.visitor(), 'not-allowed'],
    [app.stranger(), 'not-signed-in'],
  ] as const)
    expect(failure(await person.post('setting:set', setting(districts.nanxun, oneReviewer)))).toMatchObject({ code })
  expect(failure(await secretary.post('setting:set', setting(districts.wujiang, oneReviewer)))).toMatchObject({ code: 'not-allowed' })
  expect(failure(await admin.post('setting:set', setting('99', oneReviewer)))).toMatchObject({ reason: 'no-such-region' })
  await expect(read(member, districts.nanxun)).rejects.toMatchObject({ status: 403 })
  await expect(admin.get(`/api/regions/33/settings/nothing`)).rejects.toMatchObject({ status: 400 })
})

test.each([
  ['协商建议〔{year}〕{n}号', true],
  ['{region}议〔{year}〕{n}号', true],
  ['{n}/{year}', true],
  ['〔{year}〕号', false],
  ['{year}{n}', false],
  ['{year}{region}{n}', false],
  ['{year}-1-{n}', false],
  ['{year}-{n}-{n}', false],
  ['{year}-{n}-{x}', false],
  ['{year}-{n}-{', false],
])('the number %s can be told from every other: %s', (pattern, fine) => {
  expect(numberPatternSchema.safeParse(pattern).success).toBe(fine)
})

test('a number is written by the pattern', () => {
  expect(numberOf('{region}议〔{year}〕{n}号', { region: '南浔区', year: 2026, n: 7 })).toBe('南浔区议〔2026〕7号')
})

test('length counts what is written, whatever its script, and no space', () => {
  expect(lengthOf(' 渡口 夜间\n😀 ')).toBe(5)
})

test('the standard rules break on nothing but an empty form', () => {
  expect(brokenRules(standardProposalRules, { title: '渡口', body: '照明', measures: [] }, 1)).toEqual([])
  expect(brokenRules(standardProposalRules, { title: '', body: '', measures: [] }, 0).map(({ rule }) => rule)).toEqual([
    'title-too-short',
    'body-too-short',
    'source-missing',
  ])
})

test('the measures stand under the text', () => {
  expect(wholeText({ body: '建议改造。', measures: [] })).toBe('建议改造。')
  expect(wholeText({ body: '建议改造。', measures: ['装灯', '装监控'] })).toBe('建议改造。\n具体措施：\n1. 装灯\n2. 装监控')
})
