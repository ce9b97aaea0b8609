import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { postedSuggestionSchema, type Suggestion, wholeSuggestion } from '../../shared/suggestions.ts'
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

const post = async (person: Person, meeting: Meeting, text = '渡口晚上加一班船') =>
  value(await person.post('suggestion:post', { id: v7(), meetingId: meeting.id, text }))

const listed = (person: Person, meeting: Meeting) => person.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)

test('a citizen without an account of their own gets a receipt, the room sees the suggestion at once and the public does not', async () => {
  const meeting = await makeMeeting(secretary)
  const citizen = await app.visitor()
  value(await member.ask('meeting:watch', { meetingId: meeting.id }))
  const shown = member.next('suggestion:changed')
  const { suggestion, receipt } = await post(citizen, meeting)
  expect(postedSuggestionSchema.parse({ suggestion, receipt })).toBeTruthy()
  expect(await shown).toEqual(suggestion)
  expect(suggestion).toMatchObject({ status: 'pending', agendaItemId: meeting.agenda[0]?.id })
  expect(await listed(app.stranger(), meeting)).toEqual([])
  expect(await listed(member, meeting)).toEqual([suggestion])
  expect(await citizen.get(`/api/meetings/${meeting.id}/suggestions/mine`)).toEqual([{ suggestion, receipt }])
})

test('posting the same id again, as after a lost answer, returns the first result and adds nothing', async () => {
  const meeting = await makeMeeting(secretary)
  const citizen = await app.visitor()
  const wish = { id: v7(), meetingId: meeting.id, text: '公交加密' }
  const [first, second] = await Promise.all([citizen.post('suggestion:post', wish), citizen.post('suggestion:post', wish)])
  expect(value(second)).toEqual(value(first))
  expect(await listed(member, meeting)).toHaveLength(1)
  const other = await app.visitor()
  expect(failure(await other.post('suggestion:post', wish))).toMatchObject({ code: 'conflict', reason: 'id-taken' })
})

test('publishing shows it to the public, hiding takes it away again and tells its author why', async () => {
  const meeting = await makeMeeting(secretary)
  const citizen = await app.visitor()
  const phone = app.stranger()
  expect(value(await phone.ask('meeting:watch', { meetingId: meeting.id }))).toEqual({ audience: 'public' })
  const { suggestion, receipt } = await post(citizen, meeting)
  const published = phone.next('suggestion:shown')
  value(await moderator.ask('suggestion:publish', { suggestionId: suggestion.id }))
  expect(wholeSuggestion(meeting.id, await published)).toEqual({ ...suggestion, status: 'published', version: 2 })
  const withdrawn = phone.next('suggestion:withdrawn')
  value(await moderator.ask('suggestion:hide', { suggestionId: suggestion.id, reason: '含有他人电话' }))
  expect(await withdrawn).toEqual({ id: suggestion.id, version: 3, mergedIntoId: null })
  expect(await listed(phone, meeting)).toEqual([])
  const { steps } = await phone.get<{ steps: object[] }>(`/api/receipts/${receipt.toLowerCase()}`)
  expect(steps.map((step) => (step as { kind: string }).kind)).toEqual(['hidden', 'published', 'posted'])
  expect(steps[0]).toMatchObject({ reason: '含有他人电话' })
})

test('a merged suggestion follows the surviving one, also through a second merge', async () => {
  const meeting = await makeMeeting(secretary)
  const [a, b, c] = [await post(member, meeting, '甲'), await post(member, meeting, '乙'), await post(member, meeting, '丙')]
  value(await moderator.ask('suggestion:merge', { suggestionId: a.suggestion.id, intoId: b.suggestion.id }))
  value(await moderator.ask('suggestion:merge', { suggestionId: b.suggestion.id, intoId: c.suggestion.id }))
  value(await moderator.ask('suggestion:answer', { suggestionId: c.suggestion.id, answer: '已排入计划' }))
  const way = await member.get<{ suggestion: Suggestion; steps: { kind: string; answer?: string }[] }>(`/api/receipts/${a.receipt}`)
  expect(way.suggestion).toMatchObject({ status: 'merged', mergedIntoId: c.suggestion.id })
  expect(way.steps[0]).toMatchObject({ kind: 'answered', answer: '已排入计划' })
})

test('only moderators of the meeting moderate', async () => {
  const meeting = await makeMeeting(secretary)
  const { suggestion } = await post(member, meeting)
  const elsewhere = await app.person({ grants: [inRegion('moderator', '31')] })
  for (const person of [member, elsewhere, await app.visitor()]) {
    expect(failure(await person.post('suggestion:publish', { suggestionId: suggestion.id }))).toEqual({
      code: 'not-allowed',
      reason: 'not-allowed',
    })
  }
  expect(failure(await app.stranger().post('suggestion:publish', { suggestionId: suggestion.id }))).toMatchObject({ code: 'not-signed-in' })
  expect(await listed(member, meeting)).toMatchObject([{ status: 'pending', version: 1 }])
})

test('what is closed stays closed, and a meeting that is not live takes no suggestions', async () => {
  const meeting = await makeMeeting(secretary)
  const { suggestion } = await post(member, meeting)
  value(await moderator.ask('suggestion:hide', { suggestionId: suggestion.id, reason: '重复' }))
  for (const again of [
    moderator.ask('suggestion:publish', { suggestionId: suggestion.id }),
    moderator.ask('suggestion:answer', { suggestionId: suggestion.id, answer: '好' }),
  ]) {
    expect(failure(await again)).toMatchObject({ code: 'conflict', reason: 'suggestion-closed' })
  }
  value(await moderator.ask('meeting:end', { meetingId: meeting.id }))
  expect(failure(await member.ask('suggestion:post', { id: v7(), meetingId: meeting.id, text: '晚了' }))).toMatchObject({
    reason: 'meeting-not-live',
  })
})

test('bad text is refused with the field that is at fault', async () => {
  const meeting = await makeMeeting(secretary)
  for (const text of ['', '   ', '\u200b\u202e', 'x'.repeat(1_001), 42]) {
    const refused = failure(await member.ask('suggestion:post', { id: v7(), meetingId: meeting.id, text: text as string }))
    expect(refused).toMatchObject({ code: 'invalid-input', fields: { text: expect.any(String) } })
  }
  expect(failure(await app.stranger().ask('suggestion:post', { id: v7(), meetingId: meeting.id, text: '好' }))).toMatchObject({
    code: 'not-signed-in',
  })
})
