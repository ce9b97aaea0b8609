import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import type { Notice } from '../../shared/notifications.ts'
import type { Proposal } from '../../shared/proposals.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import { issue, makeDepartment, post } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { draftFor, list, read, rule, seat } from './halls.ts'

const clock = { at: Date.parse('2026-11-23T06:00:00.000Z') }
const hourMs = 3_600_000
let app: TestApp
let admin: Person
let first: Person
let second: Person
let partner: Person
let proposer: Person
let friend: Person
let meeting: Meeting

beforeAll(async () => {
  app = await startApp({ now: () => new Date(clock.at) })
  await addRegions(app)
  admin = await app.person({ grants: [inRegion('admin', '')] })
  first = await app.person({ name: '初审秘书', grants: [inRegion('secretary', districts.nanxun)] })
  second = await app.person({ name: '复审秘书', grants: [inRegion('secretary', districts.nanxun)] })
  partner = await app.person({ name: '吴江秘书', grants: [inRegion('secretary', districts.wujiang)] })
  proposer = await app.person({ name: '提案委员', grants: [inRegion('member', districts.nanxun)] })
  friend = await app.person({ name: '联名委员', grants: [inRegion('member', districts.nanxun)] })
  meeting = await makeMeeting(first)
  await seat(app, meeting, friend)
  await rule(first, { number: '浔议〔{year}〕{n}号' })
})
afterAll(() => app.close())

type Ref = { id: string }
type OfOne = 'submit' | 'withdraw' | 'drop' | 'claim' | 'release' | 'receive' | 'pass' | 'approve'
const ask = (person: Person, name: OfOne, { id }: Ref) => person.post(`proposal:${name}`, { proposalId: id })
const back = (person: Person, { id }: Ref, reason = '请补充具体措施') => person.post('proposal:return', { proposalId: id, reason })
const takeOver = (person: Person, { id }: Ref, from: Person) =>
  person.post('proposal:take-over', { proposalId: id, fromId: from.accountId!, reason: '原审查人出差' })
const merge = (person: Person, { id }: Ref, into: Ref) =>
  person.post('proposal:merge', { proposalId: id, intoId: into.id, reason: '内容相同' })
const unmerge = (person: Person, { id }: Ref) => person.post('proposal:unmerge', { proposalId: id, reason: '并错了' })

async function handedIn(changes: Parameters<typeof draftFor>[1] = {}): Promise<Proposal> {
  const { suggestion } = await post(await app.visitor(), meeting, `渡口太黑 ${v7()}`)
  const draft = value(await proposer.post('proposal:save', draftFor(meeting, { suggestionIds: [suggestion.id], ...changes })))
  return value(await ask(proposer, 'submit', draft))
}
/** Signed for and through its first review. */
async function inSecondReview(changes: Parameters<typeof draftFor>[1] = {}): Promise<Proposal> {
  const proposal = await handedIn(changes)
  for (const name of ['claim', 'receive', 'pass'] as const) value(await ask(first, name, proposal))
  return proposal
}
async function accepted(changes: Parameters<typeof draftFor>[1] = {}) {
  const proposal = await inSecondReview(changes)
  value(await ask(second, 'claim', proposal))
  return value(await ask(second, 'approve', proposal))
}
const recommendationOf = ({ id }: Ref) => first.get<Recommendation>(`/api/recommendations/${id}`)
const conflict = (reason: string) => ({ code: 'conflict', reason })

test('handed in, signed for, reviewed twice by two people, it becomes a recommendation under a number of its region', async () => {
  const proposal = await handedIn()
  expect((await list(first, '?shelf=waiting')).map(({ id }) => id)).toContain(proposal.id)
  for (const name of ['claim', 'receive', 'pass'] as const) value(await ask(first, name, proposal))
  value(await ask(second, 'claim', proposal))
  const ready = value(await ask(second, 'approve', proposal))
  expect(ready).toMatchObject({ status: 'ready', claim: null, firstReviewer: { name: '初审秘书' } })
  expect(ready.number).toMatch(/^浔议〔2026〕\d+号$/)
  expect(ready.steps.map(({ move, byName }) => [move, byName])).toEqual([
    ['submit', '提案委员'],
    ['receive', '初审秘书'],
    ['pass', '初审秘书'],
    ['approve', '复审秘书'],
  ])
  expect(await recommendationOf(proposal)).toMatchObject({
    number: ready.number,
    title: proposal.title,
    body: '渡口夜间昏暗，建议年内完成照明改造。\n具体措施：\n1. 安装路灯十二盏',
    proposers: [{ accountId: proposer.accountId, name: '提案委员' }],
    suggestions: proposal.suggestions,
  })
  expect(await read(friend, proposal.id)).toMatchObject({ status: 'ready' })
})

