import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { photoPath } from '../../shared/photo-rules.ts'
import type { PollView } from '../../shared/polls.ts'
import { type KeptReceipt, keptReceiptSchema, type PostedSuggestion, type Suggestion } from '../../shared/suggestions.ts'
import { plainPicture } from '../photos/hostile.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

const live = () => makeMeeting(secretary, { suggestionPolicy: 'immediate' as never })
const post = async (person: Person, meeting: Meeting, text = '渡口晚上加一班船'): Promise<PostedSuggestion> =>
  value(await person.post('suggestion:post', { id: v7(), meetingId: meeting.id, text }))
const support = async (person: Person, { id }: Suggestion) =>
  value(await person.post('suggestion:support', { suggestionId: id, supported: true }))
const stance = async (person: Person, { id }: Suggestion, given: 'agree' | 'disagree') =>
  value(await person.post('stance:give', { suggestionId: id, stance: given }))
const mine = (person: Person) => person.get<KeptReceipt[]>('/api/me/receipts')

/** Waits for the count of a suggestion, which follows within a second. */
const counted = (meeting: Meeting, { id }: Suggestion, count: number) =>
  eventually(async () => {
    const list = await secretary.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)
    expect(list.find((one) => one.id === id)?.supportCount).toBe(count)
  })

test('a receipt is kept with an account and listed with its latest step, the newest first', async () => {
  const meeting = await live()
  const [first, second] = [await post(await app.visitor(), meeting, '甲'), await post(await app.visitor(), meeting, '乙')]
  const citizen = await app.person({ grants: [inRegion('citizen', districts.nanxun)] })
  const own = await post(citizen, meeting, '丙')
  const claimed = keptReceiptSchema.parse(value(await citizen.post('receipt:claim', { receipt: first.receipt.toLowerCase() })))
  expect(claimed).toMatchObject({ receipt: first.receipt, meetingTitle: meeting.title, latest: { kind: 'published' } })
  // Asked twice, it is kept once; one's own needs no keeping.
  expect(value(await citizen.post('receipt:claim', { receipt: first.receipt }))).toEqual(claimed)
  value(await citizen.post('receipt:claim', { receipt: own.receipt }))
  value(await citizen.post('receipt:claim', { receipt: second.receipt }))
  value(await secretary.ask('suggestion:answer', { suggestionId: first.suggestion.id, answer: '下月加开' }))
  const list = await mine(citizen)
  expect(list.map(({ receipt }) => receipt).sort()).toEqual([first, second, own].map(({ receipt }) => receipt).sort())
  expect(list[0]).toMatchObject({ receipt: first.receipt, latest: { kind: 'answered', answer: '下月加开' } })
  const trail = await app.db.pool.query(`select count(*)::int as n from audit_entries where action = 'receipt:claim' and actor_id = $1`, [
    citizen.accountId,
  ])
  expect(trail.rows[0].n).toBe(2)
})

test('only somebody with an account keeps receipts, and only those that there are', async () => {
  const meeting = await live()
  const { receipt } = await post(await app.visitor(), meeting)
  expect(failure(await app.stranger().post('receipt:claim', { receipt }))).toMatchObject({ code: 'not-signed-in' })
  expect(failure(await (await app.visitor()).post('receipt:claim', { receipt }))).toEqual({
    code: 'not-allowed',
    reason: 'needs-an-account',
  })
  const citizen = await app.person()
  expect(failure(await citizen.post('receipt:claim', { receipt: '0000-0000-0000' }))).toMatchObject({ reason: 'no-such-receipt' })
  expect(failure(await citizen.post('receipt:claim', { receipt: 'nonsense' }))).toMatchObject({ code: 'invalid-input' })
  for (const person of [app.stranger(), await app.visitor(), citizen]) expect(await mine(person)).toEqual([])
})

