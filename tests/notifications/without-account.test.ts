import type { ParsedMail } from 'mailparser'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Draw } from '../../shared/evaluations.ts'
import type { LetterState } from '../../shared/suggestions.ts'
import { ballotFor, evaluationsOf, type Hall, judged, openHall, signedFor } from '../evaluations/judging.ts'
import { draftOf, issue, makeDepartment, post, replyTo } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { districts } from '../support/meetings.ts'
import { failure, value } from '../support/people.ts'
import { openMailbox } from './mailbox.ts'

let app: TestApp
let hall: Hall
let mailbox: Awaited<ReturnType<typeof openMailbox>>
const clock = { at: Date.parse('2026-11-02T02:00:00.000Z') }
const dayMs = 86_400_000

beforeAll(async () => {
  mailbox = await openMailbox()
  app = await startApp({
    now: () => new Date(clock.at),
    runJobs: true,
    env: { SMTP_URL: mailbox.url, SMTP_FROM: '议事 <yishi@example.cn>', PUBLIC_URL: 'http://yishi.example.cn' },
  })
  hall = await openHall(app)
})
afterAll(async () => {
  await app?.close()
  await mailbox?.close()
})

const addressOf = () => `c${v7().slice(-12)}@example.cn`
const tokenIn = (letter: ParsedMail, what: 'confirm' | 'stop') => new RegExp(`/r/\\?${what}=([\\w-]{43})`).exec(letter.text ?? '')![1]!
const ask = (receipt: string, email: string, language: 'zh-CN' | 'en' = 'zh-CN') =>
  app.stranger().post('letters:ask', { receipt, email, language })
const confirm = (token: string) => app.stranger().post('letters:confirm', { token })
const stop = (token: string) => app.stranger().post('letters:stop', { token })
const stateOf = async (receipt: string) => (await app.stranger().get<{ letters: LetterState }>(`/api/receipts/${receipt}`)).letters
const posted = async (text = '渡口太黑') => post(await app.visitor(), hall.meeting, `${text} ${v7()}`)

/** Somebody without an account who confirmed an address for what they wrote. */
async function awaiting(receipt: string, language: 'zh-CN' | 'en' = 'zh-CN') {
  const email = addressOf()
  value(await ask(receipt, email, language))
  const [letter] = await mailbox.to(email)
  value(await confirm(tokenIn(letter!, 'confirm')))
  return { email, letter: letter! }
}
const addresses = async () =>
  (await app.db.pool.query<{ email: string }>('select email from receipt_letters')).rows.map(({ email }) => email)

test('whoever left an address and confirmed it gets one letter for each department’s answer, and with the last the address is gone', async () => {
  const { admin, secretary, partner, transport, meeting, blockIds } = hall
  const mine = await posted()
  const { email, letter } = await awaiting(mine.receipt)
  expect(letter.text).not.toContain(mine.suggestion.text)
  expect(letter.text).not.toContain(mine.receipt)
  expect(await stateOf(mine.receipt)).toBe('confirmed')

  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds, [mine])))
  const water = await makeDepartment(app, admin, districts.wujiang, '水务局')
  const given = [await issue(secretary, recommendation, transport.organization), await issue(partner, recommendation, water.organization)]
  for (const [place, { handler }] of [transport, water].entries()) {
    const assignmentId = given[place]!.id
    value(await handler.post('assignment:sign', { assignmentId }))
    const reply = replyTo(assignmentId, [mine.suggestion.id])
    value(await handler.post('assignment:reply', reply))
    value(await handler.post('assignment:reply', reply))
    const letters = await mailbox.to(email, place + 2)
    expect(letters.at(-1)!.subject).toContain(place === 0 ? '交通局答复了您的意见建议' : '水务局答复了您的意见建议')
    expect(letters.at(-1)!.text).toContain(`http://yishi.example.cn/r/${mine.receipt.match(/.{4}/g)!.join('-')}`)
    expect(letters.at(-1)!.text).toContain(place === 0 ? '/r/?stop=' : '您的邮箱已从系统中删去')
  }
  await eventually(async () => !(await addresses()).includes(email))
  expect(await stateOf(mine.receipt)).toBe('none')
  // Neither the trail nor what the jobs keep says where it went.
  for (const table of ['audit_entries', 'jobs.job']) {
    const { rows } = await app.db.pool.query(`select 1 from ${table} as kept where kept::text like $1`, [`%${email}%`])
    expect([table, rows.length]).toEqual([table, 0])
  }
})

