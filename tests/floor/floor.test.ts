import { asc, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../server/audit/schema.ts'
import type { Floor, Speech } from '../../shared/floor.ts'
import type { SpeakingTimes } from '../../shared/speaking-times.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { ask, call, chairedMeeting, give, hears, type Inside, member } from './rooms.ts'

let app: TestApp
let secretary: Person
/** The server's clock runs ahead of ours by this. */
let ahead = 0
const now = () => new Date(Date.now() + ahead)
beforeAll(async () => {
  app = await startApp({ now })
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

const speechesOf = (who: Inside, meetingId: string) => who.person.get<Speech[]>(`/api/meetings/${meetingId}/speeches`)
const timesOf = (person: Person, meetingId: string) => person.get<SpeakingTimes>(`/api/meetings/${meetingId}/speaking-times`)
const trail = async (meetingId: string, action: string) =>
  app.db.reader
    .select()
    .from(auditEntries)
    .where(
      sql`${auditEntries.action} = ${action} and (${auditEntries.details}->>'meetingId' = ${meetingId} or ${auditEntries.subjectId} = ${meetingId})`,
    )
    .orderBy(asc(auditEntries.id))
const namesIn = (floor: Floor) => floor.requests.map(({ name }) => name)
/** Lets somebody speak for a while. */
async function speak(chair: Inside, meeting: Parameters<typeof call>[1], who: Inside, seconds: number) {
  await call(chair, meeting, who)
  ahead += seconds * 1_000
  return value(await who.person.ask('floor:end', { meetingId: meeting.id }))
}

test('the queue puts those who have had least first, and says what each has had', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const [qian, lu, zhou] = [
    await member(app, meeting, '钱建国', 0),
    await member(app, meeting, '陆雅琴', 1),
    await member(app, meeting, '周明', 0),
  ]
  await speak(chair, meeting, qian, 60)
  await speak(chair, meeting, lu, 20)
  await ask(qian, meeting)
  await ask(lu, meeting)
  await ask(zhou, meeting)
  const floor = await chair.person.get<Floor>(`/api/meetings/${meeting.id}/floor`)
  expect(namesIn(floor)).toEqual(['周明', '陆雅琴', '钱建国'])
  const [first, second] = floor.requests
  expect(first!.standing.firstTime).toBe(true)
  expect(first!.standing.siteSeconds).toBeGreaterThanOrEqual(60)
  expect(second!.standing).toMatchObject({ firstTime: false })
  expect(second!.standing.personSeconds).toBeGreaterThanOrEqual(20)

  const told = lu.person.next('floor:changed', ({ rule }) => rule === 'first-come')
  value(await chair.person.ask('floor:rule', { meetingId: meeting.id, rule: 'first-come' }))
  expect(namesIn(await told)).toEqual(['钱建国', '陆雅琴', '周明'])
  expect(failure(await qian.person.ask('floor:rule', { meetingId: meeting.id, rule: 'fair' })).code).toBe('not-allowed')
  expect((await trail(meeting.id, 'floor:rule')).map(({ details }) => details)).toEqual([{ rule: 'first-come' }])
})

test('the chair may pass over the first in the queue, and that is on record', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const [qian, lu] = [await member(app, meeting, '钱建国'), await member(app, meeting, '陆雅琴', 1)]
  await ask(qian, meeting)
  const second = await ask(lu, meeting)
  expect((await give(chair, meeting, second)).current).toMatchObject({ name: '陆雅琴', siteName: '吴江分会场' })
  await give(chair, meeting, (await chair.person.get<Floor>(`/api/meetings/${meeting.id}/floor`)).requests[0]!.id)
  const given = await trail(meeting.id, 'floor:give')
  expect(given.map(({ details }) => details.overruled ?? false)).toEqual([true, false])
  expect((await speechesOf(qian, meeting.id)).map(({ endReason }) => endReason)).toEqual(['taken', null])
})

test('the chair calls upon somebody who has not asked; only those in the room can be given the word', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const [qian, lu] = [await member(app, meeting, '钱建国'), await member(app, meeting, '陆雅琴')]
  const requestId = await ask(lu, meeting)
  expect((await call(chair, meeting, lu)).requests).toEqual([])
  value(await lu.person.ask('floor:end', { meetingId: meeting.id }))
  const gone = chair.person.next('participant:changed', ({ id, present }) => id === lu.id && !present)
  value(await lu.person.ask('room:leave', {}))
  await gone
  const wish = { meetingId: meeting.id, participantId: lu.id, speechId: v7() }
  expect(failure(await chair.person.ask('floor:call', wish))).toEqual({ code: 'conflict', reason: 'speaker-not-present' })
  expect(failure(await chair.person.ask('floor:call', { ...wish, participantId: v7() })).reason).toBe('no-such-participant')
  expect(failure(await qian.person.ask('floor:call', { ...wish, participantId: qian.id })).code).toBe('not-allowed')
  expect(failure(await chair.person.ask('floor:give', { meetingId: meeting.id, requestId, speechId: v7() })).reason).toBe('no-such-request')
})

test('a speech ends when its time is up, once, and the microphone closes', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const qian = await member(app, meeting, '钱建国')
  const opened = hears(chair, qian, 'open')
  const { current } = await call(chair, meeting, qian)
  expect(current?.limitSeconds).toBe(300)
  await opened
  const [closed, told] = [hears(chair, qian, 'closed'), chair.person.next('floor:changed', (floor) => floor.current === null)]
  ahead += 301_000
  // As if several nodes looked at once.
  await Promise.all([1, 2, 3].map(() => app.services.floor.endOverdue(now().toISOString())))
  await Promise.all([closed, told])
  expect(await speechesOf(chair, meeting.id)).toMatchObject([{ endReason: 'time' }])
  expect((await trail(meeting.id, 'speech:end')).map(({ actorId, details }) => [actorId, details.reason])).toEqual([[null, 'time']])
})

