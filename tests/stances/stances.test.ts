import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { type MyStances, myStancesSchema, type NextCards, nextCardsSchema, type StanceCounts } from '../../shared/stances.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let moderator: Person
let author: Person
let citizen: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  moderator = await app.person({ name: '主持', grants: [inRegion('moderator', districts.nanxun), inRegion('secretary', districts.nanxun)] })
  author = await app.visitor()
  citizen = await app.visitor()
})
afterAll(() => app?.close())

/** A live meeting with published suggestions of one author. */
async function hall(count: number): Promise<{ meeting: Meeting; ids: string[] }> {
  const meeting = await makeMeeting(moderator, { suggestionPolicy: 'immediate' })
  const ids = Array.from({ length: count }, () => v7())
  for (const id of ids) value(await author.post('suggestion:post', { id, meetingId: meeting.id, text: `加一班船 ${id.slice(-4)}` }))
  return { meeting, ids }
}

const next = (person: Person, meeting: Meeting, limit = 10) =>
  person.get<NextCards>(`/api/meetings/${meeting.id}/stances/next?limit=${limit}`)
const mine = (person: Person, meeting: Meeting) => person.get<MyStances>(`/api/meetings/${meeting.id}/stances/mine`)
const countsOf = (person: Person, meeting: Meeting) => person.get<StanceCounts[]>(`/api/meetings/${meeting.id}/stances/counts`)

test('cards come one after the other, never one’s own and never one that was voted on, until none is left', async () => {
  const { meeting, ids } = await hall(3)
  expect(await next(author, meeting)).toEqual({ cards: [], given: 0, total: 0 })
  const seen: string[] = []
  for (let given = 0; given < 3; given++) {
    const page = nextCardsSchema.parse(await next(citizen, meeting, 1))
    expect(page).toMatchObject({ given, total: 3 })
    const card = page.cards[0]!
    seen.push(card.id)
    expect(value(await citizen.post('stance:give', { suggestionId: card.id, stance: 'pass' }))).toEqual({
      suggestionId: card.id,
      stance: 'pass',
    })
  }
  expect(seen.sort()).toEqual([...ids].sort())
  expect(await next(citizen, meeting)).toEqual({ cards: [], given: 3, total: 3 })
  expect((await next(app.stranger(), meeting)).cards).toHaveLength(3)
})

test('a stance may be changed, is counted once, and the chair’s side hears the counts, the public and the room only of supports', async () => {
  const { meeting, ids } = await hall(1)
  const suggestionId = ids[0]!
  const phone = app.stranger()
  const member = await app.person({ grants: [inMeeting('member', meeting.id)] })
  value(await moderator.ask('meeting:watch', { meetingId: meeting.id }))
  const heard = new Map<Person, object[]>([phone, member].map((person) => [person, []]))
  for (const [person, list] of heard) {
    value(await person.ask('meeting:watch', { meetingId: meeting.id }))
    person.socket.on('news', (items) => {
      for (const [name, payload] of items) if (name === 'suggestions:counted') list.push(...payload)
    })
  }
  value(await citizen.post('stance:give', { suggestionId, stance: 'agree' }))
  const told = moderator.next('suggestions:counted', ([one]) => one?.id === suggestionId)
  value(await citizen.post('stance:give', { suggestionId, stance: 'disagree' }))
  expect(await told).toEqual([{ id: suggestionId, supports: 1, agrees: 0, disagrees: 1, passes: 0 }])
  expect(await countsOf(moderator, meeting)).toEqual([{ suggestionId, agrees: 0, disagrees: 1, passes: 0 }])

  const counted = [phone, member].map((person) => person.next('suggestions:counted'))
  value(await citizen.post('suggestion:support', { suggestionId, supported: true }))
  for (const news of counted) expect(await news).toEqual([{ id: suggestionId, supports: 2 }])
  for (const list of heard.values()) expect(list).toEqual([{ id: suggestionId, supports: 2 }])
})

test('an older vote that comes late changes nothing, and tells what counts', async () => {
  const { meeting, ids } = await hall(1)
  const suggestionId = ids[0]!
  const [first, second] = [v7(), v7()]
  value(await citizen.post('stance:give', { suggestionId, stance: 'disagree', commandId: second }))
  for (const commandId of [first, second])
    expect(value(await citizen.post('stance:give', { suggestionId, stance: 'agree', commandId }))).toEqual({
      suggestionId,
      stance: 'disagree',
    })
  expect(await app.services.stances.votesOf(meeting.id)).toMatchObject([{ accountId: citizen.accountId, suggestionId, stance: 'disagree' }])
})

