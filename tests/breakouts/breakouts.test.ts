import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { breakoutSchema, dealOut, groupOf } from '../../shared/breakouts.ts'
import { ask, call, come, give, member } from '../floor/rooms.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { bySites, group, open, threeSites } from './rounds.ts'

let app: TestApp
let secretary: Person
let clockOffsetMs = 0
beforeAll(async () => {
  app = await startApp({ now: () => new Date(Date.now() + clockOffsetMs) })
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

async function gathered() {
  const meeting = await makeMeeting(secretary, threeSites())
  const chair = await come(await app.person({ name: '主持人', grants: [inMeeting('moderator', meeting.id)] }), meeting, null)
  const [qian, lu, zhou] = [
    await member(app, meeting, '钱建国', 0),
    await member(app, meeting, '陆雅琴', 1),
    await member(app, meeting, '周明', 2),
  ]
  return { meeting, chair, qian, lu, zhou }
}

test('groups are opened for a time, seen by everybody in the room, and read again after a reload', async () => {
  const { meeting, chair, qian } = await gathered()
  const heard = qian.person.next('breakout:changed')
  const breakout = await open(chair.person, meeting)
  expect(breakoutSchema.parse(breakout)).toEqual(breakout)
  expect(await heard).toEqual(breakout)
  expect(Date.parse(breakout.endsAt) - Date.parse(breakout.openedAt)).toBe(600_000)
  expect(await qian.person.get(`/api/meetings/${meeting.id}/breakouts`)).toEqual([breakout])
  const joined = value(await qian.person.ask('room:join', { meetingId: meeting.id, joinId: v7(), siteId: meeting.sites[0]!.id }))
  expect(joined.breakout).toEqual(breakout)
})

test('opened twice with one id it is one round, and another is refused while it is open', async () => {
  const { meeting, chair } = await gathered()
  const wish = { id: v7(), meetingId: meeting.id, minutes: 5, plan: bySites(meeting) }
  const [first, second] = await Promise.all([chair.person.ask('breakout:open', wish), chair.person.ask('breakout:open', wish)])
  expect(value(first)).toEqual(value(second))
  expect(failure(await secretary.ask('breakout:open', { ...wish, id: v7() }))).toEqual({ code: 'conflict', reason: 'groups-are-open' })
  const other = await makeMeeting(secretary, threeSites())
  expect(failure(await secretary.ask('breakout:open', { ...wish, meetingId: other.id })).reason).toBe('id-taken')
  const taken = { outsideIds: [], groups: [{ ...group('甲'), id: wish.plan.groups[0]!.id }] }
  expect(failure(await secretary.ask('breakout:open', { id: v7(), meetingId: other.id, minutes: 5, plan: taken })).reason).toBe('id-taken')
  expect(await secretary.get(`/api/meetings/${other.id}/breakouts`)).toEqual([])
})

test.each([
  ['a site of another meeting', () => ({ outsideIds: [], groups: [group('甲', { siteIds: [v7()] })] }), 'not-of-this-meeting'],
  ['somebody of another meeting', () => ({ outsideIds: [v7()], groups: [group('甲')] }), 'not-of-this-meeting'],
  ['an agenda item of another meeting', () => ({ outsideIds: [], groups: [group('甲', { agendaItemId: v7() })] }), 'not-of-this-meeting'],
  ['no group at all', () => ({ outsideIds: [], groups: [] }), 'invalid-input'],
  ['two groups of one name', () => ({ outsideIds: [], groups: [group('甲'), group('甲')] }), 'invalid-input'],
  [
    'somebody in two groups',
    () => {
      const participantIds = [v7()]
      return { outsideIds: [], groups: [group('甲', { participantIds }), group('乙', { participantIds })] }
    },
    'invalid-input',
  ],
])('a plan with %s is refused', async (_, plan, reason) => {
  const meeting = await makeMeeting(secretary, threeSites())
  expect(failure(await secretary.ask('breakout:open', { id: v7(), meetingId: meeting.id, minutes: 5, plan: plan() }))).toMatchObject({
    code: 'invalid-input',
    reason,
  })
})

test('only the chair’s side opens, extends, places, announces, speaks to all and calls back', async () => {
  const { meeting, chair, qian } = await gathered()
  const strangers = [app.stranger(), await app.visitor(), await app.person({ grants: [inMeeting('moderator', v7())] })]
  const wish = { id: v7(), meetingId: meeting.id, minutes: 5, plan: bySites(meeting) }
  for (const person of [...strangers, qian.person]) {
    expect(['not-signed-in', 'not-allowed']).toContain(failure(await person.ask('breakout:open', wish)).code)
  }
  const { id: breakoutId, endsAt, groups } = await open(chair.person, meeting)
  for (const person of [...strangers, qian.person]) {
    for (const answer of [
      await person.ask('breakout:extend', { breakoutId, minutes: 5, endsAt }),
      await person.ask('breakout:place', { breakoutId, participantId: qian.id, groupId: groups[1]!.id }),
      await person.ask('breakout:announce', { breakoutId, id: v7(), text: '请抓紧时间' }),
      await person.ask('breakout:voice', { breakoutId, on: true }),
      await person.ask('breakout:close', { breakoutId }),
    ]) {
      expect(['not-signed-in', 'not-allowed']).toContain(failure(answer).code)
    }
  }
  for (const person of strangers) {
    expect(failure(await person.ask('breakout:go', { breakoutId, groupId: null })).code).toMatch(/^not-/)
    expect(failure(await person.ask('breakout:note', { groupId: groups[0]!.id, text: '无', version: 0 })).code).toMatch(/^not-/)
    await expect(person.get(`/api/meetings/${meeting.id}/breakouts`)).rejects.toMatchObject({
      error: { code: expect.stringMatching(/^not-/) },
    })
    await expect(person.get(`/api/meetings/${meeting.id}/breakout-notes`)).rejects.toThrow()
  }
})

test('groups need a live meeting, and end with it', async () => {
  const scheduled = await makeMeeting(secretary, { live: false, ...threeSites() })
  const wish = { id: v7(), meetingId: scheduled.id, minutes: 5, plan: bySites(scheduled) }
  expect(failure(await secretary.ask('breakout:open', wish)).reason).toBe('meeting-not-live')
  const { meeting, chair } = await gathered()
  const { id } = await open(chair.person, meeting)
  value(await secretary.ask('meeting:end', { meetingId: meeting.id }))
  const [round] = await secretary.get<{ id: string; closedAt: string | null }[]>(`/api/meetings/${meeting.id}/breakouts`)
  expect(round).toMatchObject({ id, closedAt: expect.any(String) })
})

test('whoever speaks is done when groups open, and the word cannot be given before all are back', async () => {
  const { meeting, chair, qian, lu } = await gathered()
  await call(chair, meeting, qian)
  const requestId = await ask(lu, meeting)
  const { id: breakoutId } = await open(chair.person, meeting)
  expect(await qian.person.get(`/api/meetings/${meeting.id}/floor`)).toMatchObject({ current: null, requests: [{ id: requestId }] })
  const refused = await chair.person.ask('floor:give', { meetingId: meeting.id, requestId, speechId: v7() })
  expect(failure(refused)).toEqual({ code: 'conflict', reason: 'groups-are-open' })
  value(await chair.person.ask('breakout:close', { breakoutId }))
  expect(await give(chair, meeting, requestId)).toMatchObject({ current: { name: '陆雅琴' } })
})

test('more time is given once however often it is asked for, and not on top of a change that was not seen', async () => {
  const { meeting, chair } = await gathered()
  const { id: breakoutId, endsAt } = await open(chair.person, meeting)
  const wish = { breakoutId, minutes: 5 as const, endsAt }
  const extended = value(await chair.person.ask('breakout:extend', wish))
  expect(Date.parse(extended.endsAt) - Date.parse(endsAt)).toBe(300_000)
  expect(value(await chair.person.ask('breakout:extend', wish))).toEqual(extended)
  expect(failure(await chair.person.ask('breakout:extend', { ...wish, minutes: 1 })).reason).toBe('changed-meanwhile')
})

test('when the time is up all are called back by themselves', async () => {
  const { meeting, chair, qian } = await gathered()
  const { id } = await open(chair.person, meeting, bySites(meeting), 1)
  const back = qian.person.next('breakout:changed', ({ closedAt }) => closedAt !== null)
  try {
    clockOffsetMs = 61_000
    expect(await back).toMatchObject({ id, closedAt: expect.any(String), voiceId: null })
  } finally {
    clockOffsetMs = 0
  }
  expect(failure(await chair.person.ask('breakout:announce', { breakoutId: id, id: v7(), text: '晚了' })).reason).toBe('groups-are-closed')
  const again = value(await chair.person.ask('breakout:close', { breakoutId: id }))
  expect(again.closedAt).not.toBeNull()
})

test('the next round is newer than the last, whatever happened in it', async () => {
  const { meeting, chair } = await gathered()
  const first = await open(chair.person, meeting)
  const closed = value(await chair.person.ask('breakout:close', { breakoutId: first.id }))
  expect((await open(chair.person, meeting)).version).toBeGreaterThan(closed.version)
})

test('whoever has no group chooses one, once; the chair’s side goes where it likes', async () => {
  const { meeting, chair, qian } = await gathered()
  const late = await member(app, meeting, '迟到', null)
  const { id: breakoutId, groups } = await open(chair.person, meeting)
  const [first, second] = [groups[0]!.id, groups[1]!.id]
  const went = value(await late.person.ask('breakout:go', { breakoutId, groupId: second }))
  expect(groupOf(went, { id: late.id, siteId: null })).toBe(second)
  expect(value(await late.person.ask('breakout:go', { breakoutId, groupId: second }))).toEqual(went)
  const refusal = { code: 'conflict', reason: 'has-a-group' }
  expect(failure(await late.person.ask('breakout:go', { breakoutId, groupId: first }))).toEqual(refusal)
  expect(failure(await qian.person.ask('breakout:go', { breakoutId, groupId: second }))).toEqual(refusal)
  expect(failure(await qian.person.ask('breakout:go', { breakoutId, groupId: v7() })).reason).toBe('no-such-group')
  for (const groupId of [first, second, null]) {
    const visiting = value(await chair.person.ask('breakout:go', { breakoutId, groupId }))
    expect(groupOf(visiting, { id: chair.id, siteId: null })).toBe(groupId)
  }
  // Somebody with the right who never entered is nowhere.
  expect(failure(await secretary.ask('breakout:go', { breakoutId, groupId: first })).reason).toBe('not-in-the-room')
})

test('the chair puts somebody into another group, or outside of all', async () => {
  const { meeting, chair, zhou } = await gathered()
  const { id: breakoutId, groups } = await open(chair.person, meeting)
  const where = { id: zhou.id, siteId: meeting.sites[2]!.id }
  for (const groupId of [groups[0]!.id, null]) {
    const placed = value(await chair.person.ask('breakout:place', { breakoutId, participantId: zhou.id, groupId }))
    expect(groupOf(placed, where)).toBe(groupId)
  }
  expect(failure(await chair.person.ask('breakout:place', { breakoutId, participantId: v7(), groupId: null })).reason).toBe(
    'no-such-participant',
  )
  expect(failure(await chair.person.ask('breakout:place', { breakoutId: v7(), participantId: zhou.id, groupId: null })).reason).toBe(
    'no-such-breakout',
  )
})

test('an announcement reaches every group once, however often it is sent', async () => {
  const { meeting, chair, qian, zhou } = await gathered()
  const { id: breakoutId } = await open(chair.person, meeting)
  const heard = [qian, zhou].map(({ person }) => person.next('breakout:changed', ({ announcement }) => announcement !== null))
  const wish = { breakoutId, id: v7(), text: '还有五分钟，请各组确定汇报人' }
  const told = value(await chair.person.ask('breakout:announce', wish))
  for (const breakout of await Promise.all(heard)) {
    expect(breakout.announcement).toMatchObject({ id: wish.id, text: wish.text, name: '主持人' })
  }
  expect(value(await chair.person.ask('breakout:announce', wish))).toEqual(told)
  expect(failure(await chair.person.ask('breakout:announce', { ...wish, id: v7(), text: '  ' })).code).toBe('invalid-input')
})

test('one voice speaks to all at a time; whoever has left does not hold it', async () => {
  const { meeting, chair } = await gathered()
  const second = await come(await app.person({ name: '第二主持', grants: [inMeeting('moderator', meeting.id)] }), meeting, null)
  const { id: breakoutId } = await open(chair.person, meeting)
  expect(value(await chair.person.ask('breakout:voice', { breakoutId, on: true })).voiceId).toBe(chair.id)
  expect(failure(await second.person.ask('breakout:voice', { breakoutId, on: true })).reason).toBe('another-speaks-to-all')
  value(await chair.person.ask('room:leave', {}))
  expect(value(await second.person.ask('breakout:voice', { breakoutId, on: true })).voiceId).toBe(second.id)
  expect(failure(await secretary.ask('breakout:voice', { breakoutId, on: true })).reason).toBe('not-in-the-room')
  // Anybody of the chair's side can end it.
  expect(value(await secretary.ask('breakout:voice', { breakoutId, on: false })).voiceId).toBeNull()
})

test('a group writes down what it came to, also after all are back; two who write at once do not overwrite each other', async () => {
  const { meeting, chair, qian, lu, zhou } = await gathered()
  const { id: breakoutId, groups } = await open(chair.person, meeting)
  const groupId = groups[0]!.id
  const heard = zhou.person.next('breakout-note:changed')
  const first = value(await qian.person.ask('breakout:note', { groupId, text: '建议两地共用一套水质标准。', version: 0 }))
  expect(await heard).toEqual(first)
  expect(first).toMatchObject({ by: '钱建国', version: 1 })
  expect(value(await qian.person.ask('breakout:note', { groupId, text: first.text, version: 0 }))).toEqual(first)
  expect(failure(await lu.person.ask('breakout:note', { groupId, text: '另一份', version: 0 }))).toEqual({
    code: 'conflict',
    reason: 'note-changed-meanwhile',
  })
  expect(failure(await zhou.person.ask('breakout:note', { groupId, text: '外人', version: 1 }))).toEqual({
    code: 'not-allowed',
    reason: 'not-your-group',
  })
  value(await chair.person.ask('breakout:close', { breakoutId }))
  value(await lu.person.ask('breakout:note', { groupId, text: `${first.text}由渡口村试行。`, version: 1 }))
  const recorder = await app.person({ name: '记录员', grants: [inMeeting('recorder', meeting.id)] })
  value(await recorder.ask('breakout:note', { groupId, text: '经整理。', version: 2 }))
  const observer = await app.person({ grants: [inMeeting('observer', meeting.id)] })
  expect(failure(await observer.ask('breakout:note', { groupId, text: '旁听', version: 3 })).code).toBe('not-allowed')
  expect(await observer.get(`/api/meetings/${meeting.id}/breakout-notes`)).toMatchObject([
    { groupId, text: '经整理。', by: '记录员' },
    { groupId: groups[1]!.id, text: '', by: null },
  ])
  expect(failure(await qian.person.ask('breakout:note', { groupId, text: '长'.repeat(4_001), version: 3 })).code).toBe('invalid-input')
})

test('a call from inside a group lies before the chair', async () => {
  const { meeting, chair, zhou } = await gathered()
  await open(chair.person, meeting)
  const desk = chair.person.next('chair-desk:changed', ({ calls }) => calls.length > 0)
  value(await zhou.person.ask('call:send', { id: v7(), meetingId: meeting.id, kind: 'visit', text: '请主持人来一下' }))
  expect((await desk).calls).toMatchObject([{ kind: 'visit', name: '周明', text: '请主持人来一下' }])
})

test('dealt out evenly, groups differ by one at most and those of a site are spread', () => {
  const people = Array.from({ length: 11 }, (_, index) => ({ id: `p${index}`, siteId: index < 4 ? 'a' : index < 8 ? 'b' : null }))
  const groups = dealOut(people, 3)
  expect(groups.map((one) => one.length).sort()).toEqual([3, 4, 4])
  expect(new Set(groups.flat())).toEqual(new Set(people))
  for (const one of groups) expect(one.some(({ siteId }) => siteId === 'a')).toBe(true)
})

test('every step is in the audit trail', async () => {
  const { meeting, chair, qian } = await gathered()
  const { id: breakoutId, groups } = await open(chair.person, meeting)
  value(await chair.person.ask('breakout:place', { breakoutId, participantId: qian.id, groupId: groups[1]!.id }))
  value(await chair.person.ask('breakout:voice', { breakoutId, on: true }))
  value(await chair.person.ask('breakout:close', { breakoutId }))
  const { rows } = await app.db.pool.query(
    `select action from audit_entries where details->>'meetingId' = $1 and action like 'breakout:%' order by id`,
    [meeting.id],
  )
  expect(rows.map(({ action }) => action)).toEqual(['breakout:open', 'breakout:place', 'breakout:voice', 'breakout:close'])
})
