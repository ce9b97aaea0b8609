import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Clock } from '../../shared/clocks.ts'
import { type Evaluation, evaluationSchema } from '../../shared/evaluations.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import type { RegionSetting } from '../../shared/settings.ts'
import { replyTo } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { inRegion } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { answer, ballotFor, conclude, evaluationsOf, type Hall, judge, judged, openHall, statusOf } from './judging.ts'

let app: TestApp
let hall: Hall
const monday = '2026-11-02T02:00:00.000Z'
let at = monday

beforeAll(async () => {
  app = await startApp({ now: () => new Date(at) })
  hall = await openHall(app)
})
afterAll(() => app.close())

const mineOf = (evaluation: Evaluation, side: string) => evaluation.mine.find((one) => one.side === side)!.evaluatorId
const clocksOf = (assignmentId: string) => hall.secretary.get<Clock[]>(`/api/assignments/${assignmentId}/clocks`)

/** Moves the clock for one test. */
async function on(day: string, work: () => Promise<void>) {
  at = day
  try {
    await work()
  } finally {
    at = monday
  }
}

test('an accepted reply is judged by its proposer and in return by the department, until a date that is counted', async () => {
  const { assignment, evaluation } = await judged(hall)
  expect(evaluationSchema.parse(evaluation)).toMatchObject({
    round: 1,
    closedAt: null,
    outcome: null,
    turnout: [
      { side: 'proposer', evaluators: 1, given: 0 },
      { side: 'department', evaluators: 1, given: 0 },
    ],
    mine: [{ side: 'proposer', ballot: null }],
  })
  // Ten working days from a Monday.
  expect(evaluation.dueAt).toBe('2026-11-16T15:59:59.999Z')
  expect((await clocksOf(assignment.id)).find(({ kind }) => kind === 'evaluation')).toMatchObject({ how: { due: '2026-11-16' } })
  const [theirs] = await evaluationsOf(hall.transport.handler, assignment.id)
  expect(theirs).toMatchObject({ mine: [{ side: 'department' }], evaluators: null })
})

test('each judges once, may change it until it closes, and sees no more than the turnout before', async () => {
  const { assignment, evaluation } = await judged(hall)
  const evaluatorId = mineOf(evaluation, 'proposer')
  value(await hall.secretary.post('evaluation:give', { evaluatorId, ...ballotFor('proposer', 'C') }))
  const again = value(await hall.secretary.post('evaluation:give', { evaluatorId, ...ballotFor('proposer', 'A', 4) }))
  expect(again.mine[0]!.ballot).toEqual(ballotFor('proposer', 'A', 4))
  expect(again.turnout[0]).toEqual({ side: 'proposer', evaluators: 1, given: 1 })
  const [seen] = await evaluationsOf(hall.transport.handler, assignment.id)
  expect(JSON.stringify(seen)).not.toContain('"grade"')
  await judge(hall, assignment.id)
  const closed = value(await hall.secretary.post('evaluation:close', { evaluationId: evaluation.id }))
  expect(closed.outcome).toMatchObject({ conclusion: 'close', because: [], results: [{ grade: 'A', given: 1 }, { side: 'department' }] })
  expect(failure(await hall.secretary.post('evaluation:give', { evaluatorId, ...ballotFor('proposer') }))).toEqual({
    code: 'conflict',
    reason: 'evaluation-closed',
  })
  expect((await statusOf(hall.secretary, { assignment })).status).toBe('closed')
})

