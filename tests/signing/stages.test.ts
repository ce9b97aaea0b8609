import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../server/audit/schema.ts'
import { minutesVersions } from '../../server/versions/schema.ts'
import { contentHash } from '../../shared/minutes.ts'
import { openEditor, write } from '../minutes/editors.ts'
import { forge } from '../minutes/raw.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { amendingMeeting, endedMeeting, makePeople, stateOf, textOf } from './minutes.ts'

let app: TestApp
let nanxun: Person
let wujiang: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  ;({ nanxun, wujiang } = await makePeople(app))
})
afterAll(() => app?.close())

const entries = (meetingId: string, action: string) =>
  app.db.reader
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectId, meetingId), eq(auditEntries.action, action)))

const [south, north] = [districts.nanxun, districts.wujiang]

test('both regions sign the same text, it is locked, and a forged change after that is refused and recorded', async () => {
  const { meetingId, recorder, contentHash: hash } = await amendingMeeting(app, nanxun, '同意共测界河水质')
  expect(hash).toBe(await contentHash(await app.services.minutes.document(meetingId)))
  const told = recorder.next('minutes:state-changed', ({ stage }) => stage === 'signed')
  await recorder.ask('meeting:watch', { meetingId })
  const wish = { meetingId, contentHash: hash }
  const first = value(await nanxun.post('minutes:sign', { ...wish, regionCode: south }))
  expect(first).toMatchObject({ stage: 'amending', lockedAt: null, signatures: [{ regionCode: south, name: '沈秘书', contentHash: hash }] })
  expect(value(await nanxun.post('minutes:sign', { ...wish, regionCode: south }))).toEqual(first)
  const signed = value(await wujiang.post('minutes:sign', { ...wish, regionCode: north }))
  expect(signed).toMatchObject({ stage: 'signed', edition: 1, contentHash: hash })
  expect(signed.signatures).toHaveLength(2)
  expect(await told).toEqual(signed)
  const kept = await app.db.reader.select().from(minutesVersions).where(eq(minutesVersions.meetingId, meetingId))
  expect(kept.map(({ kind }) => kind).sort()).toEqual(['auto', 'auto', 'signed'])
  expect(kept.find(({ kind }) => kind === 'signed')).toMatchObject({ contentHash: hash, edition: 1 })

  await forge(app.url, recorder, meetingId, 'minutes-locked')
  await forge(app.url, nanxun, meetingId, 'minutes-locked')
  expect(await textOf(app, meetingId)).not.toContain('伪造')
  await eventually(async () => (await entries(meetingId, 'minutes:refused')).length === 2)
  expect((await entries(meetingId, 'minutes:refused')).map(({ actorId, details }) => ({ actorId, details }))).toEqual(
    expect.arrayContaining([{ actorId: recorder.accountId, details: { reason: 'minutes-locked' } }]),
  )
  for (const command of ['minutes:to-live', 'minutes:to-draft', 'minutes:to-amending'] as const)
    expect(failure(await nanxun.post(command, { meetingId }))).toMatchObject({ code: 'conflict', reason: 'wrong-stage' })
  expect(failure(await nanxun.post('minutes:withdraw-signature', { meetingId, regionCode: south }))).toMatchObject({
    reason: 'minutes-locked',
  })
})

test('recorders write while it is live, the secretariat in the draft, and nobody once the text stands', async () => {
  const { meetingId, recorder } = await endedMeeting(app, nanxun, '会上所记')
  const [recording, compiling] = [openEditor(app.url, recorder, meetingId), openEditor(app.url, nanxun, meetingId)]
  await Promise.all([recording.loaded(), compiling.loaded()])
  value(await nanxun.post('minutes:to-draft', { meetingId }))
  await eventually(() => recording.state().writeRefusal === 'minutes-in-draft' && compiling.state().mayEdit === true)
  write(recording.doc, '太迟了')
  await eventually(() => recording.state().changeRefused)
  await eventually(() => compiling.state().link === 'online')
  write(compiling.doc, '统稿')
  await compiling.saved()
  value(await nanxun.post('minutes:to-amending', { meetingId, despiteMissing: '补录' }))
  await eventually(() => compiling.state().writeRefusal === 'minutes-amending')
  await forge(app.url, nanxun, meetingId, 'minutes-amending')
  const text = await textOf(app, meetingId)
  expect(text).toContain('统稿')
  expect(text).not.toContain('太迟了')
  value(await nanxun.post('minutes:to-live', { meetingId }))
  recording.close()
  const again = openEditor(app.url, recorder, meetingId)
  await again.loaded()
  write(again.doc, '补记')
  await again.saved()
  for (const editor of [again, compiling]) editor.close()
})

test('a draft is made of begun minutes of a meeting that has ended, step by step, and a second press changes nothing', async () => {
  const live = await makeMeeting(nanxun)
  expect(failure(await nanxun.post('minutes:to-amending', { meetingId: live.id })).reason).toBe('wrong-stage')
  expect(failure(await nanxun.post('minutes:to-draft', { meetingId: live.id })).reason).toBe('meeting-not-ended')
  value(await nanxun.post('meeting:end', { meetingId: live.id }))
  expect(failure(await nanxun.post('minutes:to-draft', { meetingId: live.id })).reason).toBe('minutes-not-begun')
  const { meetingId } = await endedMeeting(app, nanxun, '一')
  const draft = value(await nanxun.post('minutes:to-draft', { meetingId }))
  expect(value(await nanxun.post('minutes:to-draft', { meetingId }))).toEqual(draft)
  expect(await stateOf(nanxun, meetingId)).toEqual(draft)
  expect(await entries(meetingId, 'minutes:to-draft')).toHaveLength(1)
})

