import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Clock } from '../../shared/clocks.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { type Assignment, type Recommendation, type ReplyDraft, recommendationSchema } from '../../shared/recommendations.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { clerkOf, type Department, draftOf, issue, makeDepartment, post, replyTo, writeMinutes } from './outcomes.ts'

let app: TestApp
let at = '2026-11-02T02:00:00.000Z'
let secretary: Person
let partner: Person
let member: Person
let leader: Person
let transport: Department
let water: Department
let buses: Department
let clerk: Person
let meeting: Meeting
let blockIds: string[]

beforeAll(async () => {
  app = await startApp({ now: () => new Date(at) })
  await addRegions(app)
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  partner = await app.person({ name: '吴江秘书', grants: [inRegion('secretary', districts.wujiang)] })
  member = await app.person({ name: '委员', grants: [inRegion('member', districts.nanxun)] })
  leader = await app.person({ name: '分管副区长', grants: [inRegion('observer', districts.nanxun)] })
  transport = await makeDepartment(app, admin, districts.nanxun, '交通局')
  water = await makeDepartment(app, admin, districts.nanxun, '水利局')
  buses = await makeDepartment(app, admin, districts.wujiang, '吴江交通局')
  clerk = await clerkOf(app, transport)
  meeting = await makeMeeting(secretary)
  blockIds = await writeMinutes(app, secretary, meeting, ['同意增开晚间渡船。'])
})
afterAll(() => app.close())

const reason = '没有写明何时增开'
const read = ({ id }: Pick<Recommendation, 'id'>, person = secretary) => person.get<Recommendation>(`/api/recommendations/${id}`)
const one = ({ assignments }: Recommendation, { id }: Pick<Assignment, 'id'>) => assignments.find((assignment) => assignment.id === id)!
const draftOfReply = (person: Person, { id }: Pick<Assignment, 'id'>) =>
  person.get<{ draft: ReplyDraft | null }>(`/api/assignments/${id}/draft`)
const refusals = async (people: Person[], ask: (person: Person) => Promise<Parameters<typeof failure>[0]>) => {
  for (const person of people) expect(failure(await ask(person)).code).toBe(person.accountId ? 'not-allowed' : 'not-signed-in')
}

/** Led by the transport department, with the water department beside it, both having signed for it. */
async function shared() {
  const citizen = await app.visitor()
  const posted = await post(citizen, meeting, '渡口晚上加一班船')
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds, [posted])))
  const lead = await issue(secretary, recommendation, transport.organization)
  const beside = await issue(secretary, recommendation, water.organization, 'co-handler')
  value(await transport.handler.post('assignment:sign', { assignmentId: lead.id }))
  value(await water.handler.post('assignment:sign', { assignmentId: beside.id }))
  return { recommendation, lead, beside, ids: [posted.suggestion.id], receipt: posted.receipt }
}

/** Led by the transport department alone and answered. */
async function replied() {
  const made = await shared()
  value(await secretary.post('assignment:recall', { assignmentId: made.beside.id, reason: '不需要协办' }))
  value(await transport.handler.post('assignment:reply', replyTo(made.lead.id, made.ids)))
  return made
}

test('in each region one department leads, others have a part, and each region’s secretariat says which', async () => {
  const { recommendation } = await shared()
  const give = (person: Person, { organization }: Department, part: Assignment['part']) =>
    person.post('assignment:issue', { id: v7(), recommendationId: recommendation.id, organizationId: organization.id, part })
  expect(failure(await give(secretary, buses, 'lead')).code).toBe('not-allowed')
  // A department hears of it without being in the room.
  await transport.handler.ask('meeting:watch', { meetingId: meeting.id })
  const heard = transport.handler.next(
    'recommendation:changed',
    ({ id, assignments }) => id === recommendation.id && assignments.length === 3,
  )
  const both = recommendationSchema.parse(value(await give(partner, buses, 'lead')))
  expect(await heard).toEqual(both)
  expect(both.assignments.map(({ organizationName, part, hostCode, issuedBy }) => [organizationName, part, hostCode, issuedBy])).toEqual([
    ['交通局', 'lead', districts.nanxun, '南浔秘书'],
    ['水利局', 'co-handler', districts.nanxun, '南浔秘书'],
    ['吴江交通局', 'lead', districts.wujiang, '吴江秘书'],
  ])
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  const another = await makeDepartment(app, admin, districts.nanxun, '城管局')
  expect(failure(await give(secretary, another, 'lead'))).toEqual({ code: 'conflict', reason: 'lead-already-there' })
})