test('those who signed the words as they are stand under the recommendation', async () => {
  const proposal = await handedIn()
  value(await proposer.post('proposal:invite', { proposalId: proposal.id, accountId: friend.accountId!, invited: true }))
  value(await friend.post('proposal:answer', { proposalId: proposal.id, sign: true, textVersion: proposal.textVersion }))
  for (const name of ['claim', 'receive', 'pass'] as const) value(await ask(first, name, proposal))
  for (const name of ['claim', 'approve'] as const) value(await ask(second, name, proposal))
  expect((await recommendationOf(proposal)).proposers.map(({ name }) => name)).toEqual(['提案委员', '联名委员'])
  const late = await friend.post('proposal:answer', { proposalId: proposal.id, sign: false, textVersion: proposal.textVersion })
  expect(failure(late)).toEqual(conflict('already-accepted'))
})

test('both reviews are never by one person, unless the region lets them', async () => {
  const proposal = await inSecondReview()
  value(await ask(first, 'claim', proposal))
  expect(failure(await ask(first, 'approve', proposal))).toEqual(conflict('second-reviewer-needed'))
  const { textVersion: _, ...draft } = draftFor(meeting, { suggestionIds: proposal.suggestions.map(({ id }) => id) })
  expect(failure(await first.post('recommendation:create', draft))).toEqual(conflict('second-reviewer-needed'))
  await expect(read(first, draft.id)).rejects.toMatchObject({ status: 404 })
  await rule(first, { sameReviewer: true, number: '浔议〔{year}〕{n}号' })
  expect(value(await ask(first, 'approve', proposal)).status).toBe('ready')
  const [one, again] = await Promise.all([1, 2].map(() => first.post('recommendation:create', draft)))
  expect(value(again!)).toEqual(value(one!))
  expect((await read(first, draft.id)).steps.map(({ move }) => move)).toEqual(['submit', 'receive', 'pass', 'approve'])
  await rule(first, { number: '浔议〔{year}〕{n}号' })
})

test('of several reviewers who claim one at once exactly one has it, and the others are told', async () => {
  const proposal = await handedIn()
  const people = [first, second, partner, admin]
  const results = await Promise.all(people.map((person) => ask(person, 'claim', proposal)))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  for (const result of results) if (!result.ok) expect(result.error).toEqual(conflict('claimed-by-another'))
  const winner = people[results.findIndex((result) => result.ok)]!
  expect((await read(first, proposal.id)).claim).toMatchObject({ accountId: winner.accountId })
  expect((await list(second)).find(({ id }) => id === proposal.id)!.claim).toMatchObject({ accountId: winner.accountId })
  const loser = people.find((person) => person !== winner)!
  for (const result of [await ask(loser, 'receive', proposal), await back(loser, proposal), await ask(loser, 'release', proposal)])
    expect(failure(result)).toEqual(conflict('claimed-by-another'))
  expect(failure(await ask(proposer, 'withdraw', proposal))).toEqual(conflict('claimed-by-another'))
})

test('nothing is reviewed unclaimed; a claim is given back, runs out, or is taken over with a reason', async () => {
  const proposal = await handedIn()
  expect(failure(await ask(first, 'receive', proposal))).toEqual(conflict('not-claimed'))
  value(await ask(first, 'claim', proposal))
  expect(value(await ask(first, 'release', proposal)).claim).toBeNull()
  value(await ask(first, 'claim', proposal))
  const [one, other] = await Promise.all([takeOver(second, proposal, first), takeOver(partner, proposal, first)])
  expect([one, other].filter((result) => result.ok)).toHaveLength(1)
  const lost = [one, other].find((result) => !result.ok)!
  expect(failure(lost)).toEqual(conflict('claimed-by-another'))
  const now = await read(first, proposal.id)
  expect(now.steps.at(-1)).toMatchObject({ move: 'take-over', reason: '原审查人出差' })
  clock.at += 24 * hourMs
  expect((await read(first, proposal.id)).claim).toBeNull()
  expect(failure(await takeOver(first, proposal, second))).toEqual(conflict('not-claimed'))
  value(await ask(first, 'claim', proposal))
})

