import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../server/audit/schema.ts'
import { voteVoters } from '../../server/votes/schema.ts'
import type { Result } from '../../shared/commands.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { type Choice, choices, outcomeOf, type Rule, type Tallies, type Vote, voteSchema } from '../../shared/votes.ts'
import { joinWish } from '../media/joining.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

// More runs find more: FUZZ_RUNS=200 npx vitest run tests/votes; a failure is repeated with its FUZZ_SEED.
const numRuns = Number(process.env.FUZZ_RUNS ?? 12)
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)

let app: TestApp
let secretary: Person
beforeAll(async () => {
  console.log(`seed ${seed}`)
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

const come = (role: Parameters<typeof inMeeting>[0], meeting: Meeting, name = '钱建国') =>
  app.person({ name, grants: [inMeeting(role, meeting.id)] })
const enter = async (person: Person, meeting: Meeting) => value(await person.ask('room:join', joinWish(meeting))).self.id
const voters = async (meeting: Meeting, count: number) =>
  Promise.all(Array.from({ length: count }, (_, place) => come('member', meeting, `委员${place}`)))
const motion = (meeting: Meeting, changes: Partial<Rule & { id: string; secret: boolean; question: string }> = {}) => ({
  id: v7(),
  meetingId: meeting.id,
  question: '是否同意渡口增开早班船？',
  secret: false,
  majority: 'simple' as const,
  base: 'cast' as const,
  ...changes,
})
const votesOf = (person: Person, meeting: Meeting) => person.get<Vote[]>(`/api/meetings/${meeting.id}/votes`)

const tallies = (yes: number, no: number, abstain = 0): Tallies => ({ yes, no, abstain })

test.each<[Rule['majority'], Rule['base'], Tallies, number, number | null, string]>([
  ['simple', 'cast', tallies(2, 1, 9), 12, null, 'carried'],
  ['simple', 'cast', tallies(2, 2), 4, null, 'not-carried'],
  ['simple', 'cast', tallies(0, 0, 5), 5, null, 'not-carried'],
  ['simple', 'present', tallies(2, 1), 4, null, 'not-carried'],
  ['simple', 'present', tallies(3, 0), 5, null, 'carried'],
  ['two-thirds', 'cast', tallies(2, 1), 3, null, 'carried'],
  ['two-thirds', 'cast', tallies(199, 101), 300, null, 'not-carried'],
  ['two-thirds', 'cast', tallies(0, 0, 3), 3, null, 'not-carried'],
  ['two-thirds', 'present', tallies(2, 0, 1), 3, null, 'carried'],
  ['two-thirds', 'present', tallies(2, 0), 4, null, 'not-carried'],
  ['simple', 'cast', tallies(2, 0), 2, 3, 'no-quorum'],
  ['simple', 'cast', tallies(2, 0), 3, 3, 'carried'],
])('%s majority of those %s: %o of %i present, quorum %s: %s', (majority, base, given, present, quorum, outcome) => {
  expect(outcomeOf({ majority, base }, given, present, quorum)).toBe(outcome)
})

test('an open vote goes from its question to its result, which names who voted what', async () => {
  const meeting = await makeMeeting(secretary)
  const [first, second, third] = await voters(meeting, 3)
  const ids = [await enter(first!, meeting), await enter(second!, meeting), await enter(third!, meeting)]
  value(await secretary.ask('chairing:set', { meetingId: meeting.id, quorum: 3 }))
  const wish = motion(meeting)
  const opened = first!.next('vote:changed')
  const vote = value(await secretary.ask('vote:open', wish))
  expect(await opened).toEqual(vote)
  expect(voteSchema.parse(vote)).toMatchObject({ ...wish, agendaItemId: meeting.agenda[0]!.id, result: null, voterIds: [], closedAt: null })
  expect(value(await secretary.ask('vote:open', wish))).toEqual(vote)

  const running = value(await first!.ask('vote:cast', { voteId: vote.id, choice: 'yes' }))
  expect(running).toMatchObject({ voterIds: [ids[0]], result: null, ballots: [] })
  value(await second!.ask('vote:cast', { voteId: vote.id, choice: 'abstain' }))
  const closed = value(await secretary.ask('vote:close', { voteId: vote.id }))
  expect(closed.result).toEqual({ yes: 1, no: 0, abstain: 1, present: 3, quorum: 3, outcome: 'carried' })
  expect(closed.ballots.map(({ participantId, choice }) => [participantId, choice])).toEqual(
    expect.arrayContaining([
      [ids[0], 'yes'],
      [ids[1], 'abstain'],
    ]),
  )
  expect(value(await secretary.ask('vote:close', { voteId: vote.id }))).toEqual(closed)
  expect(await votesOf(third!, meeting)).toEqual([closed])
})

test('who may not open, cast, close or read is refused, and so is the wrong moment', async () => {
  const meeting = await makeMeeting(secretary)
  const [member] = await voters(meeting, 1)
  const observer = await come('observer', meeting)
  await Promise.all([enter(member!, meeting), enter(observer, meeting), enter(secretary, meeting)])
  const outsider = await app.person()
  expect(failure(await member!.ask('vote:open', motion(meeting))).code).toBe('not-allowed')
  expect(failure(await app.stranger().ask('vote:open', motion(meeting))).code).toBe('not-signed-in')
  const vote = value(await secretary.ask('vote:open', motion(meeting)))
  expect(failure(await secretary.ask('vote:open', motion(meeting)))).toMatchObject({ code: 'conflict', reason: 'vote-runs' })
  for (const person of [observer, secretary, outsider]) {
    expect(failure(await person.ask('vote:cast', { voteId: vote.id, choice: 'yes' })).code).toBe('not-allowed')
  }
  expect(failure(await member!.ask('vote:close', { voteId: vote.id })).code).toBe('not-allowed')
  await expect(votesOf(outsider, meeting)).rejects.toMatchObject({ error: { code: 'not-allowed' } })
  expect(failure(await member!.ask('vote:cast', { voteId: v7(), choice: 'yes' }))).toMatchObject({ reason: 'no-such-vote' })
  const [absent] = await voters(meeting, 1)
  expect(failure(await absent!.ask('vote:cast', { voteId: vote.id, choice: 'yes' }))).toMatchObject({ reason: 'not-in-the-room' })
  value(await secretary.ask('vote:close', { voteId: vote.id }))
  expect(failure(await member!.ask('vote:cast', { voteId: vote.id, choice: 'yes' }))).toMatchObject({ reason: 'vote-closed' })
  const planned = await makeMeeting(secretary, { live: false })
  expect(failure(await secretary.ask('vote:open', motion(planned)))).toMatchObject({ reason: 'meeting-not-live' })
})

test('the end of the meeting closes its vote with what was cast', async () => {
  const meeting = await makeMeeting(secretary)
  const [member] = await voters(meeting, 1)
  await enter(member!, meeting)
  const vote = value(await secretary.ask('vote:open', motion(meeting)))
  value(await member!.ask('vote:cast', { voteId: vote.id, choice: 'yes' }))
  value(await secretary.ask('meeting:end', { meetingId: meeting.id }))
  expect((await votesOf(member!, meeting))[0]).toMatchObject({ result: { yes: 1, no: 0, outcome: 'carried' } })
})

type Step = { do: 'cast'; who: number; choice: Choice; times: number } | { do: 'leave' | 'rejoin'; who: number } | { do: 'close' }
const electorate = 4
const who = fc.nat(electorate - 1)
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('cast' as const),
      who,
      choice: fc.constantFrom(...choices),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'rejoin' as const), who }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'close' }) },
)

