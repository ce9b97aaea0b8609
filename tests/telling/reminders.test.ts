import { afterAll, beforeAll, expect, test } from 'vitest'
import { isToRemindOf } from '../../shared/clocks.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Notice } from '../../shared/notifications.ts'
import { draftOf, issue, makeDepartment, replyTo, writeMinutes } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let at = '2026-11-02T02:00:00.000Z'
let admin: Person
let secretary: Person
let meeting: Meeting
let blockIds: string[]

beforeAll(async () => {
  app = await startApp({ now: () => new Date(at) })
  await addRegions(app)
  admin = await app.person({ grants: [inRegion('admin', '')] })
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  meeting = await makeMeeting(secretary)
  blockIds = await writeMinutes(app, secretary, meeting, ['同意增开晚间渡船。'])
})
afterAll(() => app?.close())

/** A department with nothing to do but what it is given now. */
async function given(count = 1) {
  at = '2026-11-02T02:00:00.000Z'
  const department = await makeDepartment(app, admin, districts.nanxun, '交通局')
  const assignments = []
  for (let n = 0; n < count; n++) {
    const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds)))
    assignments.push(await issue(secretary, recommendation, department.organization))
  }
  return { ...department, assignment: assignments[0]! }
}
const reminded = async (person: Person) =>
  (await person.get<{ notices: Notice[] }>('/api/me/notices?limit=100')).notices
    .map(({ kind }) => kind)
    .filter((kind) => !/issued|moved|replied|deadline|returned|named/.test(kind))
    .reverse()
const look = async (now: string) => {
  at = now
  await app.services.reminders.look()
}

test('a deadline is reminded of when it turns yellow and when it turns red, each once', async () => {
  const { handler, assignment } = await given()
  expect(assignment.signDueAt).toBe('2026-11-09T15:59:59.999Z')
  await look('2026-11-07T15:00:00.000Z')
  expect(await reminded(handler)).toEqual([])
  await look('2026-11-07T16:00:00.000Z')
  await look('2026-11-08T00:00:00.000Z')
  expect(await reminded(handler)).toEqual(['department-yellow'])
  await look('2026-11-09T16:00:00.000Z')
  await look('2026-12-01T16:00:00.000Z')
  expect(await reminded(handler)).toEqual(['department-yellow', 'department-red'])
  expect(await reminded(secretary)).toEqual(['secretariat-yellow', 'secretariat-red'])
  const [newest] = (await handler.get<{ notices: Notice[] }>('/api/me/notices')).notices
  expect(newest).toMatchObject({ about: { organization: '交通局', dueAt: assignment.signDueAt } })
})

test('the leader who supervises hears of what is overdue, and of nothing before', async () => {
  const { handler, assignment } = await given()
  const leader = await app.person({ grants: [inRegion('observer', districts.nanxun)] })
  const { recommendationId, hostCode } = assignment
  value(await secretary.post('assignment:supervise', { recommendationId, hostCode, accountId: leader.accountId }))
  await look('2026-11-08T00:00:00.000Z')
  expect([await reminded(handler), await reminded(leader)]).toEqual([['department-yellow'], []])
  await look('2026-11-10T00:00:00.000Z')
  expect([await reminded(handler), await reminded(leader)]).toEqual([['department-yellow', 'department-red'], ['secretariat-red']])
})

test('several nodes that look at once remind once', async () => {
  const { handler } = await given()
  at = '2026-11-08T00:00:00.000Z'
  await Promise.all([1, 2, 3].map(() => app.services.reminders.look()))
  expect(await reminded(handler)).toEqual(['department-yellow'])
})

test('a deadline that was put off is reminded of again when its new end comes near, a stopped or paused one is not', async () => {
  const { handler, assignment } = await given()
  const assignmentId = assignment.id
  value(await handler.post('assignment:sign', { assignmentId }))
  await look('2026-11-10T00:00:00.000Z')
  expect(await reminded(handler)).toEqual([])
  await look('2027-01-30T00:00:00.000Z')
  expect(await reminded(handler)).toEqual(['department-yellow'])
  const period = { amount: 1, unit: 'months' as const }
  value(await secretary.post('assignment:extend', { id: assignmentId, assignmentId, kind: 'reply', period, reason: '会商' }))
  await look('2027-02-10T00:00:00.000Z')
  expect(await reminded(handler)).toHaveLength(1)
  value(await secretary.post('assignment:pause', { assignmentId, reason: '等对岸' }))
  await look('2027-03-20T00:00:00.000Z')
  expect(await reminded(handler)).toHaveLength(1)
  value(await secretary.post('assignment:resume', { assignmentId }))
  await look('2027-03-28T00:00:00.000Z')
  await look('2027-04-05T00:00:00.000Z')
  expect(await reminded(handler)).toHaveLength(2)
  value(await handler.post('assignment:reply', replyTo(assignmentId, [])))
  await look('2027-06-01T00:00:00.000Z')
  expect(await reminded(handler)).toHaveLength(2)
})

test('after a standstill one notice speaks of all that turned meanwhile', async () => {
  const { handler } = await given(5)
  await look('2026-12-20T00:00:00.000Z')
  expect(await reminded(handler)).toEqual(['department-many'])
  expect((await handler.get<{ notices: Notice[] }>('/api/me/notices')).notices[0]).toMatchObject({ about: { count: 5 } })
})

test('a region says how early its deadlines turn yellow, for itself and what lies below it', async () => {
  const wish = { regionCode: districts.nanxun, key: 'reminders' as const, value: { sign: 4, reply: 7 }, version: 0 }
  const neighbour = await app.person({ grants: [inRegion('secretary', districts.wujiang)] })
  expect(failure(await neighbour.post('setting:set', wish)).reason).toBe('not-allowed')
  expect(failure(await app.stranger().post('setting:set', wish)).reason).toBe('not-signed-in')
  expect(failure(await secretary.post('setting:set', { ...wish, value: { sign: 0, reply: 7 } })).code).toBe('invalid-input')
  expect(value(await secretary.post('setting:set', wish))).toEqual({ ...wish, version: 1 })
  const { handler, assignment } = await given()
  expect(assignment.warningDays).toEqual({ sign: 4, reply: 7 })
  await look('2026-11-06T00:00:00.000Z')
  expect(await reminded(handler)).toEqual(['department-yellow'])
})

test('where no e-mail is sent, no address is taken', async () => {
  const person = await app.person()
  expect(await person.get('/api/me/notice-settings')).toMatchObject({ mailPossible: false, email: null })
  expect(failure(await person.post('email:set', { email: 'a@example.cn' })).reason).toBe('no-mail-here')
  expect(failure(await person.post('email:set', { email: 'not an address' })).code).toBe('invalid-input')
})

test.each([
  ['green', null, '2026-11-01T00:00:00.000Z', false],
  ['yellow for the first time', null, '2026-11-09T00:00:00.000Z', true],
  ['yellow and told', '2026-11-08T12:00:00.000Z', '2026-11-09T00:00:00.000Z', false],
  ['red after yellow', '2026-11-08T12:00:00.000Z', '2026-11-11T00:00:00.000Z', true],
  ['red and told', '2026-11-10T12:00:00.000Z', '2026-11-11T00:00:00.000Z', false],
  ['yellow again after it was put off', '2026-11-01T00:00:00.000Z', '2026-11-09T00:00:00.000Z', true],
])('a deadline that is %s: %s at %s → %s', (_what, remindedAt, now, expected) => {
  expect(isToRemindOf('2026-11-10T00:00:00.000Z', 2, remindedAt, new Date(now))).toBe(expected)
})
