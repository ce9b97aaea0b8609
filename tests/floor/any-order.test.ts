import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Floor, floorSchema, type Speech } from '../../shared/floor.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { ask, chairedMeeting, give, type Inside, member } from './rooms.ts'

let app: TestApp
let secretary: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

const floorOf = (person: Person, meeting: Meeting) => person.get<Floor>(`/api/meetings/${meeting.id}/floor`)

/** Keeps the newest floor that a person has heard of, and every version of it. */
function follow({ person }: Inside) {
  const heard: Floor[] = []
  person.socket.on('news', (items) => {
    for (const [name, payload] of items) if (name === 'floor:changed') heard.push(payload)
  })
  return { heard, latest: () => heard.reduce((newest, floor) => (floor.version > newest.version ? floor : newest)) }
}

type Step = { who: number; what: 'request' | 'withdraw' | 'give' | 'end'; which: number }

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(3),
  what: fc.constantFrom('request', 'request', 'withdraw', 'give', 'give', 'end'),
  which: fc.nat(9),
})
/** Steps that are sent at once, several such moments one after the other. */
const moments = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })

test('whatever anybody does in whatever order, one speaks at a time, versions grow, and everybody comes to see the same', {
  timeout: 120_000,
}, async () => {
  const numRuns = Number(process.env.FLOOR_RUNS ?? 6)
  await fc.assert(
    fc.asyncProperty(moments, async (all) => {
      const { meeting, chair } = await chairedMeeting(app, secretary)
      const others = [await member(app, meeting, '甲', 0), await member(app, meeting, '乙', 1), await member(app, meeting, '丙', null)]
      const people = [chair, ...others]
      const views = people.map(follow)
      const requests = [v7()]
      const doing = async ({ who, what, which }: Step) => {
        const { person } = people[who]!
        const requestId = requests[which % requests.length]!
        const meetingId = meeting.id
        if (what === 'end') return person.ask('floor:end', { meetingId })
        if (what === 'withdraw') return person.ask('floor:withdraw', { meetingId, requestId })
        if (what === 'give') return person.ask('floor:give', { meetingId, requestId, speechId: v7() })
        const id = v7()
        requests.push(id)
        return person.ask('floor:request', { id, meetingId, kind: 'contribution' })
      }
      for (const steps of all) {
        const results = await Promise.all(steps.map(doing))
        for (const result of results) {
          if (result.ok) floorSchema.parse(result.value)
          else expect(['not-allowed', 'not-found', 'conflict']).toContain(result.error.code)
        }
      }
      const truth = await floorOf(chair.person, meeting)
      const speeches = await chair.person.get<Speech[]>(`/api/meetings/${meeting.id}/speeches`)
      expect(speeches.filter((speech) => speech.endedAt === null).map((speech) => speech.id)).toEqual(
        truth.current ? [truth.current.id] : [],
      )
      // None began before the one before it had ended.
      for (const [n, speech] of speeches.entries()) if (n > 0) expect(speech.startedAt >= speeches[n - 1]!.endedAt!).toBe(true)
      expect(new Set(truth.requests.map((request) => request.participantId)).size).toBe(truth.requests.length)
      for (const view of views) {
        if (truth.version > 1 && view.heard.length > 0) await eventually(() => expect(view.latest()).toEqual(truth))
        const versions = view.heard.map((floor) => floor.version)
        expect(new Set(versions).size).toBe(versions.length)
      }
      value(await chair.person.ask('meeting:end', { meetingId: meeting.id }))
      const after = await chair.person.get<Speech[]>(`/api/meetings/${meeting.id}/speeches`)
      expect(after.every((speech) => speech.endedAt !== null)).toBe(true)
      expect(await floorOf(chair.person, meeting)).toMatchObject({ requests: [], current: null })
    }),
    { numRuns, endOnFailure: true, interruptAfterTimeLimit: 100_000 },
  )
})

