import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BarredDevice, GuardRules } from '../../shared/guard.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
let moderator: Person
let member: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
  moderator = await app.person({ name: '主持', grants: [inRegion('moderator', districts.wujiang)] })
  member = await app.person({ name: '委员', grants: [inRegion('member', districts.nanxun)] })
})
afterAll(() => app.close())

const meetingWith = (suggestionPolicy: Meeting['suggestionPolicy']) => makeMeeting(secretary, { suggestionPolicy } as never)

const post = async (person: Person, meeting: Meeting, text: string, more: object = {}) =>
  value(await person.post('suggestion:post', { id: v7(), meetingId: meeting.id, text, ...more })).suggestion

/** A suggestion as the room reads it, with its flags. */
const seen = async ({ meetingId, id }: Suggestion) =>
  (await member.get<Suggestion[]>(`/api/meetings/${meetingId}/suggestions`)).find((suggestion) => suggestion.id === id)!

const rulesOf = (person: Person, regionCode: string) => person.get<GuardRules[]>(`/api/guard/rules/${regionCode}`)
const own = async (person: Person, regionCode: string) => (await rulesOf(person, regionCode)).at(-1)!

test('with approval only for flagged ones, what is flagged waits and everything else is public at once', async () => {
  const meeting = await meetingWith('flagged')
  const citizen = await app.visitor()
  expect(await post(citizen, meeting, '渡口晚上加一班船')).toMatchObject({ status: 'published' })
  expect(await post(citizen, meeting, '详情见 example。com')).toMatchObject({ status: 'pending' })
  expect(await post(citizen, meeting, '请打 138-1234-5678')).toMatchObject({ status: 'pending' })
})

test.each(['approval', 'immediate'] as const)('under the policy %s flags are told to the room and change nothing', async (policy) => {
  const meeting = await meetingWith(policy)
  const flagged = await post(await app.visitor(), meeting, '加群 example.com 电话 13812345678')
  expect(flagged.status).toBe(policy === 'approval' ? 'pending' : 'published')
  expect(await seen(flagged)).toMatchObject({ flags: ['link', 'phone-number'] })
})

test('flags are told neither to the author nor to the public', async () => {
  const meeting = await meetingWith('immediate')
  const citizen = await app.visitor()
  const phone = app.stranger()
  for (const person of [phone, citizen]) value(await person.ask('meeting:watch', { meetingId: meeting.id }))
  const [toPublic, toAuthor] = [phone.next('suggestion:shown'), citizen.next('suggestion:changed')]
  const flagged = await post(citizen, meeting, '看 example.com')
  const mine = await citizen.get<{ suggestion: Suggestion }[]>(`/api/meetings/${meeting.id}/suggestions/mine`)
  for (const told of [
    flagged,
    await toPublic,
    await toAuthor,
    mine[0]!.suggestion,
    ...(await phone.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)),
  ])
    expect(told).not.toHaveProperty('flags')
})

test('a region’s words hold in everything below it, together with those of the regions above', async () => {
  const province = await app.person({ grants: [inRegion('secretary', '33')] })
  value(await province.post('guard:set-rules', { regionCode: '33', words: ['代开发票'], links: 'allow', domains: [], version: 0 }))
  value(
    await secretary.post('guard:set-rules', {
      regionCode: districts.nanxun,
      words: ['加我微信'],
      links: null,
      domains: ['gov.cn'],
      version: 0,
    }),
  )
  expect((await rulesOf(secretary, districts.nanxun)).map(({ regionCode }) => regionCode)).toEqual(['33', districts.nanxun])
  const meeting = await makeMeeting(secretary, {
    suggestionPolicy: 'flagged',
    regionCodes: [districts.nanxun],
    sites: onlyIn(districts.nanxun),
  } as never)
  const citizen = await app.visitor()
  for (const [text, flags] of [
    ['专业 代-开-發-票', ['words']],
    ['加 我 微 信 聊', ['words']],
    ['看 example.com', undefined],
    ['公交站太远', undefined],
  ] as const) {
    const suggestion = await post(citizen, meeting, text)
    expect([text, (await seen(suggestion)).flags, suggestion.status]).toEqual([text, flags, flags ? 'pending' : 'published'])
  }
  expect((await seen(await post(await app.visitor(), meeting, '好主意', { authorName: '加我微信' }))).flags).toEqual(['words'])
  // The other district says nothing, and where nobody says anything links are flagged: of co-hosting regions the strictest.
  const joint = await meetingWith('flagged')
  expect((await seen(await post(await app.visitor(), joint, '看 example.com'))).flags).toEqual(['link'])
  expect((await seen(await post(citizen, joint, '看 nanxun.gov.cn'))).flags).toBeUndefined()
})

