import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../server/audit/schema.ts'
import { type AttendanceRow, attendanceRowSchema, callSchema, chairingSchema, deskSchema, rollCallSchema } from '../../shared/chairing.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { enter, joinWish, nextDirect } from '../media/joining.ts'
import { camera, microphone } from '../media/wishes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
let moderator: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
  moderator = await app.person({ name: '吴主持', grants: [inRegion('moderator', districts.nanxun)] })
})
afterAll(() => app?.close())

const come = (role: Parameters<typeof inMeeting>[0], meeting: Meeting, name = '钱建国') =>
  app.person({ name, grants: [inMeeting(role, meeting.id)] })
const live = () => makeMeeting(secretary)
const joined = async (person: Person, meeting: Meeting) => (await enter(person, meeting)).joined.self
const actionsOn = async (subjectId: string) =>
  (await app.db.reader.select().from(auditEntries).where(eq(auditEntries.subjectId, subjectId)).orderBy(auditEntries.id)).map(
    ({ action }) => action,
  )

test('whoever opens the meeting presides, and hands the chair over to another who may chair and is there', async () => {
  const meeting = await live()
  const { meetingId } = { meetingId: meeting.id }
  const member = await come('member', meeting)
  const before = chairingSchema.parse(await member.get(`/api/meetings/${meetingId}/chairing`))
  expect(before).toMatchObject({ entry: 'open', locked: false, quorum: null, chair: { accountId: secretary.accountId, name: '沈秘书' } })

  await joined(secretary, meeting)
  expect(failure(await secretary.ask('chair:hand-over', { meetingId, participantId: v7() }))).toMatchObject({ code: 'not-found' })
  const ordinary = await joined(member, meeting)
  expect(failure(await secretary.ask('chair:hand-over', { meetingId, participantId: ordinary.id }))).toMatchObject({
    reason: 'may-not-chair',
  })
  const next = await joined(moderator, meeting)
  expect(failure(await moderator.ask('chair:hand-over', { meetingId, participantId: next.id }))).toMatchObject({
    reason: 'chair-is-present',
  })
  expect(failure(await member.ask('chair:hand-over', { meetingId, participantId: next.id }))).toMatchObject({ code: 'not-allowed' })

  const told = member.next('chairing:changed', ({ chair }) => chair?.accountId === moderator.accountId)
  const after = value(await secretary.ask('chair:hand-over', { meetingId, participantId: next.id }))
  expect(await told).toEqual(after)
  expect(after.version).toBeGreaterThan(before.version)
  expect(await actionsOn(next.id)).toContain('chair:hand-over')

  // The one who presides has gone: another of the chair's side takes the chair.
  value(await moderator.ask('room:leave', {}))
  const back = (await enter(secretary, meeting)).joined.self
  expect(value(await secretary.ask('chair:hand-over', { meetingId, participantId: back.id })).chair?.accountId).toBe(secretary.accountId)
})

test('each co-hosting region has a second chair, and no other region has', async () => {
  const meeting = await live()
  const meetingId = meeting.id
  const other = await app.person({ name: '陆主持', grants: [inRegion('moderator', districts.wujiang)] })
  const self = await joined(other, meeting)
  const seat = { meetingId, regionCode: districts.wujiang, participantId: self.id }
  expect(value(await secretary.ask('chair:seat', seat)).secondChairs).toEqual([
    { accountId: other.accountId, name: '陆主持', regionCode: districts.wujiang },
  ])
  expect(failure(await secretary.ask('chair:seat', { ...seat, regionCode: '33' }))).toMatchObject({ reason: 'no-such-region' })
  const member = await come('member', meeting)
  expect(failure(await member.ask('chair:seat', seat)).code).toBe('not-allowed')
  expect(value(await secretary.ask('chair:seat', { ...seat, participantId: null })).secondChairs).toEqual([])
})

