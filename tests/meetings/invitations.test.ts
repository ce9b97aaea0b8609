import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Me } from '../../shared/identity.ts'
import { type Invitation, invitationSchema, type Meeting } from '../../shared/meetings.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
let meeting: Meeting
/** How far the program's clock is ahead. */
let aheadMs = 0

beforeAll(async () => {
  app = await startApp({ now: () => new Date(Date.now() + aheadMs) })
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
  meeting = await makeMeeting(secretary)
})
beforeEach(() => {
  aheadMs = 0
})
afterAll(() => app.close())

const wish = (changes: object = {}) => ({
  ...{ id: v7(), meetingId: meeting.id, role: 'member' as const, siteId: meeting.sites[1]!.id, expiresInHours: 2, maxUses: 2 },
  ...changes,
})
const invite = async (changes: object = {}): Promise<Invitation> => value(await secretary.ask('invitation:create', wish(changes)))
const show = (token: string) => app.stranger().get(`/api/invitations/${token}`)
const listed = (person: Person) => person.get<Invitation[]>(`/api/meetings/${meeting.id}/invitations`)
const accept = (person: Person, { token }: Invitation, name?: string) => person.post('invitation:accept', { token, ...(name && { name }) })
const me = async (person: Person) => (await person.get<Me>('/api/me')).account

test('a link says what it leads to, before anybody signs in', async () => {
  const invitation = await invite()
  expect(invitationSchema.parse(invitation)).toMatchObject({ role: 'member', uses: 0, maxUses: 2, revoked: false })
  const site = { siteName: meeting.sites[1]!.name }
  expect(await show(invitation.token)).toMatchObject({ meeting: { id: meeting.id, title: meeting.title }, role: 'member', ...site })
  expect(await listed(secretary)).toContainEqual(invitation)
})

test('the same link made again, as after a lost answer, is one link', async () => {
  const once = wish()
  const [first, second] = await Promise.all([secretary.post('invitation:create', once), secretary.post('invitation:create', once)])
  expect(value(second)).toEqual(value(first))
  const other = await makeMeeting(secretary)
  const elsewhere = { ...once, meetingId: other.id, siteId: null }
  expect(failure(await secretary.ask('invitation:create', elsewhere))).toEqual({ code: 'conflict', reason: 'id-taken' })
})

test('only those who prepare the meeting make, list or revoke links', async () => {
  const invitation = await invite()
  const people: [Person, string][] = [
    [await app.person({ grants: [inMeeting('member', meeting.id)] }), 'not-allowed'],
    [await app.person({ grants: [inRegion('secretary', '35')] }), 'not-allowed'],
    [await app.visitor(), 'not-allowed'],
    [app.stranger(), 'not-signed-in'],
  ]
  for (const [person, code] of people) {
    expect(failure(await person.ask('invitation:create', wish()))).toMatchObject({ code })
    expect(failure(await person.ask('invitation:revoke', { invitationId: invitation.id }))).toMatchObject({ code })
    await expect(listed(person)).rejects.toMatchObject({ error: { code } })
  }
  expect(failure(await secretary.ask('invitation:revoke', { invitationId: v7() }))).toEqual({
    code: 'not-found',
    reason: 'no-such-invitation',
  })
})

test.each([
  { role: 'admin' },
  { role: 'secretary' },
  { role: 'handler' },
  { maxUses: 0 },
  { maxUses: 1_001 },
  { expiresInHours: 0 },
  { expiresInHours: 2_161 },
  { siteId: 'x' },
])('no link is made with %j', async (bad) => {
  const fields = { [Object.keys(bad)[0]!]: expect.any(String) }
  expect(failure(await secretary.ask('invitation:create', wish(bad)))).toMatchObject({ code: 'invalid-input', fields })
})

test('a link to a site of another meeting is not made', async () => {
  const other = await makeMeeting(secretary)
  const refused = failure(await secretary.ask('invitation:create', wish({ siteId: other.sites[0]!.id })))
  expect(refused).toEqual({ code: 'not-found', reason: 'no-such-site' })
})

