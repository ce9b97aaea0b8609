import { and, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../server/audit/schema.ts'
import type { MissingPart } from '../../shared/minutes-parts.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { complete, decisionWords, writtenMeeting } from './complete.ts'
import { endedMeeting, makePeople, stateOf } from './minutes.ts'

let app: TestApp
let nanxun: Person
let wujiang: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  ;({ nanxun, wujiang } = await makePeople(app))
})
afterAll(() => app?.close())

type Missing = { required: MissingPart[]; advised: MissingPart[] }
const missingOf = (person: Person, meetingId: string) => person.get<Missing>(`/api/meetings/${meetingId}/minutes/missing`)
const kinds = ({ required, advised }: Missing) => [required.map(({ kind }) => kind), advised.map(({ kind }) => kind)]

async function draftOf(prepared: { meetingId: string }) {
  value(await nanxun.post('minutes:to-draft', { meetingId: prepared.meetingId }))
  return prepared.meetingId
}

test('minutes that lack something are not settled, unless somebody says why they go without, and that stays on record', async () => {
  const meetingId = await draftOf(await endedMeeting(app, nanxun, '一'))
  expect(kinds(await missingOf(nanxun, meetingId))).toEqual([['attendance', 'discussion', 'discussion'], ['quorum']])
  expect(failure(await nanxun.post('minutes:to-amending', { meetingId }))).toMatchObject({ code: 'conflict', reason: 'parts-missing' })
  expect(failure(await nanxun.post('minutes:to-amending', { meetingId, despiteMissing: ' ' })).code).toBe('invalid-input')
  expect(await stateOf(nanxun, meetingId)).toMatchObject({ stage: 'draft', excuse: null })

  const settled = value(await nanxun.post('minutes:to-amending', { meetingId, despiteMissing: '座谈会，不作议定' }))
  expect(settled).toMatchObject({ stage: 'amending', excuse: { reason: '座谈会，不作议定', name: '沈秘书' } })
  expect(settled.excuse?.parts.map(({ kind }) => kind)).toEqual(['attendance', 'discussion', 'discussion'])
  expect(value(await nanxun.post('minutes:to-amending', { meetingId, despiteMissing: '别的理由' }))).toEqual(settled)
  const [entry] = await app.db.reader
    .select({ details: auditEntries.details })
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectId, meetingId), eq(auditEntries.action, 'minutes:to-amending')))
  expect(entry?.details).toMatchObject({ despiteMissing: '座谈会，不作议定', missing: expect.arrayContaining(['attendance']) })
  value(await nanxun.post('minutes:sign', { meetingId, regionCode: districts.nanxun, contentHash: settled.contentHash! }))
  expect(value(await nanxun.post('minutes:to-draft', { meetingId })).excuse).toBeNull()
})

test('minutes with all their parts need no reason, and one that is given is not kept', async () => {
  const meetingId = await draftOf(await writtenMeeting(app, nanxun, complete))
  expect(kinds(await missingOf(wujiang, meetingId))).toEqual([[], []])
  expect(value(await wujiang.post('minutes:to-amending', { meetingId, despiteMissing: '多余' }))).toMatchObject({ excuse: null })
})

test('a quorum has to be recorded where the meeting had one', async () => {
  const prepared = await writtenMeeting(app, nanxun, (doc) => complete(doc, { quorum: '' }), { quorum: 3 })
  const meetingId = await draftOf(prepared)
  expect(kinds(await missingOf(nanxun, meetingId))).toEqual([['quorum'], []])
  expect(failure(await nanxun.post('minutes:to-amending', { meetingId })).reason).toBe('parts-missing')
  const without = await draftOf(await writtenMeeting(app, nanxun, (doc) => complete(doc, { quorum: '' })))
  expect(kinds(await missingOf(nanxun, without))).toEqual([[], ['quorum']])
  expect(value(await nanxun.post('minutes:to-amending', { meetingId: without }))).toMatchObject({ stage: 'amending', excuse: null })
})

test('nobody signs once an amendment has taken away what nobody excused', async () => {
  const { meetingId, recorder, decisionIds } = await writtenMeeting(app, nanxun, complete)
  await draftOf({ meetingId })
  value(await nanxun.post('minutes:to-amending', { meetingId }))
  const amendmentId = v7()
  const [blockId] = decisionIds
  const before = decisionWords
  value(
    await recorder.post('amendment:propose', {
      id: amendmentId,
      meetingId,
      kind: 'remove',
      blockId: blockId!,
      before,
      proposed: '',
      reason: '未议定',
    }),
  )
  value(await nanxun.post('amendment:accept', { amendmentId }))
  const { contentHash } = await stateOf(nanxun, meetingId)
  const wish = { meetingId, regionCode: districts.nanxun, contentHash: contentHash! }
  expect(failure(await nanxun.post('minutes:sign', wish))).toMatchObject({ code: 'conflict', reason: 'parts-missing' })
  value(await nanxun.post('minutes:to-draft', { meetingId }))
  value(await nanxun.post('minutes:to-amending', { meetingId, despiteMissing: '未议定' }))
  value(await nanxun.post('minutes:sign', wish))
})

test('what is missing is told to those who may read the minutes', async () => {
  const meeting = await makeMeeting(nanxun)
  const member = await app.person({ grants: [inMeeting('member', meeting.id)] })
  expect((await missingOf(member, meeting.id)).required.length).toBeGreaterThan(0)
  await expect(missingOf(app.stranger(), meeting.id)).rejects.toMatchObject({ status: 401 })
  await expect(missingOf(await app.visitor(), meeting.id)).rejects.toMatchObject({ status: 403 })
  const elsewhere = await app.person({ grants: [inMeeting('member', v7())] })
  await expect(missingOf(elsewhere, meeting.id)).rejects.toMatchObject({ status: 403 })
  await expect(missingOf(nanxun, v7())).rejects.toMatchObject({ status: 404 })
})