test('in the lobby people wait until the chair’s side lets them in; the chair’s side passes', async () => {
  const meeting = await live()
  const meetingId = meeting.id
  const [first, second, recorder] = [await come('member', meeting), await come('member', meeting), await come('recorder', meeting)]
  const early = await come('member', meeting)
  await enter(early, meeting)
  expect(failure(await first.ask('chairing:set', { meetingId, entry: 'lobby' })).code).toBe('not-allowed')
  value(await secretary.ask('chairing:set', { meetingId, entry: 'lobby' }))

  expect(failure(await first.ask('room:join', joinWish(meeting)))).toMatchObject({ code: 'not-allowed', reason: 'in-the-lobby' })
  expect(failure(await recorder.ask('room:join', joinWish(meeting)))).toMatchObject({ reason: 'in-the-lobby' })
  value(await moderator.ask('room:join', joinWish(meeting)))
  // Who was there before may come back.
  value(await early.ask('room:join', joinWish(meeting)))

  const seen = moderator.next('chair-desk:changed', ({ lobby }) => lobby.length === 1)
  const ask = { meetingId, siteId: meeting.sites[0]!.id }
  expect(value(await first.ask('lobby:ask', ask))).toMatchObject({ status: 'waiting', siteName: '南浔主会场', role: 'member' })
  expect(value(await first.ask('lobby:ask', ask)).status).toBe('waiting')
  expect(deskSchema.parse(await seen).lobby).toMatchObject([{ accountId: first.accountId, status: 'waiting' }])
  expect(failure(await first.ask('lobby:admit', { meetingId, accountId: first.accountId! })).code).toBe('not-allowed')
  expect(failure(await early.ask('lobby:admit', { meetingId, accountId: first.accountId! })).code).toBe('not-allowed')
  expect(failure(await moderator.ask('lobby:admit', { meetingId, accountId: v7() }))).toMatchObject({ reason: 'nobody-waits' })

  const answered = first.next('lobby:answered')
  value(await moderator.ask('lobby:admit', { meetingId, accountId: first.accountId! }))
  expect(await answered).toMatchObject({ meetingId, status: 'admitted' })
  value(await first.ask('room:join', joinWish(meeting)))

  value(await second.ask('lobby:ask', ask))
  value(await moderator.ask('lobby:refuse', { meetingId, accountId: second.accountId! }))
  expect(value(await second.ask('lobby:ask', ask)).status).toBe('refused')
  expect(failure(await second.ask('room:join', joinWish(meeting)))).toMatchObject({ reason: 'in-the-lobby' })

  // Doing away with the lobby leaves nobody standing in it.
  value(await recorder.ask('lobby:ask', ask))
  const letIn = recorder.next('lobby:answered')
  value(await secretary.ask('chairing:set', { meetingId, entry: 'open' }))
  expect((await letIn).status).toBe('admitted')
  value(await recorder.ask('room:join', joinWish(meeting)))
})

test('into a locked room nobody comes who was not there before', async () => {
  const meeting = await live()
  const [there, outside] = [await come('member', meeting), await come('member', meeting)]
  await enter(there, meeting)
  expect(failure(await there.ask('chairing:set', { meetingId: meeting.id, locked: true })).code).toBe('not-allowed')
  value(await secretary.ask('chairing:set', { meetingId: meeting.id, locked: true }))
  expect(failure(await outside.ask('room:join', joinWish(meeting)))).toMatchObject({ code: 'not-allowed', reason: 'room-locked' })
  expect(failure(await outside.ask('lobby:ask', { meetingId: meeting.id, siteId: null }))).toMatchObject({ reason: 'room-locked' })
  value(await there.ask('room:leave', {}))
  value(await there.ask('room:join', joinWish(meeting)))
  value(await moderator.ask('room:join', joinWish(meeting)))
  value(await secretary.ask('chairing:set', { meetingId: meeting.id, locked: false }))
  value(await outside.ask('room:join', joinWish(meeting)))
})

