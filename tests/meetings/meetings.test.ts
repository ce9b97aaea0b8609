import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Meeting, type MeetingSummary, meetingSchema } from '../../shared/meetings.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting, plan } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
let partner: Person
let member: Person
/** Everybody who may not plan a meeting of the two districts, with the code of the refusal. */
let outsiders: [Person, string][]

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
  partner = await app.person({ name: '邻区秘书', grants: [inRegion('secretary', '32')] })
  member = await app.person({ name: '委员', grants: [inRegion('member', districts.nanxun)] })
  const third = await app.person({ grants: [inRegion('secretary', '3502')] })
  const below = await app.person({ grants: [inRegion('secretary', '330503101')] })
  outsiders = [
    [member, 'not-allowed'],
    [third, 'not-allowed'],
    [below, 'not-allowed'],
    [await app.visitor(), 'not-allowed'],
    [app.stranger(), 'not-signed-in'],
  ]
})
afterAll(() => app.close())

const read = (meetingId: string) => app.stranger().get<Meeting>(`/api/meetings/${meetingId}`)
const changes = ({ id, version }: Meeting, more: object = {}) => ({ ...plan(), meetingId: id, version, ...more })
const parts = ({ agenda, sites }: Meeting) => ({ agenda, sites: sites as ReturnType<typeof plan>['sites'] })

test('a secretary of one of the regions plans a meeting, which everybody can read by id, by code and in the list', async () => {
  const wish = { id: v7(), ...plan() }
  const meeting = value(await secretary.ask('meeting:create', wish))
  expect(meetingSchema.parse(meeting)).toMatchObject({
    id: wish.id,
    status: 'scheduled',
    version: 1,
    agenda: wish.agenda,
    sites: wish.sites,
    siteCount: 2,
  })
  expect(meeting.regions).toEqual([
    { code: districts.nanxun, path: ['浙江省', '湖州市', '南浔区'] },
    { code: districts.wujiang, path: ['江苏省', '苏州市', '吴江区'] },
  ])
  expect(await read(meeting.id)).toEqual(meeting)
  const phone = app.stranger()
  for (const code of [meeting.code, meeting.code.toLowerCase()])
    expect(await phone.get(`/api/ways/${code}`)).toMatchObject({ meeting, site: null, station: null })
  expect((await phone.get<MeetingSummary[]>('/api/meetings?status=scheduled')).map((one) => one.id)).toContain(meeting.id)
  expect((await phone.get<MeetingSummary[]>('/api/meetings?status=ended')).map((one) => one.id)).not.toContain(meeting.id)
})

test('the list has live meetings first and no more than asked for', async () => {
  const live = await makeMeeting(secretary, { startsAt: '2026-01-01T00:00:00.000Z' })
  await makeMeeting(secretary, { live: false, startsAt: '2027-01-01T00:00:00.000Z' })
  expect(await app.stranger().get('/api/meetings?limit=1')).toMatchObject([{ status: 'live' }])
  expect((await app.stranger().get<MeetingSummary[]>('/api/meetings?status=live')).map((one) => one.id)).toContain(live.id)
})

test.each([
  '/api/meetings?limit=0',
  '/api/meetings?limit=201',
  '/api/meetings?limit=x',
  '/api/meetings?status=over',
  '/api/meetings/nothing',
  '/api/ways/ABC',
  '/api/ways/IIIIII',
])('%s is bad input', async (path) => {
  await expect(app.stranger().get(path)).rejects.toMatchObject({ status: 400, error: { code: 'invalid-input' } })
})

test('a meeting that does not exist is not found, by whichever way', async () => {
  await expect(read(v7())).rejects.toMatchObject({ status: 404, error: { reason: 'no-such-meeting' } })
  await expect(app.stranger().get('/api/ways/000000')).rejects.toMatchObject({ status: 404 })
  expect(failure(await secretary.ask('meeting:open', { meetingId: v7() }))).toEqual({ code: 'not-found', reason: 'no-such-meeting' })
  expect(failure(await app.stranger().ask('meeting:watch', { meetingId: v7() }))).toMatchObject({ code: 'not-found' })
})

test('nobody else plans, changes, opens, moves or ends a meeting', async () => {
  const meeting = await makeMeeting(secretary, { live: false })
  const live = await makeMeeting(secretary)
  for (const [person, code] of outsiders) {
    expect(failure(await person.ask('meeting:create', { id: v7(), ...plan() }))).toMatchObject({ code })
    expect(failure(await person.ask('meeting:update', changes(meeting)))).toMatchObject({ code })
    expect(failure(await person.ask('meeting:open', { meetingId: meeting.id }))).toMatchObject({ code })
    expect(failure(await person.ask('meeting:end', { meetingId: live.id }))).toMatchObject({ code })
    expect(failure(await person.ask('agenda:go', { meetingId: live.id, agendaItemId: live.agenda[1]!.id }))).toMatchObject({ code })
  }
  expect([await read(meeting.id), await read(live.id)]).toEqual([meeting, live])
})