test('an address waits for its owner: without the link there is no letter, and an old or a foreign link does nothing', async () => {
  const mine = await posted()
  const email = addressOf()
  expect(value(await ask(mine.receipt, email))).toEqual({ letters: 'unconfirmed' })
  const [letter] = await mailbox.to(email)
  const token = tokenIn(letter!, 'confirm')
  value(await hall.secretary.post('suggestion:answer', { suggestionId: mine.suggestion.id, answer: '下月装灯' }))
  clock.at += 3 * dayMs
  expect(failure(await confirm(token))).toEqual({ code: 'not-found', reason: 'no-such-confirmation' })
  expect(failure(await confirm('x'.repeat(43)))).toEqual({ code: 'not-found', reason: 'no-such-confirmation' })
  expect(failure(await confirm('short'))).toMatchObject({ code: 'invalid-input' })
  await app.services.letters.forgetOld()
  expect(await addresses()).not.toContain(email)
  expect((await mailbox.to(email)).length).toBe(1)
})

test('an answer given in the meeting is told in the language that was asked for; confirmed twice it is once', async () => {
  const mine = await posted()
  const email = addressOf()
  value(await ask(mine.receipt, email, 'en'))
  const [first] = await mailbox.to(email)
  const token = tokenIn(first!, 'confirm')
  for (const result of await Promise.all([confirm(token), confirm(token)])) expect(value(result)).toEqual({ letters: 'confirmed' })
  expect(value(await ask(mine.receipt, email))).toEqual({ letters: 'confirmed' })
  value(await hall.secretary.post('suggestion:answer', { suggestionId: mine.suggestion.id, answer: '下月装灯' }))
  const [, told] = await mailbox.to(email, 2)
  expect(told!.subject).toContain('Your suggestion was answered')
  expect(told!.text).not.toContain('下月装灯')
})

test('every letter has a link by which no other comes, and the address is gone at once', async () => {
  const mine = await posted()
  const { email, letter } = await awaiting(mine.receipt)
  expect(value(await stop(tokenIn(letter, 'stop')))).toEqual({ letters: 'none' })
  expect(value(await stop(tokenIn(letter, 'stop')))).toEqual({ letters: 'none' })
  expect(await addresses()).not.toContain(email)
  expect(failure(await confirm(tokenIn(letter, 'confirm')))).toMatchObject({ reason: 'no-such-confirmation' })
  expect(failure(await stop('short'))).toMatchObject({ code: 'invalid-input' })
})

test('what is withheld whole is told by no letter either', async () => {
  const given = await signedFor(hall)
  const { email } = await awaiting(given.receipt)
  const wish = { recommendationId: given.recommendation.id, publicity: 'withheld' as const, reason: '涉及个人隐私' }
  value(await hall.secretary.post('recommendation:classify', wish))
  value(await hall.transport.handler.post('assignment:reply', replyTo(given.assignment.id, given.suggestionIds)))
  const { rows } = await app.db.pool.query("select 1 from jobs.job where name = 'receipt-letter' and data->'about'->>'number' = $1", [
    given.recommendation.number,
  ])
  expect(rows).toEqual([])
  expect(await addresses()).toContain(email)
})