test('what the chair has closed stays closed until the chair lets it go, also for who leaves and comes back', async () => {
  const meeting = await live()
  const meetingId = meeting.id
  await enter(secretary, meeting)
  value(await moderator.ask('floor:mode', { meetingId, mode: 'free' }))
  const member = await come('member', meeting)
  const [sound, picture] = [microphone(), camera()]
  const { joined: here } = await enter(member, meeting, [sound, picture])
  const whom = { kind: 'participant', participantId: here.self.id } as const

  expect(failure(await member.ask('room:hold', { meetingId, whom, source: 'microphone', held: true })).code).toBe('not-allowed')
  const silent = member.next('participant:changed', ({ heldByChair, microphone }) => heldByChair.length === 1 && microphone === 'muted')
  expect(value(await secretary.ask('room:hold', { meetingId, whom, source: 'microphone', held: true }))).toEqual({
    participantIds: [here.self.id],
  })
  expect(await silent).toMatchObject({ id: here.self.id, heldByChair: ['microphone'], heldBy: secretary.name, camera: 'on' })
  expect(failure(await member.ask('room:resume-producer', { producerId: sound.id }))).toMatchObject({
    code: 'conflict',
    reason: 'held-by-chair',
  })

  const dark = member.next('participant:changed', ({ camera }) => camera === 'off')
  value(await secretary.ask('room:hold', { meetingId, whom, source: 'camera', held: true }))
  await dark
  value(await member.ask('room:leave', {}))
  const again = await enter(member, meeting, [microphone()])
  expect(again.joined.self.heldByChair.sort()).toEqual(['camera', 'microphone'])
  const own = again.joined.self.id
  const [sent] = value(await member.ask('room:return', { meetingId, joinId: again.joinId })).producers.filter(
    (one) => one.participantId === own,
  )
  expect(sent).toMatchObject({ source: 'microphone', paused: true })

  value(await secretary.ask('room:hold', { meetingId, whom, source: 'microphone', held: false }))
  const open = member.next('participant:changed', ({ microphone }) => microphone === 'open')
  expect(value(await member.ask('room:resume-producer', { producerId: sent!.id })).paused).toBe(false)
  expect(await open).toMatchObject({ heldByChair: ['camera'], heldBy: secretary.name })
  value(await secretary.ask('room:hold', { meetingId, whom, source: 'camera', held: false }))
  const [free] = value(await member.ask('room:return', { meetingId, joinId: again.joinId })).participants.filter(({ id }) => id === own)
  expect(free).toMatchObject({ heldByChair: [], heldBy: null })
  expect(await actionsOn(own)).toEqual(expect.arrayContaining(['room:hold', 'room:let-go']))
})

test('silencing a site or everybody leaves the chair’s side its voice', async () => {
  const meeting = await live()
  const meetingId = meeting.id
  const [main, branch] = meeting.sites
  await enter(secretary, meeting)
  const [here, there] = [await come('member', meeting), await come('member', meeting)]
  const mine = value(await here.ask('room:join', joinWish(meeting, { siteId: main!.id }))).self.id
  const theirs = value(await there.ask('room:join', joinWish(meeting, { siteId: branch!.id }))).self.id
  const hold = { meetingId, source: 'microphone', held: true } as const
  expect(value(await secretary.ask('room:hold', { ...hold, whom: { kind: 'site', siteId: branch!.id } })).participantIds).toEqual([theirs])
  expect(value(await secretary.ask('room:hold', { ...hold, whom: { kind: 'all' } })).participantIds).toEqual([mine])
  const freed = value(await secretary.ask('room:hold', { ...hold, held: false, whom: { kind: 'all' } })).participantIds
  expect(freed.sort()).toEqual([mine, theirs].sort())
})