const onlyIn = (regionCode: string) => [{ id: v7(), name: '会场', regionCode, kind: 'main' as const }]

test('rules are kept by the secretaries of the region, one edit after the other', async () => {
  const before = await own(secretary, districts.nanxun)
  const rules = { ...before, words: ['新词一', '新词一', '  新词二 '], links: 'flag' as const, domains: ['Gov.CN'] }
  const after = value(await secretary.post('guard:set-rules', rules))
  expect(after).toEqual({ ...rules, words: ['新词一', '新词二'], domains: ['gov.cn'], version: before.version + 1 })
  expect(await own(secretary, districts.nanxun)).toEqual(after)
  expect(failure(await secretary.post('guard:set-rules', rules))).toMatchObject({ code: 'conflict', reason: 'changed-meanwhile' })
  for (const [wrong, field] of [
    [{ words: ['赌'] }, 'words'],
    [{ words: ['!!!'] }, 'words'],
    [{ words: Array(1_001).fill('词语') }, 'words'],
    [{ domains: ['https://gov.cn'] }, 'domains.0'],
    [{ links: 'perhaps' }, 'links'],
  ] as const)
    expect(failure(await secretary.post('guard:set-rules', { ...after, ...wrong } as never))).toMatchObject({
      code: 'invalid-input',
      fields: { [field]: expect.any(String) },
    })
  expect(failure(await secretary.post('guard:set-rules', { ...after, regionCode: '3305' }))).toMatchObject({ code: 'not-allowed' })
  const refused = { code: 'not-allowed', reason: 'not-allowed' }
  for (const person of [moderator, member, await app.visitor(), await app.person({ grants: [inRegion('secretary', '32')] })]) {
    expect(failure(await person.post('guard:set-rules', after))).toEqual(refused)
    await expect(rulesOf(person, districts.nanxun)).rejects.toMatchObject({ status: 403 })
  }
  expect(failure(await app.stranger().post('guard:set-rules', after))).toMatchObject({ code: 'not-signed-in' })
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  expect(failure(await admin.post('guard:set-rules', { ...after, regionCode: '99' }))).toMatchObject({ reason: 'no-such-region' })
})

test('one device that posts many at once, and the same words from several devices, are flagged', async () => {
  const meeting = await meetingWith('flagged')
  const hasty = await app.visitor()
  const posts: Suggestion[] = []
  for (const place of ['东桥', '西桥', '南桥', '北桥', '渡口']) posts.push(await seen(await post(hasty, meeting, `${place}要修了`)))
  expect(posts.map(({ flags = [] }) => flags.join())).toEqual(['', '', '', '', 'burst'])
  const words = '强烈建议在界河两岸的渡口旁边修建一座新的人行桥梁方便大家'
  const flags: string[] = []
  for (const copy of [words, `${words}！`, `　${words.replace('强烈', '强 烈')}。`])
    flags.push((await seen(await post(await app.visitor(), meeting, copy))).flags?.join() ?? '')
  expect(flags).toEqual(['', '', 'copied'])
})

test('a post that is sent again is looked at once', async () => {
  const meeting = await meetingWith('flagged')
  const citizen = await app.visitor()
  const wish = { id: v7(), meetingId: meeting.id, text: '公交末班车太早了，晚自习的孩子回不了家' }
  for (let turn = 0; turn < 8; turn++) expect(value(await citizen.post('suggestion:post', wish)).suggestion.status).toBe('published')
  expect((await post(citizen, meeting, '路灯要修')).status).toBe('published')
})

