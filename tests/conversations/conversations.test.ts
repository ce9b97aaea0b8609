import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Conversation, type ConversationMessage, conversationMessageSchema } from '../../shared/conversations.ts'
import { conversationFilePath, mostFileBytes } from '../../shared/file-rules.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { clerkOf, type Department, draftOf, issue, makeDepartment, writeMinutes } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let later = 0
let proposer: Person
let secretary: Person
let partner: Person
let leader: Person
let member: Person
let transport: Department
let water: Department
let clerk: Person
let recommendation: Recommendation
let lead: Assignment
let beside: Assignment

beforeAll(async () => {
  app = await startApp({ now: () => new Date(Date.parse('2026-11-02T02:00:00.000Z') + later) })
  await addRegions(app)
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  // Of the partner's region: there as proposer alone, and not as the secretariat.
  proposer = await app.person({ name: '提出人', grants: [inRegion('secretary', districts.wujiang)] })
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  partner = await app.person({ name: '吴江秘书', grants: [inRegion('secretary', districts.wujiang)] })
  leader = await app.person({ name: '分管副区长', grants: [inRegion('observer', districts.nanxun)] })
  member = await app.person({ name: '委员', grants: [inRegion('member', districts.nanxun)] })
  transport = await makeDepartment(app, admin, districts.nanxun, '交通局')
  water = await makeDepartment(app, admin, districts.nanxun, '水利局')
  clerk = await clerkOf(app, transport)
  const meeting: Meeting = await makeMeeting(secretary)
  const blockIds = await writeMinutes(app, secretary, meeting, ['同意增开晚间渡船。'])
  recommendation = value(await proposer.post('recommendation:create', draftOf(meeting, blockIds)))
  lead = await issue(secretary, recommendation, transport.organization)
  beside = await issue(secretary, recommendation, water.organization, 'co-handler')
})
afterAll(() => app.close())

const words = (changes: object = {}) => ({
  ...{
    id: v7(),
    assignmentId: lead.id,
    stage: 'before' as const,
    way: 'message' as const,
    heldOn: null,
    text: '想了解夜间客流',
    fileIds: [],
  },
  ...changes,
})
const say = (person: Person, changes: object = {}) => person.post('conversation:say', words(changes))
const read = (person: Person) => person.get<Conversation[]>(`/api/recommendations/${recommendation.id}/conversations`)
const pdf = new TextEncoder().encode('%PDF-1.7\n渡口客流统计')
const upload = (person: Person, { id = v7(), bytes = pdf, name = '客流统计.pdf', assignmentId = lead.id, headers = {} } = {}) =>
  person.fetch(`${conversationFilePath(assignmentId, id)}?name=${encodeURIComponent(name)}`, { method: 'PUT', body: bytes, headers })
async function uploaded(person: Person, options: Parameters<typeof upload>[1] = {}): Promise<string> {
  const response = await upload(person, options)
  const body = (await response.json()) as { id: string }
  expect([response.status, body]).toMatchObject([200, { id: expect.any(String) }])
  return body.id
}
const refusalOf = async (response: Response) => ({ status: response.status, ...failure((await response.json()) as never) })