test('who is removed may come back, who is barred may not until the bar is lifted', async () => {
  const meeting = await live()
  const meetingId = meeting.id
  const chair = await joined(secretary, meeting)
  const member = await come('member', meeting)
  const { id } = await joined(member, meeting)
  expect(failure(await member.ask('room:remove', { meetingId, participantId: id, bar: false })).code).toBe('not-allowed')
  expect(failure(await moderator.ask('room:remove', { meetingId, participantId: chair.id, bar: true }))).toMatchObject({
    reason: 'of-the-chairs-side',
  })

  const out = nextDirect(member, 'room:closed')
  const gone = secretary.next('participant:changed', (one) => one.id === id && !one.present)
  value(await secretary.ask('room:remove', { meetingId, participantId: id, bar: false }))
  expect(await out).toEqual({ reason: 'removed' })
  await gone
  value(await member.ask('room:join', joinWish(meeting)))

  const outAgain = nextDirect(member, 'room:closed')
  value(await secretary.ask('room:remove', { meetingId, participantId: id, bar: true }))
  await outAgain
  expect(failure(await member.ask('room:join', joinWish(meeting)))).toMatchObject({ code: 'not-allowed', reason: 'barred' })
  expect(failure(await member.ask('lobby:ask', { meetingId, siteId: null }))).toMatchObject({ reason: 'barred' })
  const desk = deskSchema.parse(await moderator.get(`/api/meetings/${meetingId}/chair-desk`))
  expect(desk.bars).toMatchObject([{ accountId: member.accountId, name: '钱建国' }])
  expect(failure(await member.ask('room:unbar', { meetingId, accountId: member.accountId! })).code).toBe('not-allowed')
  // Another meeting is another matter.
  const elsewhere = await live()
  const guest = await app.person({ grants: [inMeeting('member', meetingId), inMeeting('member', elsewhere.id)] })
  await enter(guest, elsewhere)

  value(await secretary.ask('room:unbar', { meetingId, accountId: member.accountId! }))
  value(await member.ask('room:join', joinWish(meeting)))
  expect(await actionsOn(id)).toEqual(expect.arrayContaining(['room:remove', 'room:bar']))
})

test('what somebody tells the chair is seen by the chair’s side and its author alone, until it is done', async () => {
  const meeting = await live()
  const meetingId = meeting.id
  const [author, other] = [await come('member', meeting), await come('member', meeting)]
  const call = { id: v7(), meetingId, kind: 'help', text: '听不到声音' } as const
  expect(failure(await author.ask('call:send', call))).toMatchObject({ reason: 'not-in-the-room' })
  await Promise.all([enter(author, meeting), enter(other, meeting), enter(moderator, meeting)])
  const overheard: unknown[] = []
  other.socket.on('news', (items) => overheard.push(...items))

  const heard = moderator.next('chair-desk:changed', ({ calls }) => calls.length === 1)
  const sent = value(await author.ask('call:send', call))
  expect(callSchema.parse(sent)).toMatchObject({ ...call, name: '钱建国', doneAt: null })
  expect(value(await author.ask('call:send', call))).toEqual(sent)
  expect((await heard).calls).toEqual([sent])
  await expect(other.get(`/api/meetings/${meetingId}/chair-desk`)).rejects.toMatchObject({ error: { code: 'not-allowed' } })
  expect(await other.get(`/api/meetings/${meetingId}/calls/mine`)).toEqual([])
  expect(await author.get(`/api/meetings/${meetingId}/calls/mine`)).toEqual([sent])

  expect(failure(await author.ask('call:done', { callId: call.id })).code).toBe('not-allowed')
  const told = author.next('call:changed')
  value(await moderator.ask('call:done', { callId: call.id }))
  expect((await told).doneAt).not.toBeNull()
  // News come in order: after what everybody hears, nothing else can be under way.
  const marker = other.next('chairing:changed')
  value(await moderator.ask('chairing:set', { meetingId, quorum: 3 }))
  await marker
  expect(JSON.stringify(overheard)).not.toContain('听不到声音')
})

test('nobody fills the chair’s desk', async () => {
  const meeting = await live()
  const member = await come('member', meeting)
  await enter(member, meeting)
  const send = () => member.ask('call:send', { id: v7(), meetingId: meeting.id, kind: 'message', text: '请看' })
  for (let count = 0; count < 20; count++) value(await send())
  expect(failure(await send())).toMatchObject({ code: 'too-many-requests', reason: 'too-many-calls' })
})

