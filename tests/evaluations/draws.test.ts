import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256 } from '../../shared/canonical.ts'
import { type DrawCounts, drawnOf, drawScript, poolText } from '../../shared/draw.ts'
import type { Candidate, Draw, EvaluationTask } from '../../shared/evaluations.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { districts } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { ballotFor, evaluationsOf, type Hall, judge, judged, openHall, statusOf } from './judging.ts'

let app: TestApp
let hall: Hall
const none: DrawCounts = { member: 0, worthy: 0, expert: 0, 'third-party': 0 }

beforeAll(async () => {
  app = await startApp()
  hall = await openHall(app)
  const candidates = ['member', 'worthy', 'expert'].flatMap((category, kind) =>
    Array.from({ length: 4 }, (_, n) => ({
      id: v7(),
      category: category as Candidate['category'],
      name: `评议员${kind}${n}`,
      affiliation: '双林镇',
    })),
  )
  value(await hall.secretary.post('candidate:add', { regionCode: districts.nanxun, candidates }))
})
afterAll(() => app.close())

const poolPath = `/api/regions/${districts.nanxun}/evaluator-candidates`
const show = (id: string, person: Person = app.stranger()) => person.get<Draw>(`/api/draws/${id}`)
const taskOf = (token: string) => app.stranger().get<EvaluationTask>(`/api/evaluation-links/${token}`)

async function prepared(counts: Partial<DrawCounts> = { member: 2, expert: 1 }) {
  const given = await judged(hall)
  const wish = { id: v7(), evaluationId: given.evaluation.id, counts: { ...none, ...counts }, announced: '体彩排列5 第26325期' }
  return { ...given, wish, draw: value(await hall.secretary.post('draw:prepare', wish)) }
}

/** Drawn, with who judges by which link. */
async function drawn(counts: Partial<DrawCounts> = { member: 2, expert: 1 }) {
  const given = await prepared(counts)
  const draw = value(await hall.secretary.post('draw:reveal', { drawId: given.draw.id, publicSeed: '82531' }))
  const [evaluation] = await evaluationsOf(hall.secretary, given.assignment.id)
  return { ...given, draw, evaluation: evaluation!, external: evaluation!.evaluators!.filter(({ side }) => side === 'external') }
}

test('the pool of a region is its secretariat’s; adding twice adds once, and who is taken out is drawn no more', async () => {
  const [candidate] = [{ id: v7(), category: 'third-party' as const, name: '某会计师事务所', affiliation: '' }]
  const wish = { regionCode: districts.nanxun, candidates: [candidate!] }
  for (const person of [hall.partner, hall.member, hall.moderator, hall.transport.handler, app.stranger()]) {
    expect(failure(await person.post('candidate:add', wish)).code).toMatch(/not-allowed|not-signed-in/)
    expect(failure(await person.post('candidate:remove', { candidateId: candidate!.id })).code).toMatch(/not-found|not-signed-in/)
    await expect(person.get(poolPath)).rejects.toThrow(/not-allowed|not-signed-in/)
  }
  const [first, second] = await Promise.all([hall.secretary.post('candidate:add', wish), hall.secretary.post('candidate:add', wish)])
  expect(value(first)).toHaveLength(13)
  expect(value(second)).toHaveLength(13)
  expect(failure(await hall.partner.post('candidate:remove', { candidateId: candidate!.id })).code).toBe('not-allowed')
  for (let times = 0; times < 2; times++)
    expect(value(await hall.secretary.post('candidate:remove', { candidateId: candidate!.id }))).toHaveLength(12)
  expect(failure(await hall.secretary.post('candidate:add', { ...wish, regionCode: '9999' })).code).toMatch(/invalid-input|not-allowed/)
})