test('it goes back with the reason, is mended and handed in again, and both reviews begin anew', async () => {
  const proposal = await inSecondReview()
  value(await ask(second, 'claim', proposal))
  expect(failure(await back(second, proposal, ' '))).toMatchObject({ code: 'invalid-input' })
  const returned = value(await back(second, proposal))
  expect(returned).toMatchObject({ status: 'draft', returned: '请补充具体措施', claim: null, firstReviewer: null })
  expect(value(await back(second, proposal)).version).toBe(returned.version)
  await expect(read(first, proposal.id)).rejects.toMatchObject({ status: 403 })
  value(await ask(proposer, 'submit', proposal))
  value(await ask(second, 'claim', proposal))
  expect(value(await ask(second, 'receive', proposal))).toMatchObject({ status: 'first-review', returned: null })
})

test('a proposer takes it back before it is claimed, and gives a draft up', async () => {
  const proposal = await handedIn()
  expect(failure(await ask(friend, 'withdraw', proposal))).toMatchObject({ code: 'not-allowed' })
  expect(value(await ask(proposer, 'withdraw', proposal))).toMatchObject({ status: 'draft', submittedAt: null })
  expect(value(await ask(proposer, 'drop', proposal)).status).toBe('dropped')
  expect(failure(await ask(proposer, 'submit', proposal))).toEqual(conflict('proposal-dropped'))
})

test('nobody but the secretariats of the meeting’s regions reviews', async () => {
  const proposal = await handedIn()
  const far = await app.person({ grants: [inRegion('secretary', '3502')] })
  const outsiders = [
    [far, 'not-allowed'],
    [proposer, 'not-allowed'],
    [await app.visitor(), 'not-allowed'],
    [app.stranger(), 'not-signed-in'],
  ] as const
  for (const [person, code] of outsiders) {
    for (const name of ['claim', 'release', 'receive', 'pass', 'approve'] as const)
      expect(failure(await ask(person, name, proposal))).toMatchObject({ code })
    for (const result of [await back(person, proposal), await takeOver(person, proposal, first), await merge(person, proposal, proposal)])
      expect(failure(result)).toMatchObject({ code })
  }
  for (const name of ['claim', 'receive', 'submit'] as const)
    expect(failure(await ask(first, name, { id: v7() }))).toEqual({ code: 'not-found', reason: 'no-such-proposal' })
})

test('handed in or accepted twice at once it is one step and one number; numbers of a region have no gap', async () => {
  const draft = value(
    await proposer.post('proposal:save', draftFor(meeting, { suggestionIds: (await handedIn()).suggestions.map(({ id }) => id) })),
  )
  const handed = await Promise.all([1, 2, 3].map(() => ask(proposer, 'submit', draft)))
  for (const result of handed) expect(value(result).version).toBe(value(handed[0]!).version)
  const many = await Promise.all(Array.from({ length: 6 }, () => inSecondReview()))
  for (const one of many) value(await ask(second, 'claim', one))
  const results = await Promise.all(
    many.flatMap((one) => [ask(second, 'approve', one), ask(second, 'approve', one), ask(partner, 'approve', one)]),
  )
  const numbers = results.flatMap((result) => (result.ok ? [result.value.number!] : []))
  for (const result of results) if (!result.ok) expect(['claimed-by-another', 'already-accepted']).toContain(result.error.reason)
  const serials = [...new Set(numbers)].map((number) => Number(/(\d+)号$/.exec(number)![1])).sort((one, other) => one - other)
  expect(serials).toEqual(serials.map((_, place) => serials[0]! + place))
  expect(serials).toHaveLength(6)
})

test('two that ask for the same are united: all that they came from, and all whose they are; undone, both stand as before', async () => {
  const [kept, other] = [await inSecondReview({ title: '渡口装灯' }), await inSecondReview({ title: '码头照明' })]
  value(await proposer.post('proposal:invite', { proposalId: other.id, accountId: friend.accountId!, invited: true }))
  value(await friend.post('proposal:answer', { proposalId: other.id, sign: true, textVersion: other.textVersion }))
  value(await ask(first, 'claim', other))
  const merged = value(await merge(first, other, kept))
  expect(merged).toMatchObject({ status: 'merged', mergedInto: { id: kept.id, title: '渡口装灯', final: false } })
  const united = await read(first, kept.id)
  expect(united).toMatchObject({ merged: [{ id: other.id, title: '码头照明', proposerName: '提案委员' }] })
  expect(united.suggestions.map(({ id }) => id).sort()).toEqual([...kept.suggestions, ...other.suggestions].map(({ id }) => id).sort())
  value(await ask(second, 'claim', kept))
  value(await ask(second, 'approve', kept))
  expect(await recommendationOf(kept)).toMatchObject({ proposers: [{ name: '提案委员' }, { name: '联名委员' }] })
  expect((await recommendationOf(kept)).suggestions).toHaveLength(2)

  expect(value(await unmerge(first, other))).toMatchObject({ status: 'second-review', mergedInto: null })
  expect(await recommendationOf(kept)).toMatchObject({ proposers: [{ name: '提案委员' }], suggestions: kept.suggestions })
})