test('results are told only after enough votes, and only of what one has voted on', async () => {
  const { meeting, ids } = await hall(6)
  const other = await app.visitor()
  const counted = moderator.next('suggestions:counted', (counts) => counts.some((one) => one.id === ids[0] && one.agrees === 1))
  value(await moderator.ask('meeting:watch', { meetingId: meeting.id }))
  value(await other.post('stance:give', { suggestionId: ids[0]!, stance: 'agree' }))
  await counted
  for (const [n, suggestionId] of ids.slice(0, 5).entries()) {
    const before = myStancesSchema.parse(await mine(citizen, meeting))
    expect(before).toMatchObject({ given: n, total: 6, needed: 5 })
    expect(before.stances.map((one) => one.counts)).toEqual(Array(n).fill(null))
    value(await citizen.post('stance:give', { suggestionId, stance: 'disagree' }))
  }
  const after = await mine(citizen, meeting)
  expect(after.stances).toHaveLength(5)
  expect(after.stances.at(-1)).toMatchObject({ suggestion: { id: ids[0] }, stance: 'disagree', counts: { agrees: 1 } })
  for (const person of [citizen, app.stranger(), author]) {
    await expect(countsOf(person, meeting)).rejects.toMatchObject({ status: person.accountId ? 403 : 401 })
    await expect(person.get(`/api/meetings/${meeting.id}/stances/contested`)).rejects.toMatchObject({
      status: person.accountId ? 403 : 401,
    })
  }
  expect(await mine(app.stranger(), meeting)).toMatchObject({ given: 0, stances: [] })
})

test('what divides people most comes first for the room', async () => {
  const { meeting, ids } = await hall(3)
  const member = await app.person({ grants: [inMeeting('member', meeting.id)] })
  value(await moderator.ask('meeting:watch', { meetingId: meeting.id }))
  const voters = await Promise.all([1, 2, 3, 4].map(() => app.visitor()))
  const say = async (suggestionId: string, stances: string) => {
    for (const [n, letter] of [...stances].entries())
      value(await voters[n]!.post('stance:give', { suggestionId, stance: letter === '+' ? 'agree' : 'disagree' }))
  }
  const counted = moderator.next('suggestions:counted', (counts) => counts.some((one) => one.id === ids[1] && one.disagrees === 2))
  await say(ids[0]!, '++++')
  await say(ids[2]!, '+++-')
  await say(ids[1]!, '++--')
  await counted
  const contestedTo = (person: Person) => person.get<Suggestion[]>(`/api/meetings/${meeting.id}/stances/contested`)
  expect((await contestedTo(moderator)).map((suggestion) => suggestion.id)).toEqual([ids[1], ids[2]])

  // A member of the room votes first, as everybody does; an ended meeting waits for nobody.
  const late = await app.person({ grants: [inMeeting('observer', meeting.id)] })
  for (const suggestionId of ids) {
    for (const read of [contestedTo, (person: Person) => countsOf(person, meeting)])
      await expect(read(member)).rejects.toMatchObject({ status: 403, error: { reason: 'vote-first' } })
    value(await member.post('stance:give', { suggestionId, stance: 'pass' }))
  }
  expect((await contestedTo(member)).map((suggestion) => suggestion.id)).toEqual([ids[1], ids[2]])
  expect(await countsOf(member, meeting)).toHaveLength(3)
  await expect(countsOf(late, meeting)).rejects.toMatchObject({ error: { reason: 'vote-first' } })
  value(await moderator.post('meeting:end', { meetingId: meeting.id }))
  expect(await countsOf(late, meeting)).toHaveLength(3)
  await expect(countsOf(citizen, meeting)).rejects.toMatchObject({ error: { reason: 'not-allowed' } })
})

test('only what is public can be judged, while the meeting is live, by somebody with a session', async () => {
  const meeting = await makeMeeting(moderator)
  const suggestionId = v7()
  value(await author.post('suggestion:post', { id: suggestionId, meetingId: meeting.id, text: '等待公开' }))
  const vote = { suggestionId, stance: 'agree' as const }
  const support = { suggestionId, supported: true }
  const both = async (person: Person) => [
    failure(await person.post('stance:give', vote)),
    failure(await person.post('suggestion:support', support)),
  ]
  expect(await both(app.stranger())).toMatchObject([{ code: 'not-signed-in' }, { code: 'not-signed-in' }])
  expect(await both(citizen)).toEqual(Array(2).fill({ code: 'conflict', reason: 'suggestion-withdrawn' }))
  expect((await next(citizen, meeting)).cards).toEqual([])
  value(await moderator.post('suggestion:publish', { suggestionId }))
  value(await citizen.post('stance:give', vote))
  value(await moderator.post('suggestion:hide', { suggestionId, reason: '重复' }))
  expect(await both(citizen)).toEqual(Array(2).fill({ code: 'conflict', reason: 'suggestion-withdrawn' }))
  expect(await app.services.stances.votesOf(meeting.id)).toEqual([])
  expect(failure(await citizen.post('stance:give', { ...vote, suggestionId: v7() }))).toMatchObject({ reason: 'no-such-suggestion' })
  expect(failure(await citizen.post('stance:give', { ...vote, stance: 'yes' as 'agree' }))).toMatchObject({ code: 'invalid-input' })
  const { meeting: ended, ids } = await hall(1)
  value(await moderator.post('meeting:end', { meetingId: ended.id }))
  for (const refused of [
    citizen.post('stance:give', { suggestionId: ids[0]!, stance: 'agree' }),
    citizen.post('suggestion:support', { suggestionId: ids[0]!, supported: true }),
  ])
    expect(failure(await refused)).toEqual({ code: 'conflict', reason: 'meeting-not-live' })
})

test('whoever listens for changes is told once the votes of a meeting are counted', async () => {
  const { meeting, ids } = await hall(1)
  const told = new Promise((resolve) => app.services.stances.onChange((meetingId) => meetingId === meeting.id && resolve(meetingId)))
  value(await citizen.post('stance:give', { suggestionId: ids[0]!, stance: 'agree' }))
  expect(await told).toBe(meeting.id)
})