test('before the public number is known everybody sees the fixed pool and the commitment, and nobody the secret', async () => {
  const { draw, wish } = await prepared()
  const seen = await show(draw.id)
  expect(seen).toMatchObject({ secret: null, publicSeed: null, drawn: [], announced: wish.announced, counts: wish.counts })
  expect(seen.pool.map(({ category }) => category).sort()).toEqual([...Array(4).fill('expert'), ...Array(4).fill('member')])
  expect(seen.poolHash).toBe(await sha256(poolText(seen.pool)))
  expect(seen.commitment).toMatch(/^[0-9a-f]{64}$/)
  expect(JSON.stringify(seen)).not.toContain('双林镇')
  // Changing the pool now changes nothing of this draw.
  const late = { id: v7(), category: 'member' as const, name: '后来者', affiliation: '' }
  value(await hall.secretary.post('candidate:add', { regionCode: districts.nanxun, candidates: [late] }))
  const result = value(await hall.secretary.post('draw:reveal', { drawId: draw.id, publicSeed: '82531' }))
  value(await hall.secretary.post('candidate:remove', { candidateId: late.id }))
  expect(result.pool).toEqual(seen.pool)
  expect(result.drawn).toEqual(await drawnOf(seen.pool, seen.counts, result.secret!, '82531'))
  expect(await sha256(result.secret!)).toBe(seen.commitment)
})

test('a draw can be done again by a plain shell from what is published', async () => {
  const { draw } = await drawn()
  const published = await show(draw.id)
  const script = drawScript({ ...published, secret: published.secret!, publicSeed: published.publicSeed! })
  const { stdout } = await promisify(execFile)('sh', ['-c', script])
  const [commitment, pool, ...people] = stdout.trim().split('\n')
  expect([commitment, pool]).toEqual(['commitment: ok', 'pool: ok'])
  expect(people.map((one) => one.split(' ')[0])).toEqual(published.drawn)
})

test('there is one draw for each evaluation: nobody draws again, with another number, or for nobody', async () => {
  const { draw, wish, evaluation } = await drawn()
  expect(value(await hall.secretary.post('draw:prepare', wish))).toEqual(draw)
  expect(value(await hall.secretary.post('draw:reveal', { drawId: draw.id, publicSeed: '82531' }))).toEqual(draw)
  expect(failure(await hall.secretary.post('draw:reveal', { drawId: draw.id, publicSeed: '1' }))).toMatchObject({ reason: 'already-drawn' })
  expect(failure(await hall.secretary.post('draw:prepare', { ...wish, id: v7() }))).toMatchObject({
    code: 'conflict',
    reason: 'already-drawn',
  })
  const other = await judged(hall)
  const refused = async (counts: Partial<DrawCounts>) =>
    failure(
      await hall.secretary.post('draw:prepare', {
        ...wish,
        ...{ id: v7(), evaluationId: other.evaluation.id, counts: { ...none, ...counts } },
      }),
    )
  expect(await refused({})).toMatchObject({ code: 'invalid-input', reason: 'nobody-to-draw' })
  expect(await refused({ worthy: 5 })).toMatchObject({ code: 'conflict', reason: 'pool-too-small' })
  for (const person of [hall.partner, hall.member, hall.transport.handler, app.stranger()]) {
    expect(failure(await person.post('draw:prepare', { ...wish, id: v7(), evaluationId: other.evaluation.id })).code).toMatch(/not-/)
    expect(failure(await person.post('draw:reveal', { drawId: draw.id, publicSeed: '1' })).code).toMatch(/not-/)
  }
  expect((await evaluationsOf(hall.secretary, evaluation.assignmentId))[0]!.evaluators).toHaveLength(5)
})

test('of two draws prepared and revealed at the same moment one counts', async () => {
  const { evaluation, assignment } = await judged(hall)
  const wish = () => ({ id: v7(), evaluationId: evaluation.id, counts: { ...none, worthy: 2 }, announced: '体彩' })
  const results = await Promise.all([wish(), wish(), wish()].map((one) => hall.secretary.post('draw:prepare', one)))
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  const { id: drawId } = value(results.find(({ ok }) => ok)!)
  const revealed = await Promise.all(['1', '2', '3'].map((publicSeed) => hall.secretary.post('draw:reveal', { drawId, publicSeed })))
  expect(revealed.filter(({ ok }) => ok)).toHaveLength(1)
  const [after] = await evaluationsOf(hall.secretary, assignment.id)
  expect(after!.evaluators!.filter(({ side }) => side === 'external')).toHaveLength(2)
})

