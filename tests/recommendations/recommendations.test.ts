import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { type Recommendation, recommendationSchema } from '../../shared/recommendations.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { draftOf, issue, makeDepartment, post, replyTo, writeMinutes } from './outcomes.ts'

type Department = Awaited<ReturnType<typeof makeDepartment>>
type Way = { steps: { kind: string; organization?: string; outcome?: string; itemText?: string; number?: string }[] }

let app: TestApp
let secretary: Person
let partner: Person
let member: Person
let outsiders: [Person, string][]
let transport: Department
let water: Department
let meeting: Meeting
let blockIds: string[]

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  partner = await app.person({ name: '吴江秘书', grants: [inRegion('secretary', districts.wujiang)] })
  member = await app.person({ name: '委员', grants: [inRegion('member', districts.nanxun)] })
  transport = await makeDepartment(app, admin, districts.nanxun, '交通局')
  water = await makeDepartment(app, admin, districts.wujiang, '水务局')
  meeting = await makeMeeting(secretary)
  blockIds = await writeMinutes(app, secretary, meeting, ['与会各方同意增开晚间渡船。', '两地共同巡河。'])
  const moderator = await app.person({ grants: [inMeeting('moderator', meeting.id)] })
  outsiders = [
    [member, 'not-allowed'],
    [moderator, 'not-allowed'],
    [await app.person({ grants: [inRegion('secretary', '3502')] }), 'not-allowed'],
    [await app.visitor(), 'not-allowed'],
    [app.stranger(), 'not-signed-in'],
  ]
})
afterAll(() => app.close())

async function recommend(count = 1) {
  const citizen = await app.visitor()
  const posted = await Promise.all(Array.from({ length: count }, (_, n) => post(citizen, meeting, `渡口晚上加一班船 ${n}`)))
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, [blockIds[0]!], posted)))
  return { recommendation, posted, ids: posted.map(({ suggestion }) => suggestion.id) }
}

/** Issued to the transport department and signed for. */
async function signed(count = 1) {
  const made = await recommend(count)
  const assignment = await issue(secretary, made.recommendation, transport.organization)
  value(await transport.handler.post('assignment:sign', { assignmentId: assignment.id }))
  return { ...made, assignment }
}

const read = (person: Person, { id }: { id: string }) => person.get<Recommendation>(`/api/recommendations/${id}`)
const wayOf = async (receipt: string) => (await app.stranger().get<Way>(`/api/receipts/${receipt}`)).steps

test('a recommendation keeps what it came from: suggestions, and passages of the minutes as they read then', async () => {
  value(await member.ask('meeting:watch', { meetingId: meeting.id }))
  const heard = member.next('recommendation:changed')
  const { recommendation, posted } = await recommend(2)
  expect(recommendationSchema.parse(recommendation)).toMatchObject({
    meetingTitle: meeting.title,
    assignments: [],
    passages: [{ blockId: blockIds[0], text: '与会各方同意增开晚间渡船。' }],
  })
  expect(recommendation.suggestions.map(({ text }) => text).sort()).toEqual(posted.map(({ suggestion }) => suggestion.text).sort())
  expect(recommendation.number).toMatch(new RegExp(`〔${new Date().getFullYear()}〕\\d+号$`))
  expect(await heard).toEqual(recommendation)
  expect(await read(member, recommendation)).toEqual(recommendation)
})

test('each of many made at once has a number of its own, without a gap', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => secretary.post('recommendation:create', draftOf(meeting, blockIds))))
  const serials = made.map((result) => Number(/(\d+)号$/.exec(value(result).number)![1])).sort((a, b) => a - b)
  expect(serials).toEqual(serials.map((_, n) => serials[0]! + n))
})

test('the same id again, as after a lost answer, is one recommendation', async () => {
  const draft = draftOf(meeting, blockIds)
  const [first, second] = await Promise.all([
    secretary.post('recommendation:create', draft),
    secretary.post('recommendation:create', draft),
  ])
  expect(value(second)).toEqual(value(first))
  const other = await makeMeeting(secretary)
  const [block] = await writeMinutes(app, secretary, other, ['另一场'])
  const stolen = { ...draftOf(other, [block!]), id: draft.id }
  expect(failure(await secretary.post('recommendation:create', stolen))).toEqual({ code: 'conflict', reason: 'id-taken' })
})