test('only the staff leads the stages, and only the signatory of a region signs for it', async () => {
  const { meetingId, recorder, contentHash: hash } = await amendingMeeting(app, nanxun, '一')
  const ofMeetingOnly = await app.person({ grants: [inMeeting('secretary', meetingId)] })
  const others = [recorder, await app.person({ grants: [inMeeting('member', meetingId)] }), await app.visitor(), app.stranger()]
  for (const person of others) {
    expect(failure(await person.post('minutes:to-draft', { meetingId })).code).toMatch(/^not-/)
    expect(failure(await person.post('minutes:keep-locked', { meetingId })).code).toMatch(/^not-/)
  }
  for (const person of [...others, ofMeetingOnly, wujiang]) {
    expect(failure(await person.post('minutes:sign', { meetingId, regionCode: south, contentHash: hash })).code).toMatch(/^not-/)
    expect(failure(await person.post('minutes:unlock', { meetingId, regionCode: south, reason: '错字' })).code).toMatch(/^not-/)
    expect(failure(await person.post('minutes:withdraw-signature', { meetingId, regionCode: south })).code).toMatch(/^not-/)
  }
  const above = await app.person({ name: '省秘书', grants: [inRegion('secretary', '')] })
  expect(failure(await above.post('minutes:sign', { meetingId, regionCode: '3305', contentHash: hash })).code).toBe('not-found')
  value(await above.post('minutes:sign', { meetingId, regionCode: south, contentHash: hash }))
  expect(failure(await above.post('minutes:sign', { meetingId, regionCode: north, contentHash: hash })).reason).toBe('signed-for-another')
  expect(failure(await nanxun.post('minutes:sign', { meetingId, regionCode: south, contentHash: hash })).reason).toBe('already-signed')
  expect(failure(await nanxun.post('minutes:withdraw-signature', { meetingId, regionCode: south })).reason).toBe('not-your-signature')
  expect(value(await above.post('minutes:withdraw-signature', { meetingId, regionCode: south })).signatures).toEqual([])
  await expect(app.stranger().get(`/api/meetings/${meetingId}/minutes/state`)).rejects.toMatchObject({ status: 401 })
})

test('nobody signs a text that has moved, or one that does not stand, and going back ends the signatures', async () => {
  const { meetingId, contentHash: hash } = await amendingMeeting(app, nanxun, '一')
  const wish = { meetingId, regionCode: south, contentHash: 'f'.repeat(64) }
  expect(failure(await nanxun.post('minutes:sign', wish))).toMatchObject({ code: 'conflict', reason: 'content-moved' })
  expect(failure(await nanxun.post('minutes:sign', { ...wish, contentHash: 'x' })).code).toBe('invalid-input')
  value(await nanxun.post('minutes:sign', { ...wish, contentHash: hash }))
  expect(value(await wujiang.post('minutes:to-draft', { meetingId }))).toMatchObject({ stage: 'draft', signatures: [], contentHash: null })
  expect(failure(await nanxun.post('minutes:sign', { ...wish, contentHash: hash })).reason).toBe('wrong-stage')
  expect((await entries(meetingId, 'minutes:signatures-end'))[0]?.details).toEqual({ regionCodes: [south], why: 'stage' })
})

test('unlocking needs a reason and everybody’s consent, makes a new edition, and leaves the signed one as it was', async () => {
  const { meetingId, contentHash: hash } = await amendingMeeting(app, nanxun, '一')
  value(await nanxun.post('minutes:sign', { meetingId, regionCode: south, contentHash: hash }))
  expect(failure(await nanxun.post('minutes:unlock', { meetingId, regionCode: south, reason: '早' })).reason).toBe('wrong-stage')
  value(await wujiang.post('minutes:sign', { meetingId, regionCode: north, contentHash: hash }))
  expect(failure(await wujiang.post('minutes:unlock', { meetingId, regionCode: north }))).toMatchObject({ code: 'invalid-input' })
  const asked = value(await nanxun.post('minutes:unlock', { meetingId, regionCode: south, reason: '出席人数有误' }))
  expect(asked).toMatchObject({ stage: 'signed', unlocking: { reason: '出席人数有误', consents: [{ regionCode: south }] } })
  expect(value(await nanxun.post('minutes:unlock', { meetingId, regionCode: south }))).toEqual(asked)
  expect(value(await wujiang.post('minutes:keep-locked', { meetingId }))).toMatchObject({ stage: 'signed', unlocking: null })
  value(await nanxun.post('minutes:unlock', { meetingId, regionCode: south, reason: '出席人数有误' }))
  const open = value(await wujiang.post('minutes:unlock', { meetingId, regionCode: north }))
  expect(open).toMatchObject({ stage: 'amending', edition: 2, signatures: [], lockedAt: null, unlocking: null, contentHash: hash })
  const kept = await app.db.reader
    .select()
    .from(minutesVersions)
    .where(and(eq(minutesVersions.meetingId, meetingId), eq(minutesVersions.kind, 'signed')))
  expect(kept).toMatchObject([{ edition: 1, contentHash: hash }])
})