test('asking, giving and ending again, as after a lost answer, does nothing twice', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const speaker = await member(app, meeting, '甲')
  const wish = { id: v7(), meetingId: meeting.id, kind: 'question' as const }
  const [first, again] = await Promise.all([speaker.person.ask('floor:request', wish), speaker.person.post('floor:request', wish)])
  expect(value(again)).toEqual(value(first))
  expect(failure(await speaker.person.ask('floor:request', { ...wish, id: v7() }))).toEqual({ code: 'conflict', reason: 'already-waiting' })
  const turn = { meetingId: meeting.id, requestId: wish.id, speechId: v7() }
  const given = await Promise.all([chair.person.ask('floor:give', turn), chair.person.ask('floor:give', turn)])
  expect(value(given[1]!)).toEqual(value(given[0]!))
  expect(value(given[0]!)).toMatchObject({ requests: [], current: { id: turn.speechId, participantId: speaker.id } })
  const ended = await Promise.all([1, 2].map(() => speaker.person.ask('floor:end', { meetingId: meeting.id })))
  expect(value(ended[1]!)).toEqual(value(ended[0]!))
})

test('of several chairs who give the word at once, each speech ends as the next begins', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const speakers = [await member(app, meeting, '甲'), await member(app, meeting, '乙'), await member(app, meeting, '丙')]
  const requests = await Promise.all(speakers.map((speaker) => ask(speaker, meeting)))
  await Promise.all(requests.map((request) => give(chair, meeting, request)))
  const speeches = await chair.person.get<Speech[]>(`/api/meetings/${meeting.id}/speeches`)
  expect(speeches).toHaveLength(3)
  expect(speeches.filter((speech) => speech.endedAt === null)).toHaveLength(1)
})

test('only the chair gives the word; everybody withdraws and gives back their own, and nobody another’s', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const [one, other] = [await member(app, meeting, '甲'), await member(app, meeting, '乙')]
  const request = await ask(one, meeting)
  const turn = { meetingId: meeting.id, requestId: request, speechId: v7() }
  const strangers: [Person, string][] = [
    [other.person, 'not-allowed'],
    [await app.visitor(), 'not-allowed'],
    [app.stranger(), 'not-signed-in'],
  ]
  for (const [person, code] of [...strangers, [one.person, 'not-allowed'] as const])
    expect(failure(await person.ask('floor:give', turn))).toMatchObject({ code })
  for (const [person, code] of strangers)
    expect(failure(await person.ask('floor:withdraw', { meetingId: meeting.id, requestId: request }))).toMatchObject({ code })
  await give(chair, meeting, request)
  for (const [person, code] of strangers) expect(failure(await person.ask('floor:end', { meetingId: meeting.id }))).toMatchObject({ code })
  expect(value(await one.person.ask('floor:end', { meetingId: meeting.id })).current).toBeNull()
  const second = await ask(one, meeting)
  expect(value(await one.person.ask('floor:withdraw', { meetingId: meeting.id, requestId: second })).requests).toEqual([])
  const third = await ask(one, meeting)
  expect(value(await chair.person.ask('floor:withdraw', { meetingId: meeting.id, requestId: third })).requests).toEqual([])
})

test('whoever never entered the room cannot ask, and the floor of a meeting that is not live is closed', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const wish = () => ({ id: v7(), meetingId: meeting.id, kind: 'contribution' as const })
  expect(failure(await secretary.ask('floor:request', wish()))).toEqual({ code: 'conflict', reason: 'not-in-the-room' })
  for (const person of [app.stranger(), await app.visitor()])
    await expect(floorOf(person, meeting)).rejects.toMatchObject({ error: { code: expect.stringMatching(/not-/) } })
  const request = await ask(chair, meeting)
  value(await secretary.ask('meeting:end', { meetingId: meeting.id }))
  for (const refused of [
    await chair.person.ask('floor:request', wish()),
    await chair.person.ask('floor:give', { meetingId: meeting.id, requestId: request, speechId: v7() }),
  ]) {
    expect(failure(refused)).toEqual({ code: 'conflict', reason: 'meeting-not-live' })
  }
})

test('a meeting that ends while people ask for the word ends with nobody waiting and nobody speaking', async () => {
  const { meeting, chair } = await chairedMeeting(app, secretary)
  const people = [await member(app, meeting, '甲'), await member(app, meeting, '乙'), await member(app, meeting, '丙')]
  const asking = people.map(({ person }) => person.post('floor:request', { id: v7(), meetingId: meeting.id, kind: 'contribution' }))
  const [ended, ...asked] = await Promise.all([secretary.post('meeting:end', { meetingId: meeting.id }), ...asking])
  expect(value(ended)).toMatchObject({ status: 'ended' })
  for (const result of asked) if (!result.ok) expect(result.error).toEqual({ code: 'conflict', reason: 'meeting-not-live' })
  expect(await floorOf(chair.person, meeting)).toMatchObject({ requests: [], current: null })
})