test('of several leads given to one region at once exactly one leads', async () => {
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds)))
  const results = await Promise.all(
    [transport, water].map(({ organization }) =>
      secretary.post('assignment:issue', { id: v7(), recommendationId: recommendation.id, organizationId: organization.id }),
    ),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(failure(results.find(({ ok }) => !ok)!)).toEqual({ code: 'conflict', reason: 'lead-already-there' })
})

test('the lead cannot answer before every co-handler has counter-signed; afterwards nobody’s part changes', async () => {
  const { recommendation, lead, beside, ids } = await shared()
  const answer = replyTo(lead.id, ids)
  expect(failure(await transport.handler.post('assignment:reply', answer))).toEqual({
    code: 'conflict',
    reason: 'countersignatures-missing',
  })
  const countersign = (person: Person, text: string) => person.post('assignment:countersign', { assignmentId: beside.id, text })
  await refusals([transport.handler, clerk, secretary, member, app.stranger()], (person) => countersign(person, ''))
  expect(failure(await transport.handler.post('assignment:countersign', { assignmentId: lead.id, text: '' }))).toEqual({
    code: 'conflict',
    reason: 'only-a-co-handler',
  })
  expect(failure(await water.handler.post('assignment:reply', replyTo(beside.id, ids)))).toEqual({
    code: 'conflict',
    reason: 'only-the-lead',
  })
  const signed = one(value(await countersign(water.handler, '照明由我局管养')), beside)
  expect(signed).toMatchObject({ status: 'countersigned', steps: [{ move: 'sign' }, { move: 'countersign', reason: '照明由我局管养' }] })
  const again = value(await countersign(water.handler, '照明由我局管养'))
  expect(one(again, beside)).toEqual(signed)
  value(await transport.handler.post('assignment:reply', answer))
  expect(failure(await countersign(water.handler, '改主意了'))).toEqual({ code: 'conflict', reason: 'already-replied' })
  const another = await secretary.post('assignment:issue', {
    ...{ id: v7(), recommendationId: recommendation.id, organizationId: buses.organization.id, part: 'co-handler' as const },
  })
  expect(failure(another).code).toBe('not-allowed')
  expect((await secretary.get<Clock[]>(`/api/assignments/${beside.id}/clocks`)).every(({ stoppedAt }) => stoppedAt !== null)).toBe(true)
})

