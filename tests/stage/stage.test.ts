import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Stage } from '../../shared/stage.ts'
import { enter } from '../media/joining.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

const post = async (person: Person, meetingId: string) =>
  value(await person.ask('suggestion:post', { id: v7(), meetingId, text: '请增设夜间照明' })).suggestion

test('the chair puts a suggestion and a participant before everybody, and takes them away', async () => {
  const meeting = await makeMeeting(secretary)
  const member = await app.person({ grants: [inMeeting('member', meeting.id)] })
  const { joined } = await enter(member, meeting)
  const suggestion = await post(member, meeting.id)
  const meetingId = meeting.id
  expect(failure(await secretary.ask('stage:show', { meetingId, suggestionId: suggestion.id }))).toMatchObject({ reason: 'not-published' })
  value(await secretary.ask('suggestion:publish', { suggestionId: suggestion.id }))

  const told = member.next('stage:changed', ({ suggestionId }) => suggestionId === suggestion.id)
  value(await secretary.ask('stage:show', { meetingId, suggestionId: suggestion.id }))
  expect((await told).version).toBeGreaterThan(0)
  value(await secretary.ask('stage:spotlight', { meetingId, participantId: joined.self.id }))
  expect(await member.get<Stage>(`/api/meetings/${meetingId}/stage`)).toMatchObject({
    suggestionId: suggestion.id,
    spotlightId: joined.self.id,
  })
  expect(value(await secretary.ask('stage:show', { meetingId, suggestionId: null }))).toMatchObject({
    suggestionId: null,
    spotlightId: joined.self.id,
  })
})

test('nobody but the chair’s side directs the stage, and only with what is the meeting’s own', async () => {
  const [meeting, other] = [await makeMeeting(secretary), await makeMeeting(secretary)]
  const meetingId = meeting.id
  const member = await app.person({ grants: [inMeeting('member', meetingId)] })
  for (const person of [member, await app.visitor(), app.stranger()]) {
    expect(failure(await person.ask('stage:show', { meetingId, suggestionId: null })).code).toMatch(/^not-/)
    expect(failure(await person.ask('stage:spotlight', { meetingId, participantId: null })).code).toMatch(/^not-/)
    expect(failure(await person.ask('stage:view', { meetingId, view: 'voice' })).code).toMatch(/^not-/)
  }
  const foreign = await post(secretary, other.id)
  expect(failure(await secretary.ask('stage:show', { meetingId, suggestionId: foreign.id }))).toMatchObject({
    reason: 'no-such-suggestion',
  })
  expect(failure(await secretary.ask('stage:spotlight', { meetingId, participantId: v7() }))).toMatchObject({
    reason: 'no-such-participant',
  })
  await expect(app.stranger().get(`/api/meetings/${meetingId}/stage`)).rejects.toMatchObject({ status: 401 })
})

test('the chair’s side chooses what the halls’ screens show', async () => {
  const { id: meetingId } = await makeMeeting(secretary)
  for (const view of ['voice', 'opinion', 'speaker'] as const)
    expect(value(await secretary.ask('stage:view', { meetingId, view }))).toMatchObject({ view })
  value(await secretary.ask('meeting:end', { meetingId }))
  expect(failure(await secretary.ask('stage:view', { meetingId, view: 'voice' })).code).toBe('conflict')
})