test('whoever keeps a receipt counts as its author, and is not counted a second time as a supporter', async () => {
  const meeting = await live()
  const { suggestion, receipt } = await post(await app.visitor(), meeting)
  const [author, neighbour] = [await app.person(), await app.person()]
  await support(author, suggestion)
  await support(neighbour, suggestion)
  await counted(meeting, suggestion, 3)
  value(await author.post('receipt:claim', { receipt }))
  await counted(meeting, suggestion, 2)
  // The same through a merge: the neighbour supported the one, the author the other.
  const twin = await post(neighbour, meeting, '同样的意思')
  await support(author, twin.suggestion)
  value(await secretary.ask('suggestion:merge', { suggestionId: twin.suggestion.id, intoId: suggestion.id }))
  await counted(meeting, suggestion, 2)
})

test('whoever signs in in the browser of a visitor was that visitor: one author, one supporter, one voice', async () => {
  const meeting = await live()
  const [visitor, account] = [await app.visitor(), await app.person({ name: '沈阿姨' })]
  const others = [await post(secretary, meeting, '甲'), await post(secretary, meeting, '乙'), await post(secretary, meeting, '丙')]
  const [a, b, c] = others.map(({ suggestion }) => suggestion) as [Suggestion, Suggestion, Suggestion]
  const photoId = v7()
  await visitor.fetch(photoPath(photoId), { method: 'PUT', body: new Uint8Array(await plainPicture()) })
  const own = value(await visitor.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '丁', photoIds: [photoId] }))
  const poll = value(
    await secretary.post('poll:open', {
      id: v7(),
      meetingId: meeting.id,
      kind: 'single',
      question: '先改哪一样？',
      options: ['加早班船', '装路灯'],
      results: 'answered',
    }),
  )
  for (const person of [visitor, account]) {
    await support(person, a)
    value(await person.post('poll:answer', { id: v7(), pollId: poll.id, choices: [person === visitor ? 0 : 1] }))
  }
  await support(account, own.suggestion)
  await stance(account, b, 'disagree')
  await stance(visitor, b, 'agree')
  await stance(visitor, c, 'agree')
  await stance(account, c, 'disagree')
  await counted(meeting, a, 3)
  await counted(meeting, own.suggestion, 2)

  const signedIn = await app.signInFrom(visitor, account)
  await counted(meeting, a, 2)
  await counted(meeting, own.suggestion, 1)
  expect((await mine(signedIn)).map(({ receipt }) => receipt)).toEqual([own.receipt])
  expect(await signedIn.get(`/api/meetings/${meeting.id}/suggestions/mine`)).toMatchObject([{ receipt: own.receipt }])
  const votes = await app.services.stances.votesOf(meeting.id)
  const ofAccount = votes.filter(({ accountId }) => accountId === account.accountId)
  expect(new Map(ofAccount.map(({ suggestionId, stance: given }) => [suggestionId, given]))).toEqual(
    new Map([
      [b.id, 'agree'],
      [c.id, 'disagree'],
    ]),
  )
  expect(votes.some(({ accountId }) => accountId === visitor.accountId)).toBe(false)
  const [answered] = await signedIn.get<PollView[]>(`/api/meetings/${meeting.id}/polls`)
  expect(answered).toMatchObject({ answered: 1, counts: [0, 1], mine: [1] })
  // The visitor's own session is over, and in the trail stands who was who.
  expect(await visitor.get('/api/me')).toMatchObject({ account: null })
  const trail = await app.db.pool.query(`select details from audit_entries where action = 'account:unite' and subject_id = $1`, [
    account.accountId,
  ])
  expect(trail.rows).toEqual([{ details: { visitorId: visitor.accountId } }])
})

test('signing in with a wrong password, or as another visitor, unites nobody', async () => {
  const meeting = await live()
  const [visitor, account] = [await app.visitor(), await app.person()]
  const { receipt } = await post(visitor, meeting)
  await expect(app.signInFrom(visitor, { accountId: v7(), name: '' })).rejects.toThrow('sign-in')
  expect(await mine(account)).toEqual([])
  expect(await visitor.get(`/api/meetings/${meeting.id}/suggestions/mine`)).toMatchObject([{ receipt }])
})