test('the chair extends a speech; asked twice it is extended once', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const qian = await member(app, meeting, '钱建国')
  const { current } = await call(chair, meeting, qian)
  const wish = { meetingId: meeting.id, speechId: current!.id, minutes: 2 as const, limitSeconds: 300 }
  expect(value(await chair.person.ask('floor:extend', wish)).current?.limitSeconds).toBe(420)
  expect(value(await chair.person.ask('floor:extend', wish)).current?.limitSeconds).toBe(420)
  expect(await trail(meeting.id, 'floor:extend')).toHaveLength(1)
  expect(failure(await chair.person.ask('floor:extend', { ...wish, minutes: 1 })).reason).toBe('changed-meanwhile')
  expect(failure(await chair.person.ask('floor:extend', { ...wish, speechId: v7() })).reason).toBe('speech-is-over')
  expect(failure(await chair.person.ask('floor:extend', { ...wish, minutes: 3 as never })).code).toBe('invalid-input')
  expect(failure(await qian.person.ask('floor:extend', { ...wish, limitSeconds: 420 })).code).toBe('not-allowed')
  // The old limit has passed, the new one has not.
  ahead += 301_000
  await app.services.floor.endOverdue(new Date(0).toISOString())
  expect(await speechesOf(chair, meeting.id)).toMatchObject([{ endedAt: null }])
})

test('whoever leaves and does not come back loses the word, and whoever reloads keeps it', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const [qian, lu] = [await member(app, meeting, '钱建国'), await member(app, meeting, '陆雅琴')]
  await call(chair, meeting, qian)
  const gone = (who: Inside) => chair.person.next('participant:changed', ({ id, present }) => id === who.id && !present)
  let left = gone(qian)
  value(await qian.person.ask('room:leave', {}))
  await left
  value(await qian.person.ask('room:join', { meetingId: meeting.id, joinId: v7(), siteId: null }))
  ahead += 20_000
  await app.services.floor.endOverdue(new Date(now().getTime() - 10_000).toISOString())
  expect((await speechesOf(chair, meeting.id)).map(({ endReason }) => endReason)).toEqual([null])

  await call(chair, meeting, lu)
  left = gone(lu)
  value(await lu.person.ask('room:leave', {}))
  await left
  ahead += 20_000
  await eventually(async () => (await speechesOf(chair, meeting.id)).at(-1)?.endReason === 'left')
})

test('how a speech ended is on record', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const qian = await member(app, meeting, '钱建国')
  await speak(chair, meeting, qian, 5)
  await call(chair, meeting, qian)
  value(await chair.person.ask('floor:end', { meetingId: meeting.id }))
  await call(chair, meeting, qian)
  value(await secretary.ask('meeting:end', { meetingId: meeting.id }))
  expect((await speechesOf(qian, meeting.id)).map(({ endReason }) => endReason)).toEqual(['given-back', 'taken', 'meeting-ended'])
  expect(failure(await chair.person.ask('floor:mode', { meetingId: meeting.id, mode: 'free' })).reason).toBe('meeting-ended')
})

test('time is added up by person, site and region, where it was spoken, beside each site’s budget', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const [hall, branch] = meeting.sites.map(({ id }) => id) as [string, string]
  const [qian, lu] = [await member(app, meeting, '钱建国', 0), await member(app, meeting, '陆雅琴', 1)]
  await speak(chair, meeting, qian, 60)
  await speak(chair, meeting, lu, 30)
  // It counts for the site where it was given, though the speaker has moved.
  value(await qian.person.ask('room:join', { meetingId: meeting.id, joinId: v7(), siteId: branch }))
  value(await secretary.ask('floor:budget', { meetingId: meeting.id, siteId: hall, minutes: 12 }))
  const times = await timesOf(lu.person, meeting.id)
  expect(times.persons.map(({ name }) => name)).toEqual(['钱建国', '陆雅琴'])
  expect(times.sites).toMatchObject([
    { siteId: hall, budgetMinutes: 12, speeches: 1 },
    { siteId: branch, budgetMinutes: null, speeches: 1 },
  ])
  expect(times.sites[0]!.seconds).toBeGreaterThanOrEqual(60)
  expect(times.sites[0]!.seconds).toBeLessThan(70)
  expect(times.regions.map(({ name, level, speeches }) => [name, level, speeches])).toEqual([
    ['江苏省', 'province', 1],
    ['浙江省', 'province', 1],
    ['苏州市', 'city', 1],
    ['湖州市', 'city', 1],
    ['吴江区', 'county', 1],
    ['南浔区', 'county', 1],
  ])

  const other = await makeMeeting(secretary)
  expect(failure(await secretary.ask('floor:budget', { meetingId: meeting.id, siteId: other.sites[0]!.id, minutes: 5 })).reason).toBe(
    'no-such-site',
  )
  expect(failure(await secretary.ask('floor:budget', { meetingId: meeting.id, siteId: hall, minutes: 0 })).code).toBe('invalid-input')
  expect(failure(await qian.person.ask('floor:budget', { meetingId: meeting.id, siteId: hall, minutes: 5 })).code).toBe('not-allowed')
  expect(
    value(await secretary.ask('floor:budget', { meetingId: meeting.id, siteId: hall, minutes: null })).sites[0]!.budgetMinutes,
  ).toBeNull()
  const citizen = await app.person({ grants: [inMeeting('citizen', meeting.id)] })
  await expect(timesOf(citizen, meeting.id)).rejects.toMatchObject({ status: 403 })
})
