import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { type Claim, claimMs, isInView, type QueueView, queueViews } from '../../shared/queue.ts'
import type { ReceiptStep, Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

type Queue = { suggestions: Suggestion[]; claims: Claim[]; counts: Record<QueueView, number> }

let app: TestApp
let [li, wang, member]: Person[] = []
let secretary: Person
let clock = Date.parse('2026-11-23T06:00:00.000Z')

beforeAll(async () => {
  app = await startApp({ now: () => new Date(clock) })
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
  li = await app.person({ name: '李主持', grants: [inRegion('moderator', districts.nanxun)] })
  wang = await app.person({ name: '王主持', grants: [inRegion('moderator', districts.wujiang)] })
  member = await app.person({ grants: [inRegion('member', districts.nanxun)] })
})
afterAll(() => app.close())

const queueOf = (person: Person, meeting: Meeting, view: QueueView) => person.get<Queue>(`/api/meetings/${meeting.id}/queue?view=${view}`)
const post = async (meeting: Meeting, text: string) => {
  clock += 10
  return value(await (await app.visitor()).post('suggestion:post', { id: v7(), meetingId: meeting.id, text }))
}

test('each view holds what belongs to it, by the same rule at both ends, with the numbers of all', async () => {
  const meeting = await makeMeeting(secretary)
  const [first, second, linked, answered] = [
    await post(meeting, '一'),
    await post(meeting, '二'),
    await post(meeting, '看 example.com'),
    await post(meeting, '四'),
  ]
  value(await li!.post('suggestion:publish', { suggestionId: second.suggestion.id }))
  value(await li!.post('suggestion:answer', { suggestionId: answered.suggestion.id, answer: '已办' }))
  const pending = await queueOf(li!, meeting, 'pending')
  expect(pending.suggestions.map(({ id }) => id)).toEqual([first.suggestion.id, linked.suggestion.id])
  expect(pending.counts).toEqual({ pending: 2, flagged: 1, unanswered: 1, all: 4 })
  const { suggestions: all } = await queueOf(li!, meeting, 'all')
  for (const view of queueViews) {
    const listed = (await queueOf(wang!, meeting, view)).suggestions.map(({ id }) => id)
    expect([view, listed.sort()]).toEqual([
      view,
      all
        .filter((one) => isInView(view, one))
        .map(({ id }) => id)
        .sort(),
    ])
  }
  for (const person of [member!, await app.visitor(), app.stranger()])
    await expect(queueOf(person, meeting, 'pending')).rejects.toMatchObject({ status: person.accountId ? 403 : 401 })
})

test('two moderators never work on the same one unknowingly', async () => {
  const meeting = await makeMeeting(secretary)
  const { suggestion } = await post(meeting, '路灯')
  const suggestionId = suggestion.id
  value(await wang!.ask('meeting:watch', { meetingId: meeting.id }))
  const told = wang!.next('queue:claimed')
  const claim = value(await li!.post('queue:claim', { suggestionId }))
  expect(await told).toEqual(claim)
  expect(claim).toEqual({ suggestionId, accountId: li!.accountId, name: '李主持', until: new Date(clock + claimMs).toISOString() })
  expect((await queueOf(wang!, meeting, 'pending')).claims).toEqual([claim])
  for (const refused of [
    wang!.post('queue:claim', { suggestionId }),
    wang!.post('suggestion:publish', { suggestionId }),
    wang!.post('suggestion:hide', { suggestionId, reason: '重复' }),
    wang!.post('suggestion:pin', { suggestionId, pinned: true }),
  ])
    expect(failure(await refused)).toEqual({ code: 'conflict', reason: 'claimed' })
  expect(value(await wang!.post('suggestion:publish-many', { meetingId: meeting.id, suggestionIds: [suggestionId] }))).toEqual([])
  expect(value(await li!.post('queue:claim', { suggestionId }))).toEqual(claim)
  // Knowingly one may take it over; whoever had it learns so.
  expect(value(await wang!.post('queue:claim', { suggestionId, takeOver: true }))).toMatchObject({ name: '王主持' })
  expect(failure(await li!.post('suggestion:publish', { suggestionId }))).toMatchObject({ reason: 'claimed' })
  expect(value(await li!.post('queue:release', { suggestionId }))).toEqual({ released: false })
  // The news of taking it over may still be on its way.
  const over = li!.next('queue:claimed', ({ until }) => until === new Date(clock).toISOString())
  value(await li!.ask('meeting:watch', { meetingId: meeting.id }))
  expect(value(await wang!.post('queue:release', { suggestionId }))).toEqual({ released: true })
  expect(await over).toMatchObject({ suggestionId })
  expect(value(await li!.post('suggestion:publish', { suggestionId }))).toMatchObject({ status: 'published' })
})

test('a claim ends by itself', async () => {
  const meeting = await makeMeeting(secretary)
  const { suggestion } = await post(meeting, '公交')
  value(await li!.post('queue:claim', { suggestionId: suggestion.id }))
  clock += claimMs
  expect((await queueOf(wang!, meeting, 'pending')).claims).toEqual([])
  expect(value(await wang!.post('suggestion:publish', { suggestionId: suggestion.id }))).toMatchObject({ status: 'published' })
})

test('many are published at once, each on record, and nothing of other meetings', async () => {
  const [meeting, other] = [await makeMeeting(secretary), await makeMeeting(secretary)]
  const ids = [await post(meeting, '一'), await post(meeting, '二'), await post(meeting, '三')].map(({ suggestion }) => suggestion.id)
  const foreign = (await post(other, '别处')).suggestion.id
  value(await li!.post('suggestion:hide', { suggestionId: ids[2]!, reason: '重复' }))
  const wish = { meetingId: meeting.id, suggestionIds: [...ids, foreign, v7()] }
  for (const person of [member!, await app.visitor(), app.stranger()])
    expect(failure(await person.post('suggestion:publish-many', wish)).code).toMatch(/^not-/)
  expect(value(await li!.post('suggestion:publish-many', wish)).map(({ id, status }) => [id, status])).toEqual(
    ids.slice(0, 2).map((id) => [id, 'published']),
  )
  expect(value(await li!.post('suggestion:publish-many', wish))).toEqual([])
  expect((await queueOf(li!, other, 'pending')).suggestions).toHaveLength(1)
  const trail = await app.db.pool.query(
    `select subject_id from audit_entries where action = 'suggestion:published' and subject_id = any($1)`,
    [ids],
  )
  expect(trail.rows.map((row) => row.subject_id).sort()).toEqual(ids.slice(0, 2).sort())
  expect(failure(await li!.post('suggestion:publish-many', { ...wish, suggestionIds: [] }))).toMatchObject({ code: 'invalid-input' })
})

test('what was published at once stays flagged until a moderator has looked at it and lets it stand', async () => {
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' })
  const [linked, plain] = [await post(meeting, '看 example.com'), await post(meeting, '路灯')]
  const suggestionId = linked.suggestion.id
  const flagged = async () => {
    const { suggestions, counts } = await queueOf(li!, meeting, 'flagged')
    return [suggestions.map(({ id }) => id), counts.flagged]
  }
  expect(await flagged()).toEqual([[suggestionId], 1])
  for (const person of [member!, await app.visitor(), app.stranger()])
    expect(failure(await person.post('suggestion:keep', { suggestionId, kept: true })).code).toMatch(/^not-/)
  value(await wang!.post('queue:claim', { suggestionId }))
  expect(failure(await li!.post('suggestion:keep', { suggestionId, kept: true }))).toMatchObject({ reason: 'claimed' })
  value(await wang!.post('queue:release', { suggestionId }))

  // The room hears of it, the public and the author do not.
  const phone = app.stranger()
  value(await li!.ask('meeting:watch', { meetingId: meeting.id }))
  value(await phone.ask('meeting:watch', { meetingId: meeting.id }))
  const told = li!.next('suggestion:changed', ({ id, kept }) => id === suggestionId && kept === true)
  const kept = value(await li!.post('suggestion:keep', { suggestionId, kept: true }))
  expect(kept).toMatchObject({ status: 'published', flags: ['link'], kept: true })
  expect(await told).toEqual(kept)
  expect(value(await wang!.post('suggestion:keep', { suggestionId, kept: true }))).toEqual(kept)
  expect(await flagged()).toEqual([[], 0])
  expect(await phone.get<object[]>(`/api/meetings/${meeting.id}/suggestions`)).toContainEqual(
    expect.not.objectContaining({ kept: expect.anything(), flags: expect.anything() }),
  )
  expect(value(await li!.post('suggestion:keep', { suggestionId, kept: false })).kept).toBeUndefined()
  expect(await flagged()).toEqual([[suggestionId], 1])
  const { rows } = await app.db.pool.query(
    `select details from audit_entries where action = 'suggestion:keep' and subject_id = $1 order by id`,
    [suggestionId],
  )
  expect(rows.map(({ details }) => details.kept)).toEqual([true, false])

  for (const [id, reason] of [
    [plain.suggestion.id, 'nothing-to-look-at'],
    [v7(), 'no-such-suggestion'],
  ])
    expect(failure(await li!.post('suggestion:keep', { suggestionId: id!, kept: true }))).toMatchObject({ reason })
  expect(failure(await li!.post('suggestion:keep', { suggestionId } as never))).toMatchObject({ code: 'invalid-input' })
})

test('publishing a flagged one says that it was looked at; what waits again is to be looked at again', async () => {
  const meeting = await makeMeeting(secretary, { suggestionPolicy: 'approval' })
  const [one, other] = [await post(meeting, '看 example.com'), await post(meeting, '再看 example.com')].map(
    ({ suggestion }) => suggestion.id,
  )
  expect(failure(await li!.post('suggestion:keep', { suggestionId: one!, kept: true }))).toMatchObject({ reason: 'nothing-to-look-at' })
  expect(value(await li!.post('suggestion:publish', { suggestionId: one! }))).toMatchObject({ kept: true })
  value(await li!.post('suggestion:publish-many', { meetingId: meeting.id, suggestionIds: [other!] }))
  expect((await queueOf(li!, meeting, 'flagged')).suggestions).toEqual([])
  value(await li!.post('suggestion:reopen', { suggestionId: one! }))
  expect((await queueOf(li!, meeting, 'flagged')).suggestions).toMatchObject([{ id: one, status: 'pending', flags: ['link'] }])
})

test('every decision can be undone, step by step, and its author sees so', async () => {
  const meeting = await makeMeeting(secretary)
  const { suggestion, receipt } = await post(meeting, '渡口')
  const suggestionId = suggestion.id
  const undo = async () => value(await li!.post('suggestion:reopen', { suggestionId }))
  value(await li!.post('suggestion:publish', { suggestionId }))
  value(await li!.post('suggestion:answer', { suggestionId, answer: '第一次答复' }))
  value(await li!.post('suggestion:answer', { suggestionId, answer: '改过的答复' }))
  value(await li!.post('suggestion:hide', { suggestionId, reason: '误点' }))
  expect(await undo()).toMatchObject({ status: 'answered', answer: '改过的答复', hideReason: null })
  expect(await undo()).toMatchObject({ status: 'answered', answer: '第一次答复' })
  value(await li!.post('suggestion:hide', { suggestionId, reason: '又误点' }))
  expect(await undo()).toMatchObject({ status: 'answered', answer: '第一次答复' })
  expect(await undo()).toMatchObject({ status: 'published', answer: null })
  expect(await undo()).toMatchObject({ status: 'pending', answer: null })
  expect(failure(await li!.post('suggestion:reopen', { suggestionId }))).toEqual({ code: 'conflict', reason: 'nothing-to-undo' })
  const { steps } = await app.stranger().get<{ steps: ReceiptStep[] }>(`/api/receipts/${receipt}`)
  expect(steps.filter(({ kind }) => kind === 'reopened')).toHaveLength(5)
  for (const person of [member!, await app.visitor()])
    expect(failure(await person.post('suggestion:reopen', { suggestionId }))).toMatchObject({ code: 'not-allowed' })
})