test('only a secretariat of the meeting’s regions recommends, from what is the meeting’s own', async () => {
  for (const [person, code] of outsiders)
    expect(failure(await person.post('recommendation:create', draftOf(meeting, blockIds)))).toMatchObject({ code })
  const other = await makeMeeting(secretary)
  const foreign = await post(member, other, '别处的建议')
  const [block] = await writeMinutes(app, secretary, other, ['别处的话'])
  const refused = async (changes: object) =>
    failure(await secretary.post('recommendation:create', { ...draftOf(meeting, blockIds), ...changes }))
  expect(await refused({ suggestionIds: [foreign.suggestion.id] })).toEqual({ code: 'not-found', reason: 'no-such-suggestion' })
  expect(await refused({ suggestionIds: [v7()] })).toEqual({ code: 'not-found', reason: 'no-such-suggestion' })
  expect(await refused({ blockIds: [block] })).toEqual({ code: 'not-found', reason: 'passage-not-found' })
  expect(await refused({ blockIds: [] })).toMatchObject({ code: 'invalid-input', fields: { 'sources.0': 'source-missing' } })
  expect(await refused({ title: ' ' })).toMatchObject({ code: 'invalid-input', fields: { 'title.0': 'title-too-short' } })
})

test('nothing is recommended before the meeting has begun, and it is when it has ended', async () => {
  const later = await makeMeeting(secretary, { live: false })
  const [block] = await writeMinutes(app, secretary, later, ['会前准备'])
  expect(failure(await secretary.post('recommendation:create', draftOf(later, [block!])))).toEqual({
    code: 'conflict',
    reason: 'meeting-not-open-yet',
  })
  value(await secretary.post('meeting:open', { meetingId: later.id }))
  value(await secretary.post('meeting:end', { meetingId: later.id }))
  value(await secretary.post('recommendation:create', draftOf(later, [block!])))
})

test('each region’s secretariat gives it to departments of its own region, once to each', async () => {
  const { recommendation } = await recommend()
  const give = (person: Person, department: Department, id = v7()) =>
    person.post('assignment:issue', { id, recommendationId: recommendation.id, organizationId: department.organization.id })
  expect(failure(await give(secretary, water))).toMatchObject({ code: 'not-allowed' })
  expect(failure(await give(partner, transport))).toMatchObject({ code: 'not-allowed' })
  for (const [person, code] of outsiders) expect(failure(await give(person, transport))).toMatchObject({ code })

  const id = v7()
  const [first, again] = await Promise.all([give(secretary, transport, id), give(secretary, transport, id)])
  expect(value(again).assignments).toEqual(value(first).assignments)
  expect(failure(await give(secretary, transport))).toEqual({ code: 'conflict', reason: 'already-issued' })
  const both = value(await give(partner, water))
  expect(both.assignments).toMatchObject([
    { organizationName: '交通局', regionPath: ['浙江省', '湖州市', '南浔区'], status: 'issued', signedAt: null, reply: null },
    { organizationName: '水务局', regionPath: ['江苏省', '苏州市', '吴江区'], status: 'issued' },
  ])
})

test('it is given only to departments within the meeting’s regions', async () => {
  const { recommendation } = await recommend()
  const everywhere = await app.person({ grants: [inRegion('secretary', '')] })
  const make = async (regionCode: string, kind: 'department' | 'committee') =>
    value(await everywhere.post('organization:create', { id: v7(), regionCode, name: '单位', kind })).id
  for (const organizationId of [await make('3305', 'department'), await make(districts.nanxun, 'committee')]) {
    const refused = await everywhere.post('assignment:issue', { id: v7(), recommendationId: recommendation.id, organizationId })
    expect(failure(refused)).toEqual({ code: 'conflict', reason: 'not-a-department-of-the-meeting' })
  }
  const nobody = await everywhere.post('assignment:issue', { id: v7(), recommendationId: recommendation.id, organizationId: v7() })
  expect(failure(nobody)).toEqual({ code: 'not-found', reason: 'no-such-organization' })
  const nothing = await everywhere.post('assignment:issue', { id: v7(), recommendationId: v7(), organizationId: transport.organization.id })
  expect(failure(nothing)).toEqual({ code: 'not-found', reason: 'no-such-recommendation' })
})

