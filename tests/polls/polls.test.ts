import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../server/audit/schema.ts'
import { pollAnswers } from '../../server/polls/schema.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { mergePoll, type Poll, type PollView, pollViewSchema } from '../../shared/polls.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000)

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

const question = (meeting: Meeting, changes: Partial<Pick<Poll, 'kind' | 'question' | 'options' | 'results'>> & { id?: string } = {}) => ({
  id: v7(),
  meetingId: meeting.id,
  kind: 'single' as const,
  question: '渡口先改哪一样？',
  options: ['加早班船', '修候船亭', '装路灯'],
  results: 'answered' as const,
  ...changes,
})
const ask = async (meeting: Meeting, changes: Parameters<typeof question>[1] = {}) =>
  value(await secretary.post('poll:open', question(meeting, changes)))
const answer = (person: Person, poll: Poll, choices: number[], id = v7()) => person.post('poll:answer', { id, pollId: poll.id, choices })
const pollsOf = (person: Person, meeting: Meeting) => person.get<PollView[]>(`/api/meetings/${meeting.id}/polls`)

test('a poll goes from its question over the answers of phones and the room to its result, shown to each as the chair set it', async () => {
  const meeting = await makeMeeting(secretary)
  const [citizen, onlooker] = [await app.visitor(), app.stranger()]
  const member = await app.person({ grants: [inMeeting('member', meeting.id)] })
  for (const person of [secretary, citizen, onlooker, member]) value(await person.ask('meeting:watch', { meetingId: meeting.id }))

  const opened = onlooker.next('poll:changed')
  const wish = question(meeting)
  const poll = value(await secretary.post('poll:open', wish))
  expect(pollViewSchema.parse(poll)).toMatchObject({
    ...wish,
    agendaItemId: meeting.agenda[0]!.id,
    answered: 0,
    counts: [0, 0, 0],
    mine: null,
  })
  expect(await opened).toMatchObject({ id: poll.id, counts: null, closedAt: null })
  expect(value(await secretary.post('poll:open', wish))).toEqual(poll)
  expect(failure(await secretary.post('poll:open', question(meeting)))).toMatchObject({ code: 'conflict', reason: 'poll-runs' })

  const heard = {
    chair: secretary.next('poll:counted', ({ counts }) => counts !== null),
    answerer: citizen.next('poll:counted', ({ counts }) => counts !== null),
    onlooker: onlooker.next('poll:counted'),
  }
  const [first] = await Promise.all([answer(citizen, poll, [2]), answer(member, poll, [0])])
  expect(value(first)).toMatchObject({ mine: [2], answered: expect.any(Number), counts: expect.any(Array) })
  expect(await heard.chair).toMatchObject({ answered: 2, counts: [1, 0, 1] })
  expect(await heard.answerer).toMatchObject({ answered: 2, counts: [1, 0, 1] })
  expect(await heard.onlooker).toMatchObject({ answered: 2, counts: null })
  expect(await pollsOf(onlooker, meeting)).toMatchObject([{ answered: 2, counts: null, mine: null }])

  value(await answer(citizen, poll, [1]))
  const closed = onlooker.next('poll:changed', ({ closedAt }) => closedAt !== null)
  const result = value(await secretary.post('poll:close', { pollId: poll.id }))
  expect(result).toMatchObject({ answered: 2, counts: [1, 1, 0] })
  expect(await closed).toMatchObject({ answered: 2, counts: [1, 1, 0] })
  expect(value(await secretary.post('poll:close', { pollId: poll.id }))).toEqual(result)
  expect(await pollsOf(onlooker, meeting)).toMatchObject([{ answered: 2, counts: [1, 1, 0] }])
  expect(await pollsOf(citizen, meeting)).toMatchObject([{ mine: [1] }])
  const trail = await app.db.reader.select().from(auditEntries).where(eq(auditEntries.subjectId, poll.id))
  expect(trail.map(({ action }) => action).sort()).toEqual(['poll:answer', 'poll:answer', 'poll:answer', 'poll:close', 'poll:open'])
  // Who chose what is told to nobody, and does not stand in the trail.
  const given = trail.filter(({ action }) => action === 'poll:answer')
  expect(given.map(({ details }) => details)).toEqual([0, 1, 2].map(() => ({ meetingId: meeting.id })))
})

test.each([
  ['live', true, true],
  ['answered', false, true],
  ['closed', false, false],
] as const)('with results shown when "%s", whoever has not answered sees them: %s, whoever has: %s', async (results, before, after) => {
  const meeting = await makeMeeting(secretary)
  const poll = await ask(meeting, { results })
  const citizen = await app.visitor()
  expect((await pollsOf(citizen, meeting))[0]!.counts !== null).toBe(before)
  expect(value(await answer(citizen, poll, [0])).counts !== null).toBe(after)
  expect((await pollsOf(secretary, meeting))[0]!.counts).toEqual([1, 0, 0])
})

test('of several choices each counts, and a scale and a mood have five', async () => {
  const meeting = await makeMeeting(secretary)
  const citizen = await app.visitor()
  const multiple = await ask(meeting, { kind: 'multiple', results: 'live' })
  expect(value(await answer(citizen, multiple, [0, 2]))).toMatchObject({ answered: 1, counts: [1, 0, 1] })
  for (const kind of ['scale', 'mood'] as const) {
    value(await secretary.post('poll:close', { pollId: (await pollsOf(secretary, meeting))[0]!.id }))
    const poll = await ask(meeting, { kind, options: [], results: 'live' })
    expect(value(await answer(citizen, poll, [4]))).toMatchObject({ counts: [0, 0, 0, 0, 1] })
  }
})