test('somebody with an account accepts and has the role, in that meeting and no other', async () => {
  const invitation = await invite({ role: 'moderator' })
  const other = await makeMeeting(secretary)
  const person = await app.person({ name: '来宾' })
  expect(value(await accept(person, invitation))).toEqual({ meetingId: meeting.id, siteId: meeting.sites[1]!.id, role: 'moderator' })
  expect(await me(person)).toMatchObject({ name: '来宾', grants: [inMeeting('moderator', meeting.id)] })
  const agendaItemId = meeting.agenda[0]!.id
  value(await person.post('agenda:go', { meetingId: meeting.id, agendaItemId }))
  expect(failure(await person.post('agenda:go', { meetingId: other.id, agendaItemId }))).toMatchObject({ code: 'not-allowed' })
})

test('a guest without an account gives a name, and is known by it', async () => {
  const invitation = await invite()
  const guest = await app.visitor()
  expect(failure(await accept(guest, invitation))).toEqual({
    code: 'invalid-input',
    reason: 'name-needed',
    fields: { name: 'name-needed' },
  })
  expect(await me(guest)).toMatchObject({ name: '', grants: [] })
  value(await accept(guest, invitation, '王老师'))
  expect(await me(guest)).toMatchObject({ name: '王老师', anonymous: true, grants: [inMeeting('member', meeting.id)] })
})

test('nobody accepts without a session', async () => {
  expect(failure(await accept(app.stranger(), await invite(), '王老师'))).toMatchObject({ code: 'not-signed-in' })
})

test('accepting over the live connection is answered before that connection is closed to come back with the new role', async () => {
  const { token } = await invite()
  const person = await app.person()
  const closed = new Promise((resolve) => person.socket.once('disconnect', resolve))
  expect(value(await person.ask('invitation:accept', { token }))).toMatchObject({ role: 'member' })
  expect(await closed).toBe('io server disconnect')
})

test('accepting again returns the first result and takes no second place', async () => {
  const invitation = await invite({ maxUses: 1 })
  const person = await app.person()
  const results = await Promise.all([1, 2, 3].map(() => accept(person, invitation)))
  for (const result of results) expect(value(result)).toEqual(value(results[0]!))
  expect((await listed(secretary)).find((one) => one.id === invitation.id)).toMatchObject({ uses: 1 })
})

test('of many who accept at once only as many get in as there are places', async () => {
  const invitation = await invite({ maxUses: 2 })
  const people = await Promise.all([1, 2, 3, 4, 5].map(() => app.visitor()))
  const results = await Promise.all(people.map((person, n) => accept(person, invitation, `来宾${n}`)))
  expect(results.filter((result) => result.ok)).toHaveLength(2)
  for (const result of results) if (!result.ok) expect(result.error).toEqual({ code: 'conflict', reason: 'invitation-used-up' })
})

test('a revoked link lets nobody in, and says so', async () => {
  const invitation = await invite()
  for (let n = 0; n < 2; n++) {
    expect(value(await secretary.ask('invitation:revoke', { invitationId: invitation.id }))).toMatchObject({ revoked: true })
  }
  await expect(show(invitation.token)).rejects.toMatchObject({ status: 409, error: { reason: 'invitation-revoked' } })
  expect(failure(await accept(await app.person(), invitation))).toEqual({ code: 'conflict', reason: 'invitation-revoked' })
})

test('a link ends when its time is over', async () => {
  const invitation = await invite({ expiresInHours: 2 })
  const [early, late] = [await app.person(), await app.person()]
  aheadMs = Date.parse(invitation.expiresAt) - Date.now() - 60_000
  value(await accept(early, invitation))
  aheadMs += 60_001
  await expect(show(invitation.token)).rejects.toMatchObject({ error: { reason: 'invitation-expired' } })
  expect(failure(await accept(late, invitation))).toEqual({ code: 'conflict', reason: 'invitation-expired' })
})

test('a link that nobody made leads nowhere', async () => {
  const token = 'A'.repeat(22)
  await expect(show(token)).rejects.toMatchObject({ status: 404, error: { reason: 'no-such-invitation' } })
  await expect(show('short')).rejects.toMatchObject({ status: 400 })
  expect(failure(await secretary.ask('invitation:accept', { token }))).toEqual({ code: 'not-found', reason: 'no-such-invitation' })
})