test('the department’s handler signs once, then answers each suggestion, and the room hears of both', async () => {
  value(await member.ask('meeting:watch', { meetingId: meeting.id }))
  const { recommendation, ids } = await recommend(2)
  const assignment = await issue(secretary, recommendation, transport.organization)
  const early = await transport.handler.post('assignment:reply', replyTo(assignment.id, ids))
  expect(failure(early)).toEqual({ code: 'conflict', reason: 'not-signed-for' })

  const heardOf = (status: string) =>
    member.next('recommendation:changed', ({ assignments }) => assignments.some((one) => one.id === assignment.id && one.status === status))
  const heardSigned = heardOf('signed')
  const [once, twice] = await Promise.all([1, 2].map(() => transport.handler.post('assignment:sign', { assignmentId: assignment.id })))
  expect(value(once!).assignments).toMatchObject([{ status: 'signed', signedBy: '交通局承办人' }])
  expect(value(twice!).version).toBe(value(once!).version)
  expect(await heardSigned).toEqual(value(once!))

  const heardReply = heardOf('replied')
  const reply = replyTo(assignment.id, ids)
  const replied = value(await transport.handler.ask('assignment:reply', reply))
  expect(replied.assignments).toMatchObject([{ status: 'replied', reply: { id: reply.id, text: reply.text, repliedBy: '交通局承办人' } }])
  expect(replied.assignments[0]!.reply!.items).toHaveLength(2)
  expect(await heardReply).toEqual(replied)
  expect(value(await transport.handler.ask('assignment:reply', reply))).toEqual(replied)
  expect(failure(await transport.handler.ask('assignment:reply', replyTo(assignment.id, ids)))).toEqual({
    code: 'conflict',
    reason: 'already-replied',
  })
})

test('nobody but the department’s own handler signs or answers', async () => {
  const { assignment, ids } = await signed()
  const others: [Person, string][] = [...outsiders, [secretary, 'not-allowed'], [water.handler, 'not-allowed']]
  for (const [person, code] of others) {
    expect(failure(await person.post('assignment:sign', { assignmentId: assignment.id }))).toMatchObject({ code })
    expect(failure(await person.post('assignment:reply', replyTo(assignment.id, ids)))).toMatchObject({ code })
  }
  expect(failure(await transport.handler.post('assignment:sign', { assignmentId: v7() }))).toEqual({
    code: 'not-found',
    reason: 'no-such-assignment',
  })
})

test('an answer that leaves a suggestion out, adds one, answers one twice, or declines without a reason is refused', async () => {
  const { assignment, ids } = await signed(2)
  const refused = async (reply: ReturnType<typeof replyTo>) => failure(await transport.handler.post('assignment:reply', reply))
  const incomplete = { code: 'invalid-input', reason: 'items-incomplete', fields: { items: 'items-incomplete' } }
  for (const items of [[], ids.slice(1), [...ids, v7()], [ids[0]!, ids[0]!]])
    expect(await refused(replyTo(assignment.id, items))).toEqual(incomplete)
  for (const text of ['', '  ', '\u200b']) {
    expect(await refused(replyTo(assignment.id, ids, { outcome: 'not-adopted', text }))).toMatchObject({
      fields: { 'items.0.text': 'reason-needed' },
    })
  }
  expect(await refused({ ...replyTo(assignment.id, ids), text: ' ' })).toMatchObject({ fields: { text: 'too-small' } })
  value(
    await transport.handler.post(
      'assignment:reply',
      replyTo(assignment.id, ids, { outcome: 'not-adopted', grade: 'C', text: '航道夜间禁航' }),
    ),
  )
})