test('a moderator runs a meeting but creates none, and one of a single meeting runs only that', async () => {
  const moderator = await app.person({ grants: [inRegion('moderator', districts.wujiang)] })
  expect(failure(await moderator.ask('meeting:create', { id: v7(), ...plan() }))).toMatchObject({ code: 'not-allowed' })
  const [meeting, other] = [await makeMeeting(secretary, { live: false }), await makeMeeting(secretary, { live: false })]
  expect(value(await moderator.ask('meeting:open', { meetingId: meeting.id }))).toMatchObject({ status: 'live' })
  const guest = await app.person({ grants: [inMeeting('moderator', meeting.id)] })
  expect(failure(await guest.ask('meeting:open', { meetingId: other.id }))).toMatchObject({ code: 'not-allowed' })
  expect(value(await guest.ask('meeting:end', { meetingId: meeting.id }))).toMatchObject({ status: 'ended' })
})

test('creating the same id again, as after a lost answer, adds nothing, and tells nobody else what it holds', async () => {
  const wish = { id: v7(), ...plan(), regionCodes: [districts.nanxun] }
  const [first, second] = await Promise.all([secretary.post('meeting:create', wish), secretary.post('meeting:create', wish)])
  expect(value(second)).toEqual(value(first))
  const stolen = { ...plan(), id: wish.id, regionCodes: [districts.wujiang] }
  expect(failure(await partner.post('meeting:create', stolen))).toMatchObject({ code: 'not-allowed' })
  expect(await read(wish.id)).toEqual(value(first))
})

const twice = { id: v7(), title: '议程', minutes: 5 }
test.each<[string, object, object]>([
  ['a region that is not there', { regionCodes: [districts.nanxun, '999999'] }, { regionCode: '999999' }],
  [
    'a site in a region that is not there',
    { sites: [{ id: v7(), name: '会场', regionCode: '999999', kind: 'main' }] },
    { regionCode: '999999' },
  ],
  ['the same region twice', { regionCodes: [districts.nanxun, districts.nanxun] }, { regionCodes: 'twice' }],
  ['the same agenda item twice', { agenda: [twice, twice] }, { agenda: 'twice' }],
  ['no agenda', { agenda: [] }, { agenda: 'too-small' }],
  ['no site', { sites: [] }, { sites: 'too-small' }],
  ['an empty title', { title: ' \u200b' }, { title: 'too-small' }],
  ['a day that is none', { startsAt: '2026-02-30T00:00:00Z' }, { startsAt: 'invalid-format' }],
  ['a year that is none', { startsAt: '0000-01-01T00:00:00Z' }, { startsAt: 'out-of-range' }],
])('a plan with %s is refused', async (_, bad, fields) => {
  const id = v7()
  expect(failure(await secretary.ask('meeting:create', { id, ...plan(), ...bad }))).toMatchObject({ code: 'invalid-input', fields })
  await expect(read(id)).rejects.toMatchObject({ status: 404 })
})

test('a plan is replaced whole by whoever saw its latest version, and everybody who follows hears of it', async () => {
  const meeting = await makeMeeting(secretary, { live: false })
  const phone = app.stranger()
  value(await phone.ask('meeting:watch', { meetingId: meeting.id }))
  const heard = phone.next('meeting:changed', ({ version }) => version > meeting.version)
  const agenda = [meeting.agenda[1]!, { id: v7(), title: '新议程', minutes: 10 }]
  const changed = value(await partner.ask('meeting:update', changes(meeting, { ...parts(meeting), agenda, title: '新名称' })))
  expect(changed).toMatchObject({ version: 2, title: '新名称', agenda, sites: meeting.sites })
  expect(await heard).toEqual(changed)
  expect(failure(await secretary.ask('meeting:update', changes(meeting)))).toEqual({ code: 'conflict', reason: 'changed-meanwhile' })
  expect(await read(meeting.id)).toEqual(changed)
})

test('of several who change the same version at once exactly one wins', async () => {
  const meeting = await makeMeeting(secretary, { live: false })
  const people = [secretary, partner, secretary]
  const results = await Promise.all(people.map((person, n) => person.post('meeting:update', changes(meeting, { title: `第 ${n} 版` }))))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  for (const result of results) if (!result.ok) expect(result.error).toEqual({ code: 'conflict', reason: 'changed-meanwhile' })
})

test('ids of another meeting’s agenda or sites cannot be taken over', async () => {
  const [own, other] = [await makeMeeting(secretary, { live: false }), await makeMeeting(secretary, { live: false })]
  for (const stolen of [{ agenda: other.agenda }, { sites: parts(other).sites }]) {
    const refused = [
      await secretary.ask('meeting:update', changes(own, { ...parts(own), ...stolen })),
      await secretary.ask('meeting:create', { id: v7(), ...plan(), ...stolen }),
    ]
    for (const result of refused) expect(failure(result)).toMatchObject({ code: 'invalid-input', reason: 'foreign-id' })
  }
  expect([await read(own.id), await read(other.id)]).toEqual([own, other])
})