test('a device that is barred takes no part, also with a new account, until that is lifted', async () => {
  const meeting = await meetingWith('immediate')
  const rude = await app.visitor()
  const suggestion = await post(rude, meeting, '骂人的话')
  const id = v7()
  const told = chairOf(meeting)
  const barred = value(await moderator.post('guard:bar', { id, suggestionId: suggestion.id, reason: '辱骂他人' }))
  expect(barred).toMatchObject({ id, reason: '辱骂他人', byName: '主持', liftedAt: null })
  expect(barred).not.toHaveProperty('accountId')
  expect(await await told).toEqual(barred)
  expect(value(await moderator.post('guard:bar', { id, suggestionId: suggestion.id, reason: '辱骂他人' }))).toEqual(barred)

  const again = { id: v7(), meetingId: meeting.id, text: '还是骂人的话' }
  expect(failure(await rude.post('suggestion:post', again))).toEqual({ code: 'not-allowed', reason: 'barred' })
  expect(failure(await rude.ask('suggestion:post', again))).toEqual({ code: 'not-allowed', reason: 'barred' })
  const disguised = await app.visitor(deviceOf(rude))
  expect(disguised.accountId).not.toBe(rude.accountId)
  expect(failure(await disguised.post('suggestion:post', again))).toEqual({ code: 'not-allowed', reason: 'barred' })
  // Elsewhere it may, and others may here.
  await post(rude, await meetingWith('immediate'), '好好说话')
  await post(await app.visitor(), meeting, '加一班船')

  expect(await moderator.get<BarredDevice[]>(`/api/meetings/${meeting.id}/guard/barred`)).toEqual([barred])
  const lifted = value(await moderator.post('guard:unbar', { barredDeviceId: id }))
  expect(lifted).toMatchObject({ liftedAt: expect.any(String), liftedByName: '主持' })
  expect(value(await moderator.post('guard:unbar', { barredDeviceId: id }))).toEqual(lifted)
  expect(value(await rude.post('suggestion:post', again)).suggestion.status).toBe('published')
  const trail = await app.db.pool.query(
    `select action from audit_entries where action like 'guard:%bar' and subject_id in ($1, $2) order by id`,
    [id, suggestion.id],
  )
  expect(trail.rows.map(({ action }) => action)).toEqual(['guard:bar', 'guard:unbar'])
})

/** Resolves to what the chair's side hears next of barred devices. */
async function chairOf(meeting: Meeting) {
  value(await moderator.ask('meeting:watch', { meetingId: meeting.id }))
  return moderator.next('guard:barred')
}
const deviceOf = ({ cookie }: Person) => cookie.split('; ').find((pair) => pair.startsWith('yishi.device='))!

test('only the chair’s side bars, only devices of the public, and nobody else learns who is barred', async () => {
  const meeting = await meetingWith('immediate')
  const { id: suggestionId } = await post(await app.visitor(), meeting, '一条')
  const elsewhere = await app.person({ grants: [inRegion('moderator', '31')] })
  for (const person of [member, elsewhere, await app.visitor()]) {
    expect(failure(await person.post('guard:bar', { id: v7(), suggestionId, reason: '乱' }))).toMatchObject({ code: 'not-allowed' })
    expect(failure(await person.post('guard:defend', { meetingId: meeting.id, defence: 'on' }))).toMatchObject({ code: 'not-allowed' })
    await expect(person.get(`/api/meetings/${meeting.id}/guard/barred`)).rejects.toMatchObject({ status: 403 })
    await expect(person.get(`/api/meetings/${meeting.id}/guard`)).rejects.toMatchObject({ status: 403 })
  }
  expect(failure(await app.stranger().post('guard:bar', { id: v7(), suggestionId, reason: '乱' }))).toMatchObject({ code: 'not-signed-in' })
  expect(failure(await moderator.post('guard:bar', { id: v7(), suggestionId: v7(), reason: '乱' }))).toMatchObject({ code: 'not-found' })
  expect(failure(await moderator.post('guard:unbar', { barredDeviceId: v7() }))).toMatchObject({ code: 'not-found' })
  expect(failure(await moderator.post('guard:bar', { id: v7(), suggestionId, reason: ' ' }))).toMatchObject({ code: 'invalid-input' })
  const ofMember = await post(member, meeting, '委员的一条')
  expect(failure(await moderator.post('guard:bar', { id: v7(), suggestionId: ofMember.id, reason: '乱' }))).toMatchObject({
    code: 'conflict',
    reason: 'of-the-room',
  })
})

test('a forged device cookie is no device', async () => {
  const visitor = await app.visitor()
  const [id] = deviceOf(visitor).slice('yishi.device='.length).split('.')
  const forged = await app.visitor(`yishi.device=${id}.${'A'.repeat(22)}`)
  expect(deviceOf(forged)).not.toContain(id!)
})