test('of several answers sent at once exactly one is stored', async () => {
  const { recommendation, assignment, ids } = await signed()
  const replies = [1, 2, 3, 4].map((n) => ({ ...replyTo(assignment.id, ids), text: `第 ${n} 份答复` }))
  const results = await Promise.all(replies.map((reply) => transport.handler.post('assignment:reply', reply)))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  for (const result of results) if (!result.ok) expect(result.error).toEqual({ code: 'conflict', reason: 'already-replied' })
  const winner = replies[results.findIndex((result) => result.ok)]!
  expect((await read(secretary, recommendation)).assignments[0]!.reply).toMatchObject({ id: winner.id, text: winner.text })
})

test('an answer cannot take the id of another one', async () => {
  const [one, other] = [await signed(), await signed()]
  const reply = replyTo(one.assignment.id, one.ids)
  value(await transport.handler.post('assignment:reply', reply))
  const stolen = { ...replyTo(other.assignment.id, other.ids), id: reply.id }
  expect(failure(await transport.handler.post('assignment:reply', stolen))).toEqual({ code: 'conflict', reason: 'id-taken' })
})

test('whoever holds a receipt sees each step up to the reply, also of the suggestion that theirs was merged into', async () => {
  const citizen = await app.visitor()
  const [merged, kept, unrelated] = [
    await post(citizen, meeting, '晚上没有船'),
    await post(citizen, meeting, '加一班船'),
    await post(citizen, meeting, '路灯'),
  ]
  value(await secretary.post('suggestion:merge', { suggestionId: merged.suggestion.id, intoId: kept.suggestion.id }))
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds, [kept])))
  const assignment = await issue(secretary, recommendation, transport.organization)
  await issue(partner, recommendation, water.organization)
  value(await transport.handler.post('assignment:sign', { assignmentId: assignment.id }))
  const kinds = async (receipt: string) => (await wayOf(receipt)).map((step) => step.kind)
  expect((await kinds(kept.receipt)).sort()).toEqual(['assigned', 'assigned', 'posted', 'recommended', 'signed'])

  value(await transport.handler.post('assignment:reply', replyTo(assignment.id, [kept.suggestion.id])))
  for (const { receipt } of [kept, merged]) {
    expect((await wayOf(receipt)).find((step) => step.kind === 'replied')).toMatchObject({
      organization: '交通局',
      outcome: 'adopted',
      itemText: '十二月起实行',
      number: recommendation.number,
    })
  }
  expect(await kinds(unrelated.receipt)).toEqual(['posted'])
})

test('who may read it: the meeting’s room, its regions and the departments that have it; nobody else', async () => {
  const { recommendation } = await recommend()
  const listOf = async (person: Person) =>
    (await person.get<Recommendation[]>(`/api/recommendations?meetingId=${meeting.id}&limit=200`)).map(({ id }) => id)
  const guest = await app.person({ grants: [inMeeting('observer', meeting.id)] })
  const province = await app.person({ grants: [inRegion('observer', '33')] })
  for (const person of [secretary, partner, member, guest, province]) {
    expect(await read(person, recommendation)).toEqual(recommendation)
    expect(await listOf(person)).toContain(recommendation.id)
  }
  await expect(read(transport.handler, recommendation)).rejects.toMatchObject({ status: 403 })
  await issue(secretary, recommendation, transport.organization)
  expect(await read(transport.handler, recommendation)).toMatchObject({ id: recommendation.id })
  expect(await listOf(transport.handler)).toContain(recommendation.id)

  const elsewhere = await app.person({
    grants: [inRegion('secretary', '3502'), inMeeting('member', v7()), inMeeting('citizen', meeting.id)],
  })
  for (const person of [elsewhere, water.handler, await app.visitor()]) {
    await expect(read(person, recommendation)).rejects.toMatchObject({ status: 403 })
    expect(await listOf(person)).not.toContain(recommendation.id)
  }
  await expect(read(app.stranger(), recommendation)).rejects.toMatchObject({ status: 401 })
  await expect(app.stranger().get('/api/recommendations')).rejects.toMatchObject({ status: 401 })
  await expect(read(secretary, { id: v7() })).rejects.toMatchObject({ status: 404 })
})