test('who was drawn judges by the link alone, changes it, and counts as a side of their own', async () => {
  const { external, assignment, evaluation } = await drawn()
  const tokens = external.map(({ token }) => token!)
  expect(new Set(tokens).size).toBe(3)
  const task = await taskOf(tokens[0]!)
  expect(task).toMatchObject({ name: external[0]!.name, closed: false, ballot: null, organizationName: '交通局', reply: { round: 1 } })
  expect(JSON.stringify(task)).not.toContain('authorName')
  const give = (token: string, grade: 'A' | 'C') =>
    app.stranger().post('evaluation:give-by-link', { token, ...ballotFor('external', grade, 4) })
  for (const token of tokens) value(await give(token, 'A'))
  expect(value(await give(tokens[0]!, 'C')).ballot).toMatchObject({ grade: 'C' })
  expect(failure(await app.stranger().post('evaluation:give-by-link', { token: tokens[0]!, ...ballotFor('proposer') })).reason).toBe(
    'marks-incomplete',
  )
  expect(failure(await give('A'.repeat(22), 'A'))).toMatchObject({ code: 'not-found', reason: 'no-such-evaluation-link' })
  await expect(taskOf('A'.repeat(22))).rejects.toMatchObject({ status: 404 })
  // Whoever has judged keeps the link to themselves.
  expect((await evaluationsOf(hall.secretary, assignment.id))[0]!.evaluators!.every(({ token }) => token === null)).toBe(true)
  await judge(hall, assignment.id)
  const closed = value(await hall.secretary.post('evaluation:close', { evaluationId: evaluation.id }))
  expect(closed.outcome!.results.find(({ side }) => side === 'external')).toMatchObject({
    evaluators: 3,
    given: 3,
    grade: 'A',
    grades: { A: 2, C: 1 },
  })
  expect(closed.outcome!.words).toEqual([{ side: 'external', grade: 'C', words: '晚间仍无班次' }])
  expect((await statusOf(hall.secretary, { assignment })).status).toBe('closed')
  expect(failure(await give(tokens[1]!, 'A')).reason).toBe('evaluation-closed')
  expect((await taskOf(tokens[1]!)).closed).toBe(true)
})

test('somebody who cannot come gives way to the next in the order of the draw, in the open', async () => {
  const { external, draw, assignment } = await drawn({ worthy: 3 })
  const [gone, stays] = external
  const wish = { evaluatorId: gone!.id, reason: '出差' }
  for (const person of [hall.partner, hall.member, hall.transport.handler, app.stranger()])
    expect(failure(await person.post('evaluator:replace', wish)).code).toMatch(/not-/)
  await Promise.all([hall.secretary.post('evaluator:replace', wish), hall.secretary.post('evaluator:replace', wish)])
  const [now] = await evaluationsOf(hall.secretary, assignment.id)
  const drawnNow = now!.evaluators!.filter(({ side }) => side === 'external')
  expect(drawnNow).toHaveLength(3)
  expect(drawnNow.map(({ id }) => id)).not.toContain(gone!.id)
  const published = await show(draw.id)
  const fourth = published.pool.find(({ id }) => !published.drawn.includes(id))!
  expect(published.replaced).toEqual([
    { candidateId: published.drawn.find((id) => nameIn(published, id) === gone!.name), reason: '出差', byCandidateId: fourth.id },
  ])
  expect(failure(await app.stranger().post('evaluation:give-by-link', { token: gone!.token!, ...ballotFor('external') })).reason).toBe(
    'evaluator-replaced',
  )
  expect(failure(await hall.secretary.post('evaluator:replace', { evaluatorId: stays!.id, reason: '生病' }))).toMatchObject({
    reason: 'nobody-left',
  })
  value(await app.stranger().post('evaluation:give-by-link', { token: stays!.token!, ...ballotFor('external') }))
  expect(failure(await hall.secretary.post('evaluator:replace', { evaluatorId: stays!.id, reason: '生病' }))).toMatchObject({
    reason: 'already-evaluated',
  })
  const [proposer] = now!.mine
  expect(failure(await hall.secretary.post('evaluator:replace', { evaluatorId: proposer!.evaluatorId, reason: '生病' })).reason).toBe(
    'not-drawn',
  )
})

const nameIn = ({ pool }: Draw, id: string) => pool.find((one) => one.id === id)!.name

test('while a draw waits for its number the secretariat does not close', async () => {
  const { assignment, evaluation, draw } = await prepared()
  await judge(hall, assignment.id)
  const close = () => hall.secretary.post('evaluation:close', { evaluationId: evaluation.id })
  expect(failure(await close()).reason).toBe('draw-unfinished')
  value(await hall.secretary.post('draw:reveal', { drawId: draw.id, publicSeed: '3' }))
  expect(failure(await close()).reason).toBe('evaluators-left')
})