test('nobody judges for another, leaves a mark out, adds one, or is dissatisfied without a reason', async () => {
  const { assignment, evaluation } = await judged(hall)
  const evaluatorId = mineOf(evaluation, 'proposer')
  const others: [Person, string][] = [
    [hall.partner, 'not-allowed'],
    [hall.member, 'not-allowed'],
    [hall.transport.handler, 'not-allowed'],
    [hall.admin, 'not-allowed'],
    [await app.visitor(), 'not-allowed'],
    [app.stranger(), 'not-signed-in'],
  ]
  for (const [person, code] of others)
    expect(failure(await person.post('evaluation:give', { evaluatorId, ...ballotFor('proposer') })).code).toBe(code)
  const refused = async (wish: object) =>
    failure(await hall.secretary.post('evaluation:give', { evaluatorId, ...ballotFor('proposer'), ...wish }))
  expect(await refused({ marks: { handled: 5 } })).toMatchObject({ code: 'invalid-input', reason: 'marks-incomplete' })
  expect(await refused({ marks: { put: 5, handled: 5, consensus: 5 } })).toMatchObject({ reason: 'marks-incomplete' })
  expect(await refused({ marks: { handled: 6, consensus: 5 } })).toMatchObject({ code: 'invalid-input' })
  expect(await refused({ grade: 'C', words: ' ' })).toMatchObject({ fields: { words: 'reason-needed' } })
  expect(failure(await hall.secretary.post('evaluation:give', { evaluatorId: v7(), ...ballotFor('proposer') })).reason).toBe(
    'no-such-evaluator',
  )
  expect((await evaluationsOf(hall.secretary, assignment.id))[0]!.turnout[0]!.given).toBe(0)
  const elsewhere = await app.person({ grants: [inRegion('secretary', '3502')] })
  await expect(evaluationsOf(elsewhere, assignment.id)).rejects.toMatchObject({ status: 403 })
  await expect(evaluationsOf(app.stranger(), assignment.id)).rejects.toMatchObject({ status: 401 })
})

test('only the secretariat of the department’s region closes it, and before its date only once everybody has judged', async () => {
  const { assignment, evaluation } = await judged(hall)
  const close = (person: Person) => person.post('evaluation:close', { evaluationId: evaluation.id })
  for (const person of [hall.partner, hall.member, hall.moderator, hall.transport.handler, app.stranger()])
    expect(failure(await close(person)).code).toMatch(/not-allowed|not-signed-in/)
  expect(failure(await close(hall.secretary))).toEqual({ code: 'conflict', reason: 'evaluators-left' })
  await judge(hall, assignment.id)
  const first = value(await close(hall.secretary))
  expect(value(await close(hall.secretary))).toEqual(first)
  expect(failure(await hall.secretary.post('evaluation:close', { evaluationId: v7() })).reason).toBe('no-such-evaluation')
})

test('a proposer who is not satisfied opens a second round with a date of its own; then it is done with', async () => {
  const given = await judged(hall)
  const { assignment } = given
  const closed = await conclude(hall, assignment.id, 'C')
  expect(closed.outcome).toMatchObject({
    conclusion: 'reopen',
    because: [{ kind: 'side-grade', side: 'proposer', grade: 'C' }],
    words: [{ side: 'proposer', words: '晚间仍无班次' }],
  })
  const reopened = await statusOf(hall.secretary, given)
  expect(reopened).toMatchObject({ status: 'signed', round: 2, reply: null, replyDueAt: '2027-01-04T15:59:59.999Z' })
  expect(reopened.steps.at(-1)).toMatchObject({ move: 'reopen', byName: hall.secretary.name })
  expect((await clocksOf(assignment.id)).find(({ kind }) => kind === 'second-reply')).toMatchObject({
    stoppedAt: null,
    // The second of January 2027 is a Saturday.
    how: { from: '2026-11-02', period: { amount: 2, unit: 'months' }, counted: '2027-01-02' },
  })

  await answer(hall, given)
  const both = await evaluationsOf(hall.secretary, assignment.id)
  expect(both.map(({ round, closedAt }) => [round, closedAt !== null])).toEqual([
    [1, true],
    [2, false],
  ])
  expect((await conclude(hall, assignment.id)).outcome).toMatchObject({ conclusion: 'close' })
  expect(await statusOf(hall.secretary, given)).toMatchObject({
    status: 'closed',
    round: 2,
    reply: { round: 2 },
    earlierReplies: [{ round: 1 }],
  })
  // Whoever asked reads both answers by the receipt, without an account.
  const { steps } = await app.stranger().get<{ steps: { kind: string }[] }>(`/api/receipts/${given.receipt}`)
  expect(steps.filter(({ kind }) => kind === 'replied')).toHaveLength(2)
  expect(steps.map(({ kind }) => kind)).toContain('second-round')
})

test('what the department itself grades B opens a second round; what is refused twice is registered', async () => {
  const given = await judged(hall, { outcome: 'not-adopted', grade: 'B', text: '列入明年计划' })
  expect((await conclude(hall, given.assignment.id)).outcome).toMatchObject({
    conclusion: 'reopen',
    because: [{ kind: 'reply-grade', grade: 'B' }],
  })
  await answer(hall, given, { outcome: 'not-adopted', grade: 'C', text: '航道夜间禁航' })
  expect((await conclude(hall, given.assignment.id)).outcome).toMatchObject({
    conclusion: 'register',
    because: [{ kind: 'not-adopted', count: 1 }],
  })
  expect((await statusOf(hall.secretary, given)).status).toBe('registered')
})