test('whatever the order of casting, retrying, leaving, coming back and closing, everybody counts once and the numbers agree', {
  timeout: 120_000,
}, async () => {
  const meeting = await makeMeeting(secretary)
  const people = await voters(meeting, electorate)
  const ids = await Promise.all(people.map((person) => enter(person, meeting)))
  // What happens in one round happens at the same time.
  const rounds = fc.array(fc.array(stepArbitrary, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(rounds, fc.boolean(), async (steps, secret) => {
      await Promise.all(people.map((person) => person.ask('room:join', joinWish(meeting))))
      const vote = value(await secretary.ask('vote:open', motion(meeting, { secret })))
      const accepted = new Map<number, Set<Choice>>()
      const take = async ({ who, choice, times }: Extract<Step, { do: 'cast' }>) => {
        const answers = await Promise.all(Array.from({ length: times }, () => people[who]!.ask('vote:cast', { voteId: vote.id, choice })))
        for (const answer of answers) {
          if (answer.ok) accepted.set(who, (accepted.get(who) ?? new Set()).add(choice))
          else expect(['already-voted', 'not-in-the-room', 'vote-closed']).toContain(answer.error.reason)
        }
      }
      const run = async (step: Step): Promise<Result<unknown> | undefined> => {
        if (step.do === 'cast') await take(step)
        if (step.do === 'leave') return people[step.who]!.ask('room:leave', {})
        if (step.do === 'rejoin') return people[step.who]!.ask('room:join', joinWish(meeting))
        if (step.do === 'close') return secretary.ask('vote:close', { voteId: vote.id })
        return undefined
      }
      for (const round of steps) await Promise.all(round.map(run))
      const closed = value(await secretary.ask('vote:close', { voteId: vote.id }))

      const { yes, no, abstain, present } = closed.result!
      expect(yes + no + abstain).toBe(closed.voterIds.length)
      expect(new Set(closed.voterIds).size).toBe(closed.voterIds.length)
      expect(closed.voterIds).toEqual(closed.voterIds.toSorted())
      expect(new Set(closed.voterIds)).toEqual(new Set([...accepted.keys()].map((place) => ids[place])))
      expect(present).toBeGreaterThanOrEqual(closed.voterIds.length)
      const stored = await app.db.reader.select().from(voteVoters).where(eq(voteVoters.voteId, vote.id))
      if (secret) {
        expect(closed.ballots).toEqual([])
        expect(stored.every(({ choice }) => choice === null)).toBe(true)
      } else {
        // Of an open vote only the choice that came first was accepted.
        for (const [place, taken] of accepted) {
          expect([...taken]).toEqual(closed.ballots.filter(({ participantId }) => participantId === ids[place]).map(({ choice }) => choice))
        }
        const counted = Object.fromEntries(choices.map((one) => [one, closed.ballots.filter(({ choice }) => choice === one).length]))
        expect(counted).toEqual({ yes, no, abstain })
      }
      for (const person of [people[0]!, secretary])
        expect((await votesOf(person, meeting)).find(({ id }) => id === vote.id)).toEqual(closed)
    }),
    { seed, numRuns, interruptAfterTimeLimit: 60_000, endOnFailure: true },
  )
})

test('a secret vote shows and keeps the same, whoever of its voters chose what', { timeout: 60_000 }, async () => {
  const meeting = await makeMeeting(secretary)
  const people = await voters(meeting, 3)
  const heard: unknown[] = []
  await Promise.all(people.map((person) => enter(person, meeting)))
  await enter(secretary, meeting)
  secretary.socket.on('news', (items) => heard.push(...items.filter(([name]) => name === 'vote:changed')))

  /** Everything that anybody can come to know, and everything that is stored, but for ids and times. */
  async function traces(chosen: Choice[]): Promise<string> {
    heard.length = 0
    const vote = value(await secretary.ask('vote:open', motion(meeting, { secret: true })))
    const answers: unknown[] = []
    for (const [place, person] of people.entries()) {
      answers.push(value(await person.ask('vote:cast', { voteId: vote.id, choice: chosen[place]! })))
      // Asked again with any choice, it answers the same: to ask is no way to learn.
      for (const choice of choices) answers.push(value(await person.ask('vote:cast', { voteId: vote.id, choice })))
      answers.push((await votesOf(secretary, meeting)).filter(({ id }) => id === vote.id))
    }
    const last = secretary.next('vote:changed', ({ closedAt }) => closedAt !== null)
    answers.push(value(await secretary.ask('vote:close', { voteId: vote.id })))
    await last
    for (const person of [...people, secretary]) answers.push((await votesOf(person, meeting)).filter(({ id }) => id === vote.id))
    const trail = await app.db.reader.select().from(auditEntries).where(eq(auditEntries.subjectId, vote.id)).orderBy(auditEntries.id)
    const rows = await app.db.pool.query(`select participant_id, choice from vote_voters where vote_id = $1 order by 1`, [vote.id])
    const kept = await app.db.pool.query(`select yes, no, abstain, count(*) over () from vote_tallies where vote_id = $1`, [vote.id])
    const own = (list: unknown) =>
      JSON.stringify(list, (key, inner) => (key === 'openedAt' || key === 'closedAt' || key === 'version' ? Boolean(inner) : inner))
    const whole = own([answers, heard, trail.map(({ action, actorId, details }) => ({ action, actorId, details })), rows.rows, kept.rows])
    return whole.replaceAll(vote.id, 'the vote')
  }

  const first = await traces(['yes', 'no', 'yes'])
  const second = await traces(['no', 'yes', 'yes'])
  expect(second.length).toBeGreaterThan(500)
  expect(second).toBe(first)
})
