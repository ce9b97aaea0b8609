import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { guardCommands, guardQueries } from '../../shared/guard.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { queueCommands, queueQueries } from '../../shared/queue.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
let meeting: Meeting
let card: Suggestion

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
  meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' })
  card = await post(await app.visitor(), '渡口加一班船')
})
afterAll(() => app?.close())

const post = async (person: Person, text: string) =>
  value(await person.post('suggestion:post', { id: v7(), meetingId: meeting.id, text })).suggestion

/** Everything that is on record, and what was given, in numbers. */
async function stored() {
  const { rows } = await app.db.pool.query(`select (select count(*) from supports) as supports, (select count(*) from stances) as stances,
    (select count(*) from poll_answers) as answers, (select count(*) from barred_devices) as barred, (select count(*) from suggestion_claims) as claims,
    (select count(*) from audit_entries) as trail`)
  return rows[0]
}

test('a barred device supports nothing, judges nothing and answers no poll, until it is let in again', async () => {
  const rude = await app.visitor()
  const { id: suggestionId } = await post(rude, '骂人的话')
  const poll = value(
    await secretary.post('poll:open', {
      id: v7(),
      meetingId: meeting.id,
      kind: 'single',
      question: '先改哪一样？',
      options: ['船', '灯'],
      results: 'answered',
    }),
  )
  const bar = value(await secretary.post('guard:bar', { id: v7(), suggestionId, reason: '辱骂他人' }))
  const before = await stored()
  const wishes = [
    ['suggestion:support', { suggestionId: card.id, supported: true }],
    ['stance:give', { suggestionId: card.id, stance: 'agree' }],
    ['poll:answer', { id: v7(), pollId: poll.id, choices: [0] }],
  ] as const
  const refused = { code: 'not-allowed', reason: 'barred' }
  for (const [command, wish] of wishes) {
    expect([command, failure(await rude.post(command, wish as never))]).toEqual([command, refused])
    expect([command, failure(await rude.ask(command, wish as never))]).toEqual([command, refused])
  }
  expect(await stored()).toEqual(before)
  value(await secretary.post('guard:unbar', { barredDeviceId: bar.id }))
  for (const [command, wish] of wishes) value(await rude.post(command, wish as never))
  const after = await stored()
  for (const what of ['supports', 'stances', 'answers'] as const)
    expect([what, Number(after[what])]).toEqual([what, Number(before[what]) + 1])
})

test('whoever moderates another meeting or another region moderates nothing here', async () => {
  const { id: suggestionId } = await post(await app.visitor(), '看 example.com')
  const bar = value(await secretary.post('guard:bar', { id: v7(), suggestionId, reason: '广告' }))
  const other = await makeMeeting(secretary)
  const meetingId = meeting.id
  // Every command of both tables: one that comes later without a line here does not compile.
  const wishes: Record<keyof typeof guardCommands | keyof typeof queueCommands, object> = {
    'guard:set-rules': { regionCode: districts.nanxun, words: ['渡口'], links: null, domains: [], version: 0 },
    'guard:bar': { id: v7(), suggestionId: card.id, reason: '乱' },
    'guard:unbar': { barredDeviceId: bar.id },
    'guard:defend': { meetingId, defence: 'on' },
    'guard:set-aside': { meetingId, findingIds: [v7()] },
    'guard:restore': { meetingId, findingIds: [v7()] },
    'queue:claim': { suggestionId, takeOver: true },
    'queue:release': { suggestionId },
    'suggestion:keep': { suggestionId, kept: true },
    'suggestion:publish-many': { meetingId, suggestionIds: [suggestionId] },
    'suggestion:reopen': { suggestionId },
  }
  const reads: Record<keyof typeof guardQueries | keyof typeof queueQueries, string> = {
    'guard-rules': `/api/guard/rules/${districts.nanxun}`,
    guard: `/api/meetings/${meetingId}/guard`,
    'barred-devices': `/api/meetings/${meetingId}/guard/barred`,
    queue: `/api/meetings/${meetingId}/queue`,
  }
  const elsewhere = await app.person({ grants: [inMeeting('moderator', other.id), inMeeting('secretary', other.id)] })
  const abroad = await app.person({ grants: [inRegion('moderator', '31'), inRegion('secretary', '31')] })
  const before = await stored()
  for (const person of [elsewhere, abroad]) {
    for (const [command, wish] of Object.entries(wishes))
      for (const refused of [await person.post(command as never, wish as never), await person.ask(command as never, wish as never)])
        expect([command, failure(refused)]).toEqual([command, { code: 'not-allowed', reason: 'not-allowed' }])
    for (const path of Object.values(reads)) await expect(person.get(path)).rejects.toMatchObject({ status: 403 })
  }
  expect(await stored()).toEqual(before)
})