test('what nobody closes closes after its date, by those who judged until then; an extension moves it', async () => {
  const [silent, extended] = [await judged(hall), await judged(hall)]
  value(
    await hall.secretary.post('evaluation:give', {
      evaluatorId: mineOf(silent.evaluation, 'proposer'),
      ...ballotFor('proposer', 'B'),
    }),
  )
  value(
    await hall.secretary.post('assignment:extend', {
      ...{ id: v7(), assignmentId: extended.assignment.id, kind: 'evaluation' },
      ...{ period: { amount: 5, unit: 'working-days' }, reason: '评议员出差' },
    }),
  )
  await on('2026-11-16T15:59:00.000Z', () => app.services.evaluations.evaluations.closeDue())
  expect((await evaluationsOf(hall.secretary, silent.assignment.id))[0]!.closedAt).toBeNull()
  await on('2026-11-16T16:01:00.000Z', () => app.services.evaluations.evaluations.closeDue())
  const [closed] = await evaluationsOf(hall.secretary, silent.assignment.id)
  expect(closed!.outcome).toMatchObject({ conclusion: 'reopen', because: [{ kind: 'side-grade', side: 'proposer', grade: 'B' }] })
  expect((await evaluationsOf(hall.secretary, extended.assignment.id))[0]!.closedAt).toBeNull()
})

test('no sequence of judging, closing and answering, at once or after each other, opens two second rounds or leaves the rules', async () => {
  const wish = fc.constantFrom('content', 'dissatisfied', 'close', 'due', 'answer', 'accept')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(wish, { minLength: 1, maxLength: 3 }), { minLength: 5, maxLength: 6 }), async (turns) => {
      const given = await judged(hall)
      const { assignment, suggestionIds } = given
      const attempt = async (what: string) => {
        const open = (await evaluationsOf(hall.secretary, assignment.id)).at(-1)!
        if (what === 'close') return hall.secretary.post('evaluation:close', { evaluationId: open.id })
        if (what === 'due') return on('2027-06-01T00:00:00.000Z', () => app.services.evaluations.evaluations.closeDue())
        if (what === 'answer') return hall.transport.handler.post('assignment:reply', replyTo(assignment.id, suggestionIds))
        if (what === 'accept') return hall.secretary.post('assignment:accept', { assignmentId: assignment.id })
        const evaluatorId = mineOf(open, 'proposer')
        return hall.secretary.post('evaluation:give', { evaluatorId, ...ballotFor('proposer', what === 'content' ? 'A' : 'C') })
      }
      for (const turn of turns) {
        await Promise.all(turn.map(attempt))
        const { status, round, steps } = await statusOf(hall.secretary, given)
        const evaluations = await evaluationsOf(hall.secretary, assignment.id)
        const times = (move: string) => steps.filter((step) => step.move === move).length
        expect(round).toBe(1 + times('reopen'))
        expect(round).toBeLessThanOrEqual(2)
        expect(evaluations.length).toBe(times('accept'))
        expect(evaluations.filter(({ closedAt }) => closedAt === null)).toHaveLength(status === 'accepted' ? 1 : 0)
        expect(times('close') + times('register')).toBe(['closed', 'registered'].includes(status) ? 1 : 0)
      }
    }),
    { numRuns: 3 },
  )
}, 120_000)

test('of closings and votes at the same moment one closing counts, and one second round opens', async () => {
  const given = await judged(hall)
  await judge(hall, given.assignment.id, 'C')
  const evaluatorId = mineOf(given.evaluation, 'proposer')
  const wishes = [
    ...Array.from({ length: 4 }, () => hall.secretary.post('evaluation:close', { evaluationId: given.evaluation.id })),
    ...Array.from({ length: 3 }, () => hall.secretary.post('evaluation:give', { evaluatorId, ...ballotFor('proposer', 'C') })),
  ]
  const [results] = await Promise.all([
    Promise.all(wishes),
    on('2026-12-30T00:00:00.000Z', () => app.services.evaluations.evaluations.closeDue()),
  ])
  for (const result of results) if (!result.ok) expect(result.error.reason).toBe('evaluation-closed')
  const after = await statusOf(hall.secretary, given)
  expect(after).toMatchObject({ status: 'signed', round: 2 })
  expect(after.steps.filter(({ move }) => move === 'reopen')).toHaveLength(1)
  const { rows } = await app.db.pool.query<{ count: string }>(
    `select count(*) from audit_entries where action = 'evaluation:close' and subject_id = $1`,
    [given.evaluation.id],
  )
  expect(rows[0]!.count).toBe('1')
})