test('a clerk drafts, those beside read it, the head gives it back or signs; nobody else sees the draft', async () => {
  const { recommendation, lead, beside, ids } = await shared()
  value(await water.handler.post('assignment:countersign', { assignmentId: beside.id, text: '' }))
  const draft = replyTo(lead.id, ids)
  await refusals([water.handler, secretary, member, app.stranger()], (person) => person.post('assignment:draft', draft))
  expect(failure(await clerk.post('assignment:draft', replyTo(lead.id, [])))).toMatchObject({ reason: 'items-incomplete' })
  expect(one(value(await clerk.post('assignment:draft', draft)), lead)).toMatchObject({ status: 'drafted', reply: null })
  const first = await read(recommendation)
  expect(value(await clerk.post('assignment:draft', draft))).toEqual(first)
  for (const person of [clerk, transport.handler, water.handler, secretary])
    expect((await draftOfReply(person, lead)).draft).toMatchObject({ id: draft.id, text: draft.text, draftedBy: '交通局科员' })
  for (const person of [member, buses.handler, partner, leader])
    await expect(draftOfReply(person, lead)).rejects.toMatchObject({ status: 403 })
  await expect(draftOfReply(app.stranger(), lead)).rejects.toMatchObject({ status: 401 })

  const giveBack = (person: Person) => person.post('assignment:redraft', { assignmentId: lead.id, reason: '请写明班次' })
  await refusals([clerk, water.handler, secretary, member], giveBack)
  expect(one(value(await giveBack(transport.handler)), lead).status).toBe('signed')
  expect(failure(await clerk.post('assignment:reply', draft)).code).toBe('not-allowed')
  value(await clerk.post('assignment:draft', { ...draft, id: v7(), text: '每晚八点半增开一班。' }))
  const answer = { ...replyTo(lead.id, ids), text: '每晚八点半增开一班。' }
  expect(one(value(await transport.handler.post('assignment:reply', answer)), lead)).toMatchObject({
    status: 'replied',
    reply: { version: 1, text: '每晚八点半增开一班。', repliedBy: '交通局承办人', draftedBy: '交通局科员' },
  })
  expect(await draftOfReply(clerk, lead)).toEqual({ draft: null })
  expect(failure(await giveBack(transport.handler))).toEqual({ code: 'conflict', reason: 'already-replied' })
})

test('an incomplete answer goes back with the reason, stays as a version, and its time runs on', async () => {
  const { recommendation, lead, ids, receipt } = await replied()
  const sendBack = (person: Person) => person.post('assignment:incomplete', { assignmentId: lead.id, reason })
  await refusals([transport.handler, clerk, partner, member, leader, app.stranger()], sendBack)
  try {
    at = '2026-11-12T02:00:00.000Z'
    const before = one(await read(recommendation), lead)
    const [back, twice] = await Promise.all([sendBack(secretary), sendBack(secretary)])
    expect(one(value(back), lead)).toMatchObject({
      status: 'signed',
      reply: null,
      earlierReplies: [{ version: 1, sentBack: { byName: '南浔秘书', reason } }],
    })
    expect(value(twice).assignments).toEqual(value(back).assignments)
    // Ten days lay with the secretariat: they do not count.
    const [, clock] = await secretary.get<Clock[]>(`/api/assignments/${lead.id}/clocks`)
    expect(clock).toMatchObject({ stoppedAt: null, paused: false, how: { pausedDays: 10 } })
    expect(one(value(back), lead).replyDueAt > before.replyDueAt).toBe(true)
    value(await transport.handler.post('assignment:reply', { ...replyTo(lead.id, ids), text: '十二月起每晚八点半增开。' }))
    expect(one(await read(recommendation), lead)).toMatchObject({
      reply: { version: 2, text: '十二月起每晚八点半增开。' },
      earlierReplies: [{ version: 1 }],
    })
    const steps = (await app.stranger().get<{ steps: { kind: string; text?: string }[] }>(`/api/receipts/${receipt}`)).steps
    expect(steps.filter(({ kind }) => kind === 'replied').map(({ text }) => text)).toHaveLength(2)
  } finally {
    at = '2026-11-02T02:00:00.000Z'
  }
})

test('of an acceptance and a return of the same answer at once exactly one is done, and the other is told', async () => {
  const { recommendation, lead } = await replied()
  const results = await Promise.all([
    secretary.post('assignment:accept', { assignmentId: lead.id }),
    secretary.post('assignment:incomplete', { assignmentId: lead.id, reason }),
  ])
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(failure(results.find(({ ok }) => !ok)!)).toMatchObject({ code: 'conflict' })
  expect(one(await read(recommendation), lead).status).toBe(results[0]!.ok ? 'accepted' : 'signed')
})