test('proposer, department and secretariat talk, each is heard by the others at once, and everybody reads it in order', async () => {
  const both = [clerk.next('conversation:said'), secretary.next('conversation:said')]
  await clerk.ask('meeting:watch', { meetingId: recommendation.meetingId })
  await secretary.ask('meeting:watch', { meetingId: recommendation.meetingId })
  const said = conversationMessageSchema.parse(value(await say(proposer)))
  expect(said).toMatchObject({ side: 'proposer', byName: '提出人', stage: 'before', files: [] })
  expect(await Promise.all(both)).toEqual([said, said])
  const visit = { way: 'visit', heldOn: '2026-11-01', text: '到渡口看了末班船', stage: 'during' }
  expect(value(await say(clerk, visit))).toMatchObject({ side: 'department', ...visit })
  expect(value(await say(secretary, { text: '请于月底前办结', stage: 'during' }))).toMatchObject({ side: 'secretariat' })
  const told = async (person: Person) =>
    (await person.get<{ notices: { kind: string }[] }>('/api/me/notices?limit=100')).notices.filter(({ kind }) => /said/.test(kind)).length
  expect(await Promise.all([clerk, transport.handler, proposer, secretary, water.handler].map(told))).toEqual([2, 2, 2, 0, 0])
  for (const person of [proposer, clerk, transport.handler, secretary]) {
    const mine = (await read(person)).find(({ assignmentId }) => assignmentId === lead.id)!
    expect(mine.messages.map(({ side }) => side)).toEqual(['proposer', 'department', 'secretariat'])
  }
})

test('who is neither side nor the region’s secretariat neither reads nor writes', async () => {
  value(await say(proposer))
  for (const person of [partner, member, leader]) {
    expect(await read(person)).toEqual([])
    expect(failure(await say(person))).toEqual({ code: 'not-allowed', reason: 'not-of-the-conversation' })
    expect(await refusalOf(await upload(person))).toMatchObject({ status: 403 })
  }
  expect(failure(await say(app.stranger())).code).toBe('not-signed-in')
  // A department takes part in its own conversation, and not in that of the one beside it.
  expect((await read(water.handler)).map(({ assignmentId }) => assignmentId)).toEqual([beside.id])
  expect(failure(await say(water.handler)).code).toBe('not-allowed')
  await expect(read(await app.person({ grants: [inRegion('secretary', '3502')] }))).rejects.toMatchObject({ status: 403 })
  const accountId = leader.accountId
  value(await secretary.post('assignment:supervise', { recommendationId: recommendation.id, hostCode: districts.nanxun, accountId }))
  expect((await read(leader)).map(({ side }) => side)).toEqual(['secretariat', 'secretariat'])
})

test('the same words again, as after a lost answer, are said once; another’s id is refused', async () => {
  const wish = words()
  const [first, second] = await Promise.all([clerk.post('conversation:say', wish), clerk.post('conversation:say', wish)])
  expect(value(second)).toEqual(value(first))
  expect(failure(await proposer.post('conversation:say', { ...wish, text: '另一句' }))).toEqual({ code: 'conflict', reason: 'id-taken' })
  const mine = (await read(clerk))[0]!.messages
  expect(mine.filter(({ id }) => id === wish.id)).toHaveLength(1)
})

test('a call, a visit or a meeting has its day, which is not to come', async () => {
  const refused = async (changes: object) => failure(await say(clerk, changes))
  expect(await refused({ way: 'phone', heldOn: null })).toMatchObject({ fields: { heldOn: 'day-of-contact' } })
  expect(await refused({ way: 'message', heldOn: '2026-11-01' })).toMatchObject({ fields: { heldOn: 'day-of-contact' } })
  expect(await refused({ way: 'phone', heldOn: '2026-11-03' })).toMatchObject({ reason: 'day-to-come' })
  expect(await refused({ text: ' ' })).toMatchObject({ code: 'invalid-input' })
  expect(failure(await say(clerk, { assignmentId: v7() }))).toEqual({ code: 'not-found', reason: 'no-such-assignment' })
})