test('the clock of the department stands still or runs on its own; judging is not paused with it', async () => {
  const { assignment } = await judged(hall)
  expect(failure(await hall.secretary.post('assignment:pause', { assignmentId: assignment.id, reason: '待会商' }))).toMatchObject({
    reason: 'deadline-is-over',
  })
  await conclude(hall, assignment.id, 'C')
  value(await hall.secretary.post('assignment:pause', { assignmentId: assignment.id, reason: '待会商' }))
  expect((await clocksOf(assignment.id)).filter(({ paused }) => paused).map(({ kind }) => kind)).toEqual(['second-reply'])
  // A reply of the second round that is sent back runs on the clock of the second round.
  value(await hall.secretary.post('assignment:resume', { assignmentId: assignment.id }))
  const { suggestions } = await hall.secretary.get<Recommendation>(`/api/recommendations/${assignment.recommendationId}`)
  const reply = replyTo(
    assignment.id,
    suggestions.map(({ id }) => id),
  )
  value(await hall.transport.handler.post('assignment:reply', reply))
  value(await hall.secretary.post('assignment:incomplete', { assignmentId: assignment.id, reason: '未写明班次' }))
  const running = (await clocksOf(assignment.id)).filter(({ stoppedAt }) => stoppedAt === null)
  expect(running.map(({ kind }) => kind)).toEqual(['second-reply'])
})

test('a department is reminded of the end of its second round, and not of that of judging; a secretariat, of looking back', async () => {
  const { assignment } = await judged(hall)
  const remindedOf = async (day: string) => {
    await on(day, async () => void (await app.services.reminders.look()))
    const { rows } = await app.db.pool.query<{ kind: string }>('select kind from clock_reminders where assignment_id = $1', [assignment.id])
    return rows.map(({ kind }) => kind)
  }
  expect(await remindedOf('2026-11-20T02:00:00.000Z')).toEqual([])
  await conclude(hall, assignment.id, 'C')
  expect(await remindedOf('2027-01-05T02:00:00.000Z')).toEqual(['second-reply'])

  const { assignment: done } = await judged(hall)
  await conclude(hall, done.id)
  const kindsOf = async (person: Person) =>
    (await person.get<{ notices: { kind: string }[] }>('/api/me/notices?limit=100')).notices.map(({ kind }) => kind)
  await on('2027-05-02T02:00:00.000Z', async () => void (await app.services.reminders.look()))
  expect(await kindsOf(hall.secretary)).toContain('secretariat-look-back')
  for (const person of [hall.transport.handler, hall.partner]) expect(await kindsOf(person)).not.toContain('secretariat-look-back')
})

test('a region says itself when a second round opens, for itself and all below', async () => {
  const rules = { replyGrades: [], evaluatedGrades: ['C' as const], lowestMean: 1 }
  const wish = { regionCode: '33', key: 'evaluation', value: rules, version: 0 } satisfies RegionSetting
  for (const person of [hall.secretary, hall.member, app.stranger()])
    expect(failure(await person.post('setting:set', wish)).code).toMatch(/not-allowed|not-signed-in/)
  value(await hall.admin.post('setting:set', wish))
  try {
    const content = await judged(hall, { outcome: 'partly-adopted', grade: 'B' })
    expect((await conclude(hall, content.assignment.id, 'B')).outcome).toMatchObject({ conclusion: 'close' })
    const refused = await judged(hall)
    expect((await conclude(hall, refused.assignment.id, 'C')).outcome).toMatchObject({ conclusion: 'reopen' })
  } finally {
    value(await hall.admin.post('setting:set', { ...wish, value: null, version: 1 }))
  }
})

test('in its second round a department no longer sends back what it answered for; its secretariat may take it away', async () => {
  const { assignment } = await judged(hall)
  await conclude(hall, assignment.id, 'C')
  const wish = { assignmentId: assignment.id, reason: '不属本单位职责' }
  const back = await hall.transport.handler.post('assignment:return', { ...wish, proposedId: null })
  expect(failure(back)).toEqual({ code: 'conflict', reason: 'second-round-is-yours' })
  value(await hall.secretary.post('assignment:recall', wish))
})
