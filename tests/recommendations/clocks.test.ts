import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Clock, ClockKind } from '../../shared/clocks.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { draftOf, issue, makeDepartment, replyTo, writeMinutes } from './outcomes.ts'

let app: TestApp
let at = '2026-11-02T02:00:00.000Z'
let secretary: Person
let partner: Person
let member: Person
let transport: Awaited<ReturnType<typeof makeDepartment>>
let meeting: Meeting
let blockIds: string[]

beforeAll(async () => {
  app = await startApp({ now: () => new Date(at) })
  await addRegions(app)
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  partner = await app.person({ name: '吴江秘书', grants: [inRegion('secretary', districts.wujiang)] })
  member = await app.person({ grants: [inRegion('member', districts.nanxun)] })
  transport = await makeDepartment(app, admin, districts.nanxun, '交通局')
  meeting = await makeMeeting(secretary)
  blockIds = await writeMinutes(app, secretary, meeting, ['同意增开晚间渡船。'])
})
afterAll(() => app.close())

async function issued() {
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds)))
  return issue(secretary, recommendation, transport.organization)
}
const clocksOf = (person: Person, assignmentId: string) => person.get<Clock[]>(`/api/assignments/${assignmentId}/clocks`)
const dueOf = async (assignmentId: string, kind: ClockKind) =>
  (await clocksOf(secretary, assignmentId)).find((clock) => clock.kind === kind)!.how.due
const extension = (assignmentId: string, changes = {}) => ({
  id: v7(),
  assignmentId,
  kind: 'reply' as const,
  period: { amount: 10, unit: 'working-days' as const },
  reason: '需与对岸会商',
  ...changes,
})

test('an assignment’s dates are counted by the calendar of the department’s region, and say how', async () => {
  const assignment = await issued()
  expect(assignment).toMatchObject({ signDueAt: '2026-11-09T15:59:59.999Z', replyDueAt: '2027-02-02T15:59:59.999Z', paused: false })
  expect(await clocksOf(transport.handler, assignment.id)).toMatchObject([
    { kind: 'sign', paused: false, stoppedAt: null, how: { from: '2026-11-02', due: '2026-11-09', provisional: false } },
    // The arrangement of holidays for 2027 is not published on this day.
    { kind: 'reply', how: { period: { amount: 3, unit: 'months' }, due: '2027-02-02', provisional: true } },
  ])
})

test('a region’s own periods hold for what is issued from then on, and below it', async () => {
  const before = await issued()
  const rules = { regionCode: districts.nanxun, sign: { amount: 3, unit: 'working-days' as const }, reply: null, version: 0 }
  expect(value(await secretary.post('clock:set-rules', rules))).toMatchObject({ ...rules, version: 1 })
  expect(failure(await secretary.post('clock:set-rules', rules))).toMatchObject({ code: 'conflict', reason: 'changed-meanwhile' })
  for (const outsider of [partner, member, app.stranger(), transport.handler])
    expect(failure(await outsider.post('clock:set-rules', { ...rules, version: 1 })).code).toMatch(/not-allowed|not-signed-in/)
  expect(await dueOf(before.id, 'sign')).toBe('2026-11-09')
  expect(await dueOf((await issued()).id, 'sign')).toBe('2026-11-05')
  const { own, holds } = await secretary.get<{ own: object; holds: object }>(`/api/regions/${districts.nanxun}/clock-rules`)
  expect(own).toMatchObject({ ...rules, version: 1 })
  expect(holds).toMatchObject({ sign: rules.sign, reply: { amount: 3, unit: 'months' }, 'first-look-back': { amount: 6, unit: 'months' } })
  value(await secretary.post('clock:set-rules', { ...rules, sign: null, version: 1 }))
})