test('a file comes with what is said, and is given to those who take part alone, to be saved and never shown', async () => {
  const fileId = await uploaded(clerk)
  // Not sent yet, it is its sender's alone.
  expect((await proposer.fetch(conversationFilePath(lead.id, fileId))).status).toBe(404)
  const said = value(await say(clerk, { fileIds: [fileId], text: '客流统计见附件' }))
  expect(said.files).toEqual([{ id: fileId, name: '客流统计.pdf', kind: 'pdf', bytes: pdf.length }])
  const served = await proposer.fetch(conversationFilePath(lead.id, fileId))
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(pdf)
  expect(
    Object.fromEntries(
      ['content-type', 'x-content-type-options', 'content-security-policy'].map((name) => [name, served.headers.get(name)]),
    ),
  ).toEqual({
    'content-type': 'application/pdf',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  expect(served.headers.get('content-disposition')).toBe(
    `attachment; filename="file.pdf"; filename*=UTF-8''${encodeURIComponent('客流统计.pdf')}`,
  )
  for (const person of [partner, member, water.handler])
    expect((await person.fetch(conversationFilePath(lead.id, fileId))).status).toBe(403)
  expect((await app.stranger().fetch(conversationFilePath(lead.id, fileId))).status).toBe(401)
  // Through another assignment it is not to be had, by whoever takes part in that one.
  expect((await water.handler.fetch(conversationFilePath(beside.id, fileId))).status).toBe(404)
})

test('what is no such file, too large, another’s or of another conversation is refused', async () => {
  expect(await refusalOf(await upload(clerk, { bytes: new TextEncoder().encode('<script>') }))).toMatchObject({
    status: 400,
    reason: 'not-a-kind-of-file',
  })
  expect(await refusalOf(await upload(clerk, { bytes: new Uint8Array(mostFileBytes + 1) }))).toMatchObject({ status: 413 })
  expect(await refusalOf(await upload(clerk, { headers: { origin: 'https://elsewhere.example' } }))).toMatchObject({ status: 403 })
  expect(await refusalOf(await upload(clerk, { assignmentId: v7() }))).toMatchObject({ status: 404 })
  const mine = await uploaded(clerk, { name: '名单.exe' })
  expect(await refusalOf(await upload(proposer, { id: mine }))).toMatchObject({ status: 409, reason: 'id-taken' })
  expect(await uploaded(clerk, { id: mine })).toBe(mine)
  expect(failure(await say(proposer, { fileIds: [mine] }))).toEqual({ code: 'not-found', reason: 'no-such-file' })
  const elsewhere = await uploaded(secretary, { assignmentId: beside.id })
  expect(failure(await say(secretary, { fileIds: [elsewhere] }))).toEqual({ code: 'not-found', reason: 'no-such-file' })
  const said: ConversationMessage = value(await say(clerk, { fileIds: [mine] }))
  const served = await clerk.fetch(conversationFilePath(lead.id, said.files[0]!.id))
  expect(served.headers.get('content-disposition')).toContain(encodeURIComponent('名单.exe.pdf'))
  expect(failure(await say(clerk, { fileIds: [mine] }))).toEqual({ code: 'not-found', reason: 'no-such-file' })
})

test('what nobody sends is thrown away after a day, and there is an end to how much may wait', async () => {
  const waiting = await Promise.all(Array.from({ length: 11 }, () => uploaded(transport.handler)))
  await uploaded(transport.handler)
  expect(await refusalOf(await upload(transport.handler))).toMatchObject({ status: 409, reason: 'too-many-files' })
  value(await say(transport.handler, { fileIds: [waiting[0]] }))
  later = 25 * 3_600_000
  expect(await app.services.conversations.sweep()).toBeGreaterThanOrEqual(11)
  expect((await transport.handler.fetch(conversationFilePath(lead.id, waiting[1]!))).status).toBe(404)
  expect((await clerk.fetch(conversationFilePath(lead.id, waiting[0]!))).status).toBe(200)
})

test('a department that does not have it any more says nothing more, and what was said stays', async () => {
  value(await say(water.handler, { assignmentId: beside.id, text: '不属我局职责' }))
  value(await water.handler.post('assignment:return', { assignmentId: beside.id, reason: '不属我局职责', proposedId: null }))
  expect(failure(await say(water.handler, { assignmentId: beside.id }))).toEqual({ code: 'conflict', reason: 'assignment-returned' })
  expect((await read(water.handler))[0]!.messages).toHaveLength(1)
})