test('at a roll call voting members answer for themselves, once, and it is kept who did not', async () => {
  const meeting = await live()
  const meetingId = meeting.id
  const [first, second, late, expert] = [
    await come('member', meeting, '甲'),
    await come('member', meeting, '乙'),
    await come('member', meeting, '丙'),
    await come('expert', meeting, '丁'),
  ]
  await Promise.all([enter(first, meeting), enter(second, meeting), enter(expert, meeting)])
  const id = v7()
  expect(failure(await first.ask('roll-call:start', { meetingId, id })).code).toBe('not-allowed')
  const begun = value(await secretary.ask('roll-call:start', { meetingId, id }))
  expect(
    rollCallSchema
      .parse(begun)
      .names.map(({ name }) => name)
      .sort(),
  ).toEqual(['甲', '乙'].sort())
  expect(value(await secretary.ask('roll-call:start', { meetingId, id }))).toEqual(begun)
  expect(failure(await moderator.ask('roll-call:start', { meetingId, id: v7() }))).toMatchObject({ reason: 'roll-call-runs' })

  const answer = { rollCallId: id }
  const told = second.next('roll-call:changed', ({ version }) => version > begun.version)
  const answered = value(await first.ask('roll-call:answer', answer))
  expect(await told).toEqual(answered)
  expect(value(await first.ask('roll-call:answer', answer))).toEqual(answered)
  expect(failure(await expert.ask('roll-call:answer', answer)).code).toBe('not-allowed')
  expect(failure(await late.ask('roll-call:answer', answer))).toMatchObject({ reason: 'not-in-the-room' })
  await enter(late, meeting)
  value(await late.ask('roll-call:answer', answer))

  expect(failure(await first.ask('roll-call:end', answer)).code).toBe('not-allowed')
  value(await secretary.ask('roll-call:end', answer))
  expect(failure(await second.ask('roll-call:answer', answer))).toMatchObject({ reason: 'roll-call-over' })
  const [kept] = await expert.get<(typeof begun)[]>(`/api/meetings/${meetingId}/roll-calls`)
  expect(kept!.endedAt).not.toBeNull()
  expect(new Map(kept!.names.map(({ name, answeredAt }) => [name, answeredAt !== null]))).toEqual(
    new Map([
      ['甲', true],
      ['乙', false],
      ['丙', true],
    ]),
  )
})

test('the register tells who was there from when to when, and goes into a spreadsheet without running there', async () => {
  const meeting = await live()
  const member = await come('member', meeting, '=HYPERLINK("x")')
  const { id } = await joined(member, meeting)
  value(await member.ask('room:leave', {}))
  await joined(member, meeting)
  const rows = await secretary.get<AttendanceRow[]>(`/api/meetings/${meeting.id}/attendance`)
  for (const row of rows) attendanceRowSchema.parse(row)
  const own = rows.find(({ participantId }) => participantId === id)
  expect(own).toMatchObject({ siteName: '南浔主会场', regionPath: ['浙江省', '湖州市', '南浔区'], voter: true })
  expect(own!.spans.map(({ to }) => to === null)).toEqual([false, true])

  const file = await secretary.fetch(`/api/meetings/${meeting.id}/attendance.csv`)
  expect(file.headers.get('content-type')).toContain('text/csv')
  expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('出席情况'))
  const text = await file.text()
  expect(text.split('\r\n').filter((line) => line.includes(`"'=HYPERLINK(""x"")"`))).toHaveLength(2)
  expect((await member.fetch(`/api/meetings/${meeting.id}/attendance.csv`)).status).toBe(403)
  await expect(member.get(`/api/meetings/${meeting.id}/attendance`)).rejects.toMatchObject({ error: { code: 'not-allowed' } })
})

test('the end of the meeting ends its roll call, and what chairing is left refuses', async () => {
  const meeting = await live()
  const id = v7()
  value(await secretary.ask('roll-call:start', { meetingId: meeting.id, id }))
  value(await secretary.ask('meeting:end', { meetingId: meeting.id }))
  const [kept] = await secretary.get<{ endedAt: string | null }[]>(`/api/meetings/${meeting.id}/roll-calls`)
  expect(kept!.endedAt).not.toBeNull()
  expect(failure(await secretary.ask('chairing:set', { meetingId: meeting.id, locked: true }))).toMatchObject({ reason: 'meeting-ended' })
})