test('who may not ask, answer or close is refused, and so are wrong answers and wrong moments', async () => {
  const meeting = await makeMeeting(secretary)
  const member = await app.person({ grants: [inMeeting('member', meeting.id)] })
  const elsewhere = await app.person({ grants: [inRegion('secretary', '31')] })
  for (const person of [member, elsewhere, await app.visitor()])
    expect(failure(await person.post('poll:open', question(meeting))).code).toBe('not-allowed')
  expect(failure(await app.stranger().post('poll:open', question(meeting))).code).toBe('not-signed-in')
  const poll = await ask(meeting)
  for (const person of [member, elsewhere]) expect(failure(await person.post('poll:close', { pollId: poll.id })).code).toBe('not-allowed')
  expect(failure(await app.stranger().post('poll:close', { pollId: poll.id })).code).toBe('not-signed-in')
  expect(failure(await answer(app.stranger(), poll, [0])).code).toBe('not-signed-in')
  for (const choices of [[3], [0, 1], [0, 0]])
    expect(failure(await answer(member, poll, choices))).toMatchObject({ code: 'invalid-input', fields: { choices: 'no-answer' } })
  for (const choices of [[], [-1], [0.5], [8]]) expect(failure(await answer(member, poll, choices)).code).toBe('invalid-input')
  expect(failure(await answer(member, { ...poll, id: v7() }, [0]))).toMatchObject({ reason: 'no-such-poll' })
  expect(failure(await secretary.post('poll:close', { pollId: v7() }))).toMatchObject({ reason: 'no-such-poll' })
  value(await secretary.post('poll:close', { pollId: poll.id }))
  expect(failure(await answer(member, poll, [0]))).toMatchObject({ code: 'conflict', reason: 'poll-closed' })

  for (const changes of [
    { options: ['甲'] },
    { options: ['甲', '甲'] },
    { kind: 'scale' as const },
    { question: ' ' },
    { options: ['甲', ''] },
  ])
    expect(failure(await secretary.post('poll:open', question(meeting, changes))).code).toBe('invalid-input')
  const planned = await makeMeeting(secretary, { live: false })
  expect(failure(await secretary.post('poll:open', question(planned)))).toMatchObject({ reason: 'meeting-not-live' })
  expect(failure(await secretary.post('poll:open', question(await makeMeeting(secretary), { id: poll.id })))).toMatchObject({
    reason: 'id-taken',
  })
})

test('the end of the meeting closes its poll with what was answered', async () => {
  const meeting = await makeMeeting(secretary)
  const poll = await ask(meeting)
  value(await answer(await app.visitor(), poll, [1]))
  value(await secretary.post('meeting:end', { meetingId: meeting.id }))
  expect(await pollsOf(app.stranger(), meeting)).toMatchObject([{ closedAt: expect.any(String), counts: [0, 1, 0] }])
})

test('whatever the order, and however often answers arrive, everybody counts once with their latest', { timeout: 60_000 }, async () => {
  const meeting = await makeMeeting(secretary)
  const people = await Promise.all([app.visitor(), app.visitor(), app.visitor()])
  const plan = fc.array(fc.record({ who: fc.nat(2), choice: fc.nat(2), at: fc.nat(5) }), { minLength: 1, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(plan, async (steps) => {
      const poll = await ask(meeting, { results: 'live' })
      // Ids as they were made on the phones, whatever order they arrive in; the same moment is the same command.
      const ids = Array.from({ length: 6 }, () => v7()).sort()
      const said = new Map<string, number>()
      const sent = steps.map(({ who, choice, at }) => {
        const key = `${who} ${at}`
        if (!said.has(key)) said.set(key, choice)
        return answer(people[who]!, poll, [said.get(key)!], ids[at]!)
      })
      for (const result of await Promise.all(sent)) value(result)
      const latest = people.map((_, who) => {
        const moments = steps.filter((step) => step.who === who).map(({ at }) => at)
        return moments.length === 0 ? null : said.get(`${who} ${Math.max(...moments)}`)!
      })
      const { counts, answered } = value(await secretary.post('poll:close', { pollId: poll.id }))
      expect(counts).toEqual([0, 1, 2].map((choice) => latest.filter((chosen) => chosen === choice).length))
      expect(answered).toBe(latest.filter((chosen) => chosen !== null).length)
      for (const [who, chosen] of latest.entries()) {
        const own = and(eq(pollAnswers.pollId, poll.id), eq(pollAnswers.accountId, people[who]!.accountId!))
        const rows = await app.db.reader.select().from(pollAnswers).where(own)
        expect(rows.map(({ choices }) => choices)).toEqual(chosen === null ? [] : [[chosen]])
      }
    }),
    { seed, numRuns: 15, interruptAfterTimeLimit: 40_000, endOnFailure: true },
  )
})

test('numbers that arrive late, twice or without what one may see change nothing for the worse', () => {
  const known = { id: 'a', writes: 4, version: 1, answered: 4, counts: [3, 1], closedAt: null, mine: [0] } as PollView
  expect(mergePoll(known, { id: 'a', writes: 3, answered: 3, counts: [2, 1] })).toEqual(known)
  expect(mergePoll(known, { id: 'a', writes: 6, answered: 5, counts: null })).toEqual({ ...known, writes: 6, answered: 5 })
  const closed = { ...known, writes: 6, version: 2, answered: 5, counts: [3, 2], closedAt: '2026-11-23T07:00:00.000Z' }
  const { mine: _, ...news } = closed
  expect(mergePoll(known, news)).toEqual(closed)
  expect(mergePoll(closed, { ...news, version: 1, closedAt: null })).toEqual(closed)
  expect(mergePoll(undefined, news)).toBeUndefined()
})