test('nobody plans a meeting away from every region for which they act', async () => {
  const meeting = await makeMeeting(secretary, { live: false })
  expect(failure(await secretary.ask('meeting:update', changes(meeting, { regionCodes: [districts.wujiang] })))).toMatchObject({
    code: 'not-allowed',
  })
  expect(await read(meeting.id)).toEqual(meeting)
})

test('what is being discussed, or has something filed under it, stays in the plan', async () => {
  const meeting = await makeMeeting(secretary)
  const [first, second] = [meeting.agenda[0]!, meeting.agenda[1]!]
  value(await member.ask('suggestion:post', { id: v7(), meetingId: meeting.id, text: '加一班船' }))
  const replan = (now: Meeting, agenda: Meeting['agenda']) => secretary.ask('meeting:update', changes(now, { ...parts(meeting), agenda }))
  expect(failure(await replan(meeting, [second]))).toEqual({ code: 'conflict', reason: 'agenda-item-in-use' })
  const next = value(await secretary.ask('agenda:go', { meetingId: meeting.id, agendaItemId: second.id }))
  expect(failure(await replan(next, [second]))).toEqual({ code: 'conflict', reason: 'still-in-use' })
  expect(value(await replan(next, [second, first])).agenda).toEqual([second, first])
})

test('a meeting goes from scheduled over live to ended, each step once and heard by the room and the public', async () => {
  const meeting = await makeMeeting(secretary, { live: false })
  const audience = [member, app.stranger()]
  for (const person of audience) value(await person.ask('meeting:watch', { meetingId: meeting.id }))
  const hear = (status: string) =>
    Promise.all(audience.map((person) => person.next('meeting:changed', (one) => one.id === meeting.id && one.status === status)))

  expect(failure(await secretary.ask('meeting:end', { meetingId: meeting.id }))).toEqual({ code: 'conflict', reason: 'meeting-not-live' })
  const opened = hear('live')
  const live = value(await secretary.ask('meeting:open', { meetingId: meeting.id }))
  expect(live).toMatchObject({ status: 'live', version: 2, openedAt: expect.any(String), currentAgendaItemId: meeting.agenda[0]!.id })
  expect(await opened).toEqual([live, live])
  expect(value(await partner.ask('meeting:open', { meetingId: meeting.id }))).toEqual(live)

  const ended = hear('ended')
  const over = value(await partner.ask('meeting:end', { meetingId: meeting.id }))
  expect(over).toMatchObject({ status: 'ended', version: 3, endedAt: expect.any(String) })
  expect(await ended).toEqual([over, over])
  expect(value(await secretary.ask('meeting:end', { meetingId: meeting.id }))).toEqual(over)
  expect(failure(await secretary.ask('meeting:open', { meetingId: meeting.id }))).toEqual({ code: 'conflict', reason: 'meeting-ended' })
  expect(failure(await secretary.ask('meeting:update', changes(over)))).toEqual({ code: 'conflict', reason: 'meeting-ended' })
})

test('the agenda moves on only while the meeting is live, and only to its own items', async () => {
  const [scheduled, live] = [await makeMeeting(secretary, { live: false }), await makeMeeting(secretary)]
  const go = (meeting: Meeting, agendaItemId: string) => secretary.ask('agenda:go', { meetingId: meeting.id, agendaItemId })
  expect(failure(await go(scheduled, scheduled.agenda[1]!.id))).toEqual({ code: 'conflict', reason: 'meeting-not-live' })
  for (const foreign of [scheduled.agenda[1]!.id, v7()]) {
    expect(failure(await go(live, foreign))).toEqual({ code: 'not-found', reason: 'no-such-agenda-item' })
  }
  value(await member.ask('meeting:watch', { meetingId: live.id }))
  const heard = member.next('meeting:changed', (one) => one.currentAgendaItemId === live.agenda[1]!.id)
  const moved = value(await go(live, live.agenda[1]!.id))
  expect(moved).toMatchObject({ currentAgendaItemId: live.agenda[1]!.id, version: live.version + 1 })
  expect(await heard).toEqual(moved)
  expect(value(await go(live, live.agenda[1]!.id))).toEqual(moved)
})

test('who hears what follows from the rights: the public outside, the room, and the chair’s side', async () => {
  const meeting = await makeMeeting(secretary)
  const watch = async (person: Person) => value(await person.ask('meeting:watch', { meetingId: meeting.id })).audience
  expect(await watch(app.stranger())).toBe('public')
  expect(await watch(await app.visitor())).toBe('public')
  expect(await watch(await app.person({ grants: [inMeeting('member', v7())] }))).toBe('public')
  expect(await watch(member)).toBe('room')
  expect(await watch(secretary)).toBe('chair')
})
