import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Finding, GuardState } from '../../shared/guard.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { giveVotes, voter } from './votes.ts'

let app: TestApp
let secretary: Person
let moderator: Person
let meeting: Meeting
let cards: string[]
let farm: string[]

const minute = 60_000
const opening = Date.parse('2026-11-23T06:00:00.000Z')

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ grants: [inRegion('secretary', districts.nanxun)] })
  moderator = await app.person({ name: '主持', grants: [inRegion('moderator', districts.wujiang)] })
  meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' } as never)
  cards = []
  for (let card = 0; card < 24; card++)
    cards.push(value(await secretary.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: `第${card}条意见` })).suggestion.id)
  // Thirty people over an hour who each see things their own way, and eight devices of one minute with one list.
  for (let who = 0; who < 30; who++) {
    const at = opening + who * 2 * minute
    await giveVotes(app, await voter(app, at), cards, (card) => ((card * 7 + who * 5) % 11 < 6 ? 'agree' : 'disagree'), at, 5_000)
  }
  farm = await Promise.all(Array.from({ length: 8 }, (_, which) => voter(app, opening + 30 * minute + which * 5_000)))
  for (const accountId of farm)
    await giveVotes(app, accountId, cards, (card) => (card % 3 === 0 ? 'agree' : 'disagree'), opening + 31 * minute, 5_000)
  const hasty = await voter(app, opening + 5 * minute)
  await giveVotes(app, hasty, cards, (card) => (card % 2 ? 'agree' : 'disagree'), opening + 6 * minute, 50)
  await app.services.guard.lookNow(meeting.id)
}, 60_000)
afterAll(() => app.close())

const state = () => moderator.get<GuardState>(`/api/meetings/${meeting.id}/guard`)
const ofKind = (guard: GuardState, kind: Finding['kind']) => guard.findings.filter((finding) => finding.kind === kind)

test('a farm is set aside by rule until somebody decides, whoever hurries is only suspected, and both results are shown', async () => {
  const guard = await state()
  expect(ofKind(guard, 'coordinated')).toMatchObject([{ state: 'set-aside', automatic: true, people: 8, votes: 192, decidedAt: null }])
  expect(ofKind(guard, 'too-fast')).toMatchObject([{ state: 'suspected', automatic: false, people: 1, votes: 24 }])
  expect(guard.people).toEqual({ with: 39, without: 31 })
  expect(guard.votes).toEqual({ with: 39 * 24, without: 31 * 24 })
  expect(guard.changed).toHaveLength(5)
  const [most] = guard.changed
  expect(most!.with.agrees + most!.with.disagrees - most!.without.agrees - most!.without.disagrees).toBe(8)
  expect(await app.services.guard.setAside(meeting.id)).toEqual(new Set(farm))
  const opinion = await moderator.get<{ setAside: number }>(`/api/meetings/${meeting.id}/opinion`)
  expect(opinion.setAside).toBe(8)
})

test('what is restored counts again, no rule sets it aside a second time, and a person may', async () => {
  const [coordinated] = ofKind(await state(), 'coordinated')
  const wish = { meetingId: meeting.id, findingIds: [coordinated!.id] }
  value(await moderator.ask('meeting:watch', { meetingId: meeting.id }))
  const told = moderator.next('guard:changed')
  const restored = value(await moderator.post('guard:restore', wish))
  expect(await told).toEqual({ meetingId: meeting.id })
  expect(ofKind(restored, 'coordinated')).toMatchObject([{ state: 'restored', decidedByName: '主持' }])
  expect(restored.votes.without).toBe(restored.votes.with)
  await app.services.guard.lookNow(meeting.id)
  expect(ofKind(await state(), 'coordinated')).toMatchObject([{ state: 'restored' }])
  expect(ofKind(value(await moderator.post('guard:set-aside', wish)), 'coordinated')).toMatchObject([{ state: 'set-aside', people: 8 }])
  value(await moderator.post('guard:set-aside', wish))
  const trail = await app.db.pool.query(`select action, actor_name from audit_entries where subject_id = $1 order by id`, [coordinated!.id])
  expect(trail.rows.map(({ action, actor_name }) => `${actor_name} ${action}`)).toEqual([
    'guard guard:set-aside',
    '主持 guard:restore',
    '主持 guard:set-aside',
  ])
})

test('one that joins a farm later is set aside with it', async () => {
  const late = await voter(app, opening + 30 * minute + 50_000)
  await giveVotes(app, late, cards, (card) => (card % 3 === 0 ? 'agree' : 'disagree'), opening + 32 * minute, 5_000)
  await app.services.guard.lookNow(meeting.id)
  expect(ofKind(await state(), 'coordinated')).toMatchObject([{ people: 9 }])
})

test('only the chair’s side decides, and only about findings of its meeting', async () => {
  const { findings } = await state()
  const wish = { meetingId: meeting.id, findingIds: findings.map(({ id }) => id) }
  for (const person of [await app.person({ grants: [inRegion('member', districts.nanxun)] }), await app.visitor()])
    for (const command of ['guard:set-aside', 'guard:restore'] as const)
      expect(failure(await person.post(command, wish))).toMatchObject({ code: 'not-allowed' })
  expect(failure(await app.stranger().post('guard:restore', wish))).toMatchObject({ code: 'not-signed-in' })
  const other = await makeMeeting(secretary)
  expect(failure(await moderator.post('guard:restore', { ...wish, meetingId: other.id }))).toMatchObject({
    code: 'not-found',
    reason: 'no-such-finding',
  })
  expect(failure(await moderator.post('guard:restore', { ...wish, findingIds: [] }))).toMatchObject({ code: 'invalid-input' })
})