test('no receipt, no address, too many letters to one address and too many addresses are refused', async () => {
  const mine = await posted()
  expect(failure(await ask('AAAA-AAAA-AAAA', addressOf()))).toEqual({ code: 'not-found', reason: 'no-such-receipt' })
  expect(failure(await ask(mine.receipt, 'nobody'))).toMatchObject({ code: 'invalid-input' })
  const email = addressOf()
  const [one, other] = await Promise.all([ask(mine.receipt, email), ask(mine.receipt, email)])
  expect([one, other].filter(({ ok }) => ok)).toHaveLength(1)
  const tooSoon = { code: 'too-many-requests', reason: 'letter-just-sent' }
  expect(failure([one, other].find(({ ok }) => !ok)!)).toMatchObject(tooSoon)
  for (const { receipt } of [await posted(), await posted()]) value(await ask(receipt, email))
  expect(failure(await ask((await posted()).receipt, email))).toMatchObject(tooSoon)
  for (const another of [addressOf(), addressOf()]) value(await ask(mine.receipt, another))
  expect(failure(await ask(mine.receipt, addressOf()))).toEqual({ code: 'conflict', reason: 'enough-addresses' })
})

test('whoever is drawn gets the link by e-mail where the pool has an address, and so does who takes a place', async () => {
  const { secretary } = hall
  const { evaluation, assignment, recommendation } = await judged(hall)
  const people = Array.from({ length: 3 }, (_, n) => ({
    ...{ id: v7(), category: 'worthy' as const, name: `乡贤${n}`, affiliation: '双林镇', email: addressOf() },
  }))
  const silent = { id: v7(), category: 'expert' as const, name: '没有邮箱的专家', affiliation: '' }
  const bad = { regionCode: districts.nanxun, candidates: [{ ...silent, email: 'nobody' }] }
  expect(failure(await secretary.post('candidate:add', bad))).toMatchObject({ code: 'invalid-input' })
  value(await secretary.post('candidate:add', { regionCode: districts.nanxun, candidates: [...people, silent] }))
  const counts = { member: 0, worthy: 2, expert: 1, 'third-party': 0 }
  const draw = value(await secretary.post('draw:prepare', { id: v7(), evaluationId: evaluation.id, counts, announced: '体彩' }))
  const reveal = () => secretary.post('draw:reveal', { drawId: draw.id, publicSeed: '82531' })
  value(await reveal())
  value(await reveal())
  const shown = await app.stranger().get<Draw>(`/api/draws/${draw.id}`)
  expect(JSON.stringify(shown)).not.toContain('@example.cn')
  const chosen = people.filter(({ id }) => shown.drawn.includes(id))
  expect(chosen).toHaveLength(2)
  for (const { email, name } of chosen) {
    const [letter] = await mailbox.to(email)
    expect(letter!.text).toContain(name)
    expect(letter!.subject).toContain(recommendation.number)
    for (const words of ['不需要账号', 'no account is necessary']) expect(letter!.text).toContain(words)
  }
  const [letter] = await mailbox.to(chosen[0]!.email)
  const token = /\/evaluate\/([\w-]{22})/.exec(letter!.text!)![1]!
  value(await app.stranger().post('evaluation:give-by-link', { token, ...ballotFor('external') }))
  const now = await eventually(async () => {
    const [one] = await evaluationsOf(secretary, assignment.id)
    if (one!.evaluators!.filter(({ mailed }) => mailed).length < 2) throw new Error('not both are marked')
    return one!
  })
  expect(now.evaluators!.find(({ name }) => name === silent.name)).toMatchObject({ mailed: false })
  const waiting = now.evaluators!.find(({ side, given, category }) => side === 'external' && category === 'worthy' && !given)!
  value(await secretary.post('evaluator:replace', { evaluatorId: waiting.id, reason: '出差' }))
  const next = people.find(({ id }) => !shown.drawn.includes(id))!
  await mailbox.to(next.email)
  expect(mailbox.letters.filter(({ subject }) => subject?.includes(recommendation.number))).toHaveLength(3)
})