test('the supervising leader is named by the region’s secretariat, and reviews its answers and no other region’s', async () => {
  const { recommendation, lead } = await replied()
  const foreign = await issue(partner, recommendation, buses.organization)
  const name = (person: Person, accountId: string | null, hostCode = districts.nanxun) =>
    person.post('assignment:supervise', { recommendationId: recommendation.id, hostCode, accountId })
  await refusals([partner, member, leader, transport.handler, app.stranger()], (person) => name(person, leader.accountId))
  expect(failure(await name(secretary, buses.handler.accountId))).toEqual({ code: 'conflict', reason: 'may-not-supervise' })
  expect(failure(await name(secretary, v7()))).toEqual({ code: 'conflict', reason: 'may-not-supervise' })
  const path = `/api/recommendations/${recommendation.id}/supervisors/${districts.nanxun}`
  expect(await secretary.get(path)).toContainEqual({ id: leader.accountId, name: '分管副区长' })
  await expect(partner.get(path)).rejects.toMatchObject({ status: 403 })
  const everywhere = await app.person({ grants: [inRegion('secretary', '')] })
  expect(failure(await name(everywhere, leader.accountId, '3305'))).toEqual({ code: 'conflict', reason: 'not-a-region-of-the-meeting' })

  const named = value(await name(secretary, leader.accountId))
  expect(named.assignments.map(({ supervisor }) => supervisor?.name)).toEqual(['分管副区长', '分管副区长', undefined])
  expect(value(await name(secretary, leader.accountId)).version).toBe(named.version)
  value(await leader.post('assignment:accept', { assignmentId: lead.id }))
  expect(failure(await leader.post('assignment:accept', { assignmentId: foreign.id })).code).toBe('not-allowed')
  value(await name(secretary, null))
  expect(failure(await leader.post('assignment:incomplete', { assignmentId: lead.id, reason })).code).toBe('not-allowed')
})

test('what was taken back is nobody’s to answer, and given anew it begins anew', async () => {
  const { lead, recommendation } = await shared()
  const recall = (person: Person) => person.post('assignment:recall', { assignmentId: lead.id, reason: '改由他局主办' })
  await refusals([transport.handler, partner, member, leader], recall)
  const [once, twice] = [value(await recall(secretary)), value(await recall(secretary))]
  expect([one(once, lead).status, twice.version]).toEqual(['returned', once.version])
  expect(failure(await transport.handler.post('assignment:sign', { assignmentId: lead.id }))).toEqual({
    code: 'conflict',
    reason: 'assignment-returned',
  })
  value(await secretary.post('assignment:insist', { assignmentId: lead.id, reason: '仍由交通局主办' }))
  expect(one(await read(recommendation), lead)).toMatchObject({ status: 'issued', part: 'lead', signedAt: null })
})

test('the worklist holds what somebody has to do with now, and nothing of others', async () => {
  const { recommendation, lead } = await shared()
  const has = async (person: Person) => (await person.get<Recommendation[]>('/api/worklist')).some(({ id }) => id === recommendation.id)
  expect(await Promise.all([transport.handler, clerk, water.handler, partner].map(has))).toEqual([true, true, true, true])
  expect(await Promise.all([secretary, buses.handler, member, leader].map(has))).toEqual([false, false, false, false])
  await expect(app.stranger().get('/api/worklist')).rejects.toMatchObject({ status: 401 })
  value(await transport.handler.post('assignment:return', { assignmentId: lead.id, reason: '非本局职责', proposedId: null }))
  expect(await Promise.all([secretary, transport.handler, clerk].map(has))).toEqual([true, false, false])
  const answered = await replied()
  const hasThat = async (person: Person) =>
    (await person.get<Recommendation[]>('/api/worklist')).some(({ id }) => id === answered.recommendation.id)
  const accountId = leader.accountId
  value(
    await secretary.post('assignment:supervise', { recommendationId: answered.recommendation.id, hostCode: districts.nanxun, accountId }),
  )
  expect(await Promise.all([secretary, leader, transport.handler].map(hasThat))).toEqual([true, true, false])
  value(await leader.post('assignment:accept', { assignmentId: answered.lead.id }))
  expect(await Promise.all([secretary, leader].map(hasThat))).toEqual([false, false])
})
