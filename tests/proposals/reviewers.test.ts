import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import type { Notice } from '../../shared/notifications.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import type { Reviewer } from '../../shared/reviewers.ts'
import { issue, makeDepartment, post } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { draftFor, list, read, rule } from './halls.ts'

let app: TestApp
let secretary: Person
let proposer: Person
let meeting: Meeting

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  proposer = await app.person({ name: '提案委员', grants: [inRegion('member', districts.nanxun)] })
  meeting = await makeMeeting(secretary)
  await rule(secretary, {})
})
afterAll(() => app.close())

const { nanxun, wujiang } = districts
const named = ({ accountId }: Person) => app.usernameOf(accountId!)
const appoint = (by: Person, person: Person, regionCode = nanxun) =>
  by.post('reviewer:appoint', { id: v7(), regionCode, username: named(person) })
const dismiss = (by: Person, { accountId }: Person, regionCode = nanxun) =>
  by.post('reviewer:dismiss', { regionCode, accountId: accountId! })
const reviewersOf = (by: Person, regionCode = nanxun) => by.get<Reviewer[]>(`/api/regions/${regionCode}/reviewers`)
const ask = (person: Person, name: 'submit' | 'claim' | 'receive' | 'pass' | 'approve', proposalId: string) =>
  person.post(`proposal:${name}`, { proposalId })

async function handedIn(title: string) {
  const { suggestion } = await post(await app.visitor(), meeting, `渡口太黑 ${v7()}`)
  const draft = value(await proposer.post('proposal:save', draftFor(meeting, { title, suggestionIds: [suggestion.id] })))
  return value(await ask(proposer, 'submit', draft.id))
}

test('a secretariat appoints reviewers, who are told what waits, claim it and review it, until they are dismissed', async () => {
  const [one, other] = [await app.person({ name: '审查员甲' }), await app.person({ name: '审查员乙' })]
  value(await appoint(secretary, one))
  expect(value(await appoint(secretary, other))).toEqual([
    { accountId: one.accountId, name: '审查员甲', username: named(one) },
    { accountId: other.accountId, name: '审查员乙', username: named(other) },
  ])
  const { id } = await handedIn('渡口照明改造')
  const { notices } = await one.get<{ notices: Notice[] }>('/api/me/notices')
  expect(notices).toMatchObject([{ kind: 'proposal-handed-in', about: { title: '渡口照明改造' } }])
  expect((await list(one)).map((proposal) => proposal.id)).toContain(id)
  for (const name of ['claim', 'receive', 'pass'] as const) value(await ask(one, name, id))
  value(await ask(other, 'claim', id))
  const late = await one.post('proposal:take-over', { proposalId: id, fromId: other.accountId!, reason: '我来' })
  expect(failure(late)).toEqual({ code: 'not-allowed', reason: 'not-allowed' })
  expect(value(await ask(other, 'approve', id))).toMatchObject({ status: 'ready', firstReviewer: { name: '审查员甲' } })
  expect((await read(one, id)).number).not.toBeNull()

  expect(value(await dismiss(secretary, one)).map(({ name }) => name)).toEqual(['审查员乙'])
  expect(failure(await ask(one, 'claim', (await handedIn('渡口候船亭')).id))).toMatchObject({ code: 'not-allowed' })
  await expect(read(one, id)).rejects.toMatchObject({ status: 403 })
})

test('a reviewer decides nothing but proposals', async () => {
  const reviewer = await app.person()
  value(await appoint(secretary, reviewer))
  const { id } = await handedIn('渡口标牌')
  const department = await makeDepartment(app, await app.person({ grants: [inRegion('admin', '')] }), nanxun, '交通局')
  for (const name of ['claim', 'receive', 'pass'] as const) value(await ask(secretary, name, id))
  for (const name of ['claim', 'approve'] as const) value(await ask(reviewer, name, id))
  const wish = { id: v7(), recommendationId: id, organizationId: department.organization.id }
  expect(failure(await reviewer.post('assignment:issue', wish))).toMatchObject({ code: 'not-allowed' })
  const assignment = await issue(secretary, await secretary.get<Recommendation>(`/api/recommendations/${id}`), department.organization)
  const recall = await reviewer.post('assignment:recall', { assignmentId: assignment.id, reason: '改办' })
  expect(failure(recall)).toMatchObject({ code: 'not-allowed' })
  const { textVersion: _, ...draft } = draftFor(meeting)
  expect(failure(await reviewer.post('recommendation:create', draft))).toMatchObject({ code: 'not-allowed' })
  expect(failure(await reviewer.post('proposal:save', draftFor(meeting)))).toMatchObject({ code: 'not-allowed' })
  expect(failure(await appoint(reviewer, await app.person()))).toMatchObject({ code: 'not-allowed' })
})

test('nobody but the region’s secretariat or one above appoints, dismisses or sees them', async () => {
  const someone = await app.person()
  const outsiders = [
    [await app.person({ grants: [inRegion('secretary', wujiang)] }), 'not-allowed'],
    [proposer, 'not-allowed'],
    [await app.visitor(), 'not-allowed'],
    [app.stranger(), 'not-signed-in'],
  ] as const
  for (const [person, code] of outsiders) {
    expect(failure(await appoint(person, someone))).toMatchObject({ code })
    expect(failure(await dismiss(person, someone))).toMatchObject({ code })
    await expect(reviewersOf(person)).rejects.toMatchObject({ error: { code } })
  }
  const above = await app.person({ grants: [inRegion('secretary', '33')] })
  expect(value(await appoint(above, someone)).map(({ accountId }) => accountId)).toContain(someone.accountId)
  expect(failure(await appoint(secretary, someone, '33'))).toMatchObject({ code: 'not-allowed' })
})

test('an unknown name, a region that is none and a name that cannot be one are refused; twice at once it is one', async () => {
  const before = await reviewersOf(secretary)
  const wish = { id: v7(), regionCode: nanxun, username: 'nobody-here' }
  expect(failure(await secretary.post('reviewer:appoint', wish))).toEqual({ code: 'not-found', reason: 'no-such-account' })
  expect(failure(await secretary.post('reviewer:appoint', { ...wish, username: '张 三' }))).toMatchObject({ code: 'invalid-input' })
  const nowhere = await secretary.post('reviewer:appoint', { ...wish, regionCode: `${nanxun}999` })
  expect(failure(nowhere)).toMatchObject({ code: 'invalid-input', reason: 'no-such-region' })
  expect(value(await dismiss(secretary, proposer))).toEqual(before)
  const person = await app.person()
  const results = await Promise.all([1, 2, 3].map(() => appoint(secretary, person)))
  for (const result of results) expect(value(result)).toHaveLength(before.length + 1)
  const gone = await Promise.all([1, 2].map(() => dismiss(secretary, person)))
  for (const result of gone) expect(value(result)).toEqual(before)
})