test('a change of the calendar moves what still runs and nothing that is done', async () => {
  const [running, done] = [await issued(), await issued()]
  value(await transport.handler.post('assignment:sign', { assignmentId: done.id }))
  value(await secretary.ask('meeting:watch', { meetingId: meeting.id }))
  // The news of its issue may still be on the way.
  const heard = secretary.next(
    'recommendation:changed',
    ({ id, assignments }) => id === running.recommendationId && assignments[0]!.signDueAt !== running.signDueAt,
  )
  const day = { regionCode: districts.nanxun, day: '2026-11-09', work: false, name: '蚕花节' }
  expect(failure(await partner.post('clock:set-day', day)).code).toBe('not-allowed')
  expect(failure(await secretary.post('clock:set-day', { ...day, day: '2026-02-30' })).code).toBe('invalid-input')
  value(await secretary.post('clock:set-day', day))
  expect((await heard).assignments[0]).toMatchObject({ signDueAt: '2026-11-10T15:59:59.999Z' })
  const [kept] = (await secretary.get<{ assignments: { signDueAt: string }[] }>(`/api/recommendations/${done.recommendationId}`))
    .assignments
  expect(kept!.signDueAt).toBe('2026-11-09T15:59:59.999Z')
  expect((await clocksOf(secretary, running.id))[0]!.how.special).toEqual([
    { day: '2026-11-09', work: false, why: 'region', name: '蚕花节' },
  ])
  expect(value(await secretary.post('clock:set-day', { ...day, work: null }))).toEqual([])
  expect(await dueOf(running.id, 'sign')).toBe('2026-11-09')
})

test('the secretariat of the department’s region gives more time, once for the same wish, and only while it runs', async () => {
  const { id } = await issued()
  const wish = extension(id)
  for (const outsider of [partner, member, transport.handler, app.stranger()])
    expect(failure(await outsider.post('assignment:extend', wish)).code).toMatch(/not-allowed|not-signed-in/)
  const [first, second] = await Promise.all([secretary.post('assignment:extend', wish), secretary.post('assignment:extend', wish)])
  expect(value(first).assignments[0]!.replyDueAt).toBe('2027-02-16T15:59:59.999Z')
  expect(value(second).assignments[0]!.replyDueAt).toBe('2027-02-16T15:59:59.999Z')
  expect((await clocksOf(secretary, id))[1]!.extensions).toMatchObject([{ id: wish.id, reason: wish.reason, byName: secretary.name }])
  expect(failure(await secretary.post('assignment:extend', extension(id, { reason: '' }))).code).toBe('invalid-input')
  value(await transport.handler.post('assignment:sign', { assignmentId: id }))
  expect(failure(await secretary.post('assignment:extend', extension(id, { kind: 'sign' })))).toMatchObject({
    code: 'conflict',
    reason: 'deadline-is-over',
  })
})

test('while it is paused the days do not count; a reply ends the pause with it', async () => {
  const { id } = await issued()
  expect(failure(await member.post('assignment:pause', { assignmentId: id, reason: '待两地会商' })).code).toBe('not-allowed')
  expect(value(await secretary.post('assignment:pause', { assignmentId: id, reason: '待两地会商' })).assignments[0]!.paused).toBe(true)
  try {
    at = '2026-11-12T02:00:00.000Z'
    const [sign] = await clocksOf(secretary, id)
    expect(sign).toMatchObject({ paused: true, how: { pausedDays: 10, due: '2026-11-19' } })
    const resumed = value(await secretary.post('assignment:resume', { assignmentId: id })).assignments[0]!
    expect(resumed).toMatchObject({ paused: false, signDueAt: '2026-11-19T15:59:59.999Z' })
    expect(value(await secretary.post('assignment:resume', { assignmentId: id })).assignments[0]).toEqual(resumed)
    value(await transport.handler.post('assignment:sign', { assignmentId: id }))
    value(await secretary.post('assignment:pause', { assignmentId: id, reason: '再次会商' }))
    value(await transport.handler.post('assignment:reply', replyTo(id, [])))
    at = '2026-12-24T02:00:00.000Z'
    expect((await clocksOf(secretary, id))[1]).toMatchObject({
      paused: false,
      stoppedAt: '2026-11-12T02:00:00.000Z',
      how: { pausedDays: 10 },
    })
    expect(failure(await secretary.post('assignment:pause', { assignmentId: id, reason: '太晚' })).reason).toBe('deadline-is-over')
  } finally {
    at = '2026-11-02T02:00:00.000Z'
  }
})

test('who may not read the recommendation does not see its deadlines', async () => {
  const { id } = await issued()
  const elsewhere = await app.person({ grants: [inRegion('secretary', '3502')] })
  for (const outsider of [elsewhere, app.stranger()])
    await expect(outsider.get(`/api/assignments/${id}/clocks`)).rejects.toThrow(/not-allowed|not-signed-in|40[13]/)
})
