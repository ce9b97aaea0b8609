import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Me } from '../../shared/identity.ts'
import { wholeSuggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let near: TestApp
let far: TestApp
let secretary: Person
let admin: Person

beforeAll(async () => {
  const env = {
    REDIS_URL: inject('redisUrl'),
    AUTH_SECRET: `one secret for all the nodes of this cluster ${v7()}`,
    POSTS_PER_MINUTE: '12',
    COMMANDS_PER_MINUTE: '600',
    SIGN_IN_ATTEMPTS_PER_MINUTE: '10',
  }
  near = await startApp({ env })
  far = await startApp({ env, database: near })
  await addRegions(near)
  secretary = await near.person({ grants: [inRegion('secretary', districts.nanxun)] })
  admin = await near.person({ grants: [inRegion('admin', '')] })
})
afterAll(async () => {
  await far.close()
  await near.close()
})

test('what happens on one node is heard on the other, by those whom it is for', async () => {
  const meeting = await makeMeeting(secretary)
  const [member, phone] = [far.as(secretary), far.stranger()]
  for (const person of [member, phone]) value(await person.ask('meeting:watch', { meetingId: meeting.id }))
  const inTheRoom = member.next('suggestion:changed')
  const outside: unknown[] = []
  phone.socket.on('news', (items) => outside.push(...items.map(([name]) => name)))
  const { suggestion } = value(await secretary.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '加一班船' }))
  expect(await inTheRoom).toEqual(suggestion)
  const published = phone.next('suggestion:shown')
  value(await secretary.post('suggestion:publish', { suggestionId: suggestion.id }))
  expect(wholeSuggestion(meeting.id, await published)).toMatchObject({ id: suggestion.id, status: 'published' })
  // That it was posted, they did not hear.
  expect(outside.filter((name) => name === 'suggestion:shown')).toHaveLength(1)
})

test('a session of one node is one of the other, and asking both at once does nothing twice', async () => {
  const meeting = await makeMeeting(secretary)
  const there = far.as(secretary)
  expect((await there.get<Me>('/api/me')).account?.id).toBe(secretary.accountId)
  const wish = { id: v7(), meetingId: meeting.id, text: '加一班船' }
  const [here, elsewhere] = await Promise.all([secretary.post('suggestion:post', wish), there.post('suggestion:post', wish)])
  expect(value(elsewhere)).toEqual(value(here))
  const versions = await Promise.all([secretary, there].map((person) => person.post('meeting:end', { meetingId: meeting.id })))
  expect(value(versions[0]!).version).toBe(value(versions[1]!).version)
})

test('pages of signed minutes count on all nodes, and one too many is refused like anything else', async () => {
  const reader = await near.visitor()
  const nodes = [reader, far.as(reader)]
  const take = async (turn: number) => (await nodes[turn % 2]!.fetch('/minutes/NONE/1/minutes.pdf')).status
  const seen = new Set<number>()
  for (let turn = 0; turn < 400 && !seen.has(429); turn += 20) {
    for (const status of await Promise.all(Array.from({ length: 20 }, (_, more) => take(turn + more)))) seen.add(status)
  }
  expect(seen).toEqual(new Set([404, 429]))
})

test('whoever posts on two nodes by turns may not post twice as much', async () => {
  const meeting = await makeMeeting(secretary)
  const phone = await near.visitor()
  const nodes = [phone, far.as(phone)]
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, turn) =>
      nodes[turn % 2]!.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: `第${turn}条` }),
    ),
  )
  const refused = answers.filter((answer) => !answer.ok)
  // A part of a share comes back while they are sent.
  expect(refused.length).toBeGreaterThanOrEqual(10)
  expect(refused.length).toBeLessThanOrEqual(12)
  for (const answer of refused) expect(failure(answer)).toMatchObject({ code: 'too-many-requests' })
})

test('a session that is revoked on one node is closed on the other', async () => {
  const person = await near.person()
  const there = far.as(person)
  await eventually(() => there.socket.connected)
  const closed = new Promise((resolve) => there.socket.once('disconnect', resolve))
  value(await admin.post('account:revoke-sessions', { accountId: person.accountId! }))
  expect(await closed).toBe('io server disconnect')
  there.socket.connect()
  expect(failure(await there.ask('account:revoke-sessions', { accountId: v7() }))).toMatchObject({ code: 'not-signed-in' })
})

// The last of this file, since nobody can sign in after it.
test('wrong passwords count on all nodes together', async () => {
  const attempt = async ({ url }: TestApp) => {
    const body = JSON.stringify({ username: 'somebody', password: 'a wrong password' })
    const sent = fetch(`${url}/api/auth/sign-in/username`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return (await sent).status
  }
  const statuses: number[] = []
  for (let turn = 0; turn < 12; turn++) statuses.push(await attempt(turn % 2 ? far : near))
  expect(statuses.indexOf(429)).toBeGreaterThan(0)
  expect(statuses.indexOf(429)).toBeLessThan(10)
  expect(statuses.slice(-2)).toEqual([429, 429])
})