test('what is issued to a department takes nothing in and gives nothing back', async () => {
  const department = await makeDepartment(app, admin, districts.nanxun, '交通局')
  const kept = await accepted()
  const [inTime, late] = [await handedIn(), await handedIn()]
  for (const one of [inTime, late]) value(await ask(first, 'claim', one))
  value(await merge(first, inTime, kept))
  await issue(first, await recommendationOf(kept), department.organization)
  expect(failure(await merge(first, late, kept))).toEqual(conflict('merge-target-issued'))
  expect(failure(await unmerge(first, inTime))).toEqual(conflict('merge-is-final'))
  expect((await read(first, inTime.id)).mergedInto).toMatchObject({ final: true })
})

test('it is united with another one of its meeting that somebody still reviews or that is accepted, and with no other', async () => {
  const one = await handedIn()
  value(await ask(first, 'claim', one))
  expect(failure(await merge(first, one, one))).toMatchObject({ reason: 'merge-with-itself' })
  expect(failure(await merge(first, one, { id: v7() }))).toEqual({ code: 'not-found', reason: 'no-such-proposal' })
  const draft = value(await proposer.post('proposal:save', draftFor(meeting)))
  expect(failure(await merge(first, one, draft))).toEqual(conflict('not-to-merge-into'))
  const busy = await handedIn()
  value(await ask(second, 'claim', busy))
  expect(failure(await merge(first, one, busy))).toEqual(conflict('target-claimed'))
  const elsewhere = await makeMeeting(first)
  const { suggestion } = await post(await app.visitor(), elsewhere, '别处')
  const foreign = value(await proposer.post('proposal:save', draftFor(elsewhere, { suggestionIds: [suggestion.id] })))
  value(await ask(proposer, 'submit', foreign))
  expect(failure(await merge(first, one, foreign))).toEqual(conflict('other-meeting'))
  value(await ask(second, 'release', busy))
  value(await ask(first, 'claim', busy))
  const crossed = await Promise.all([merge(first, one, busy), merge(first, busy, one)])
  expect(crossed.filter((result) => result.ok)).toHaveLength(1)
})

test('one that others were united with is not given up', async () => {
  const [kept, other] = [await handedIn(), await handedIn()]
  value(await ask(first, 'claim', other))
  value(await merge(first, other, kept))
  value(await ask(proposer, 'withdraw', kept))
  expect(failure(await ask(proposer, 'drop', kept))).toEqual(conflict('others-united'))
  value(await unmerge(first, other))
  value(await ask(proposer, 'drop', kept))
})

test('those whom it concerns are told: to sign, to review, that it came back, was united, separated and accepted', async () => {
  const kindsOf = async (person: Person, about: string) =>
    (await person.get<{ notices: Notice[] }>('/api/me/notices?limit=100')).notices
      .filter(({ about: { title } }) => title === about)
      .map(({ kind }) => kind)
      .reverse()
  const [kept, other] = [await handedIn({ title: '渡口候船亭' }), await handedIn({ title: '码头候船亭' })]
  value(await proposer.post('proposal:invite', { proposalId: other.id, accountId: friend.accountId!, invited: true }))
  value(await ask(first, 'claim', other))
  value(await takeOver(second, other, first))
  value(await merge(second, other, kept))
  value(await unmerge(second, other))
  value(await ask(second, 'claim', other))
  value(await back(second, other))
  value(await ask(proposer, 'submit', other))
  for (const name of ['claim', 'receive', 'pass'] as const) value(await ask(first, name, other))
  for (const name of ['claim', 'approve'] as const) value(await ask(second, name, other))
  expect(await kindsOf(friend, '码头候船亭')).toEqual([
    'proposal-invited',
    'proposal-united',
    'proposal-separated',
    'proposal-returned',
    'proposal-accepted',
  ])
  expect(await kindsOf(first, '码头候船亭')).toEqual(['proposal-handed-in', 'proposal-taken-over', 'proposal-handed-in'])
  expect(await kindsOf(proposer, '渡口候船亭')).toEqual([])
  expect(await kindsOf(partner, '码头候船亭')).toEqual([])
})

test('the proposer hears of it without being in the room, and the room that something changed, but not what', async () => {
  const wish = draftFor(meeting)
  const heard = proposer.next('proposal:changed', ({ id }) => id === wish.id)
  const draft = value(await proposer.post('proposal:save', wish))
  expect(await heard).toEqual({ id: draft.id, meetingId: meeting.id, version: draft.version })
})
