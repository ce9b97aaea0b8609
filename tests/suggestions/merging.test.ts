import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { regionCategories } from '../../server/suggestions/schema.ts'
import { defaultCategories } from '../../shared/categories.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Discussed } from '../../shared/stage.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let moderator: Person
let citizen: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  moderator = await app.person({ name: '主持', grants: [inRegion('moderator', districts.nanxun), inRegion('secretary', districts.nanxun)] })
  citizen = await app.visitor()
})
afterAll(() => app?.close())

const post = async (person: Person, meeting: Meeting, more: object = {}) =>
  value(await person.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '渡口晚上加一班船', ...more })).suggestion

const listed = (person: Person, meeting: Meeting, query = '') => person.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions${query}`)

const countOf = async (meeting: Meeting, id: string) => (await listed(moderator, meeting)).find((one) => one.id === id)?.supportCount

test('a merge unites supporters, each counted once; undoing it gives each what it had, its state too, and tells its author', async () => {
  const meeting = await makeMeeting(moderator)
  const [first, second] = [await app.visitor(), await app.visitor()]
  const [kept, alike] = [await post(first, meeting), await post(second, meeting)]
  for (const { id } of [kept, alike]) value(await moderator.post('suggestion:publish', { suggestionId: id }))
  value(await moderator.post('suggestion:answer', { suggestionId: alike.id, answer: '在研究' }))
  for (const { id } of [kept, alike]) value(await citizen.post('suggestion:support', { suggestionId: id, supported: true }))
  value(await moderator.post('suggestion:merge', { suggestionId: alike.id, intoId: kept.id }))
  await eventually(async () => expect(await countOf(meeting, kept.id)).toBe(3))
  expect(await citizen.get(`/api/meetings/${meeting.id}/supports/mine`)).toEqual([kept.id])

  value(await second.ask('meeting:watch', { meetingId: meeting.id }))
  const told = second.next('suggestion:changed', ({ id, status }) => id === alike.id && status !== 'merged')
  expect(value(await moderator.post('suggestion:unmerge', { suggestionId: alike.id }))).toMatchObject({
    status: 'answered',
    mergedIntoId: null,
  })
  expect(await told).toMatchObject({ status: 'answered' })
  await eventually(async () => expect([await countOf(meeting, kept.id), await countOf(meeting, alike.id)]).toEqual([2, 2]))
  const [{ receipt }] = await second.get<[{ receipt: string }]>(`/api/meetings/${meeting.id}/suggestions/mine`)
  const { steps } = await second.get<{ steps: { kind: string }[] }>(`/api/receipts/${receipt}`)
  expect(steps.map((step) => step.kind)).toEqual(['unmerged', 'merged', 'answered', 'published', 'posted'])
  expect(failure(await moderator.post('suggestion:unmerge', { suggestionId: alike.id }))).toEqual({
    code: 'conflict',
    reason: 'not-merged',
  })
})

test('undoing a merge in the middle takes along what was merged into it, and nothing else', async () => {
  const meeting = await makeMeeting(moderator)
  const [a, b, c, d] = [
    await post(citizen, meeting),
    await post(citizen, meeting),
    await post(citizen, meeting),
    await post(citizen, meeting),
  ]
  for (const [from, into] of [
    [a, b],
    [b, c],
    [d, c],
  ] as const)
    value(await moderator.post('suggestion:merge', { suggestionId: from.id, intoId: into.id }))
  value(await moderator.post('suggestion:unmerge', { suggestionId: b.id }))
  const into = new Map((await listed(moderator, meeting)).map((one) => [one.id, one.mergedIntoId]))
  expect([a, b, c, d].map((one) => into.get(one.id))).toEqual([b.id, null, null, c.id])
})

test('support that is taken back is taken from all that are merged together, and stays taken back when the merge is undone', async () => {
  const meeting = await makeMeeting(moderator, { suggestionPolicy: 'immediate' })
  const [kept, alike] = [await post(moderator, meeting), await post(moderator, meeting)]
  value(await citizen.post('suggestion:support', { suggestionId: alike.id, supported: true }))
  value(await moderator.post('suggestion:merge', { suggestionId: alike.id, intoId: kept.id }))
  expect(value(await citizen.post('suggestion:support', { suggestionId: kept.id, supported: false }))).toEqual({
    suggestionId: kept.id,
    supported: false,
  })
  value(await moderator.post('suggestion:unmerge', { suggestionId: alike.id }))
  expect(await citizen.get(`/api/meetings/${meeting.id}/supports/mine`)).toEqual([])
})

test('an author counts whatever they press; pressing twice, and an old press that comes late, count once', async () => {
  const meeting = await makeMeeting(moderator, { suggestionPolicy: 'immediate' })
  const { id: suggestionId } = await post(moderator, meeting)
  const late = v7()
  const supported = { suggestionId, supported: true, commandId: v7() }
  await Promise.all([1, 2, 3].map(() => citizen.post('suggestion:support', supported)))
  for (const pressed of [true, false]) value(await moderator.post('suggestion:support', { suggestionId, supported: pressed }))
  expect(value(await citizen.post('suggestion:support', { suggestionId, supported: false, commandId: late }))).toEqual({
    suggestionId,
    supported: true,
  })
  await eventually(async () => expect(await countOf(meeting, suggestionId)).toBe(2))
})

test('what was supported before it was merged can still be supported, as from a phone that was offline', async () => {
  const meeting = await makeMeeting(moderator, { suggestionPolicy: 'immediate' })
  const [kept, alike] = [await post(moderator, meeting), await post(moderator, meeting)]
  value(await moderator.post('suggestion:merge', { suggestionId: alike.id, intoId: kept.id }))
  value(await citizen.post('suggestion:support', { suggestionId: alike.id, supported: true }))
  await eventually(async () => expect(await countOf(meeting, kept.id)).toBe(2))
})

test('nobody but moderators of the meeting merges, undoes a merge or pins', async () => {
  const meeting = await makeMeeting(moderator)
  const [one, two] = [await post(citizen, meeting), await post(citizen, meeting)]
  const elsewhere = await app.person({ grants: [inRegion('moderator', '31')] })
  const member = await app.person({ grants: [inRegion('member', districts.nanxun)] })
  for (const person of [elsewhere, member, citizen, app.stranger()]) {
    const refused = [
      await person.post('suggestion:merge', { suggestionId: one.id, intoId: two.id }),
      await person.post('suggestion:unmerge', { suggestionId: one.id }),
      await person.post('suggestion:pin', { suggestionId: one.id, pinned: true }),
    ]
    expect(refused.map((result) => failure(result).code)).toEqual(Array(3).fill(person.accountId ? 'not-allowed' : 'not-signed-in'))
  }
  const other = await post(citizen, await makeMeeting(moderator))
  for (const [suggestionId, intoId, reason] of [
    [one.id, one.id, 'suggestion-closed'],
    [one.id, other.id, 'no-such-suggestion'],
    [v7(), one.id, 'no-such-suggestion'],
  ] as const)
    expect(failure(await moderator.post('suggestion:merge', { suggestionId, intoId }))).toMatchObject({ reason })
})

test('of two moderators who merge two suggestions into one another at once, one wins', async () => {
  const meeting = await makeMeeting(moderator)
  const [one, two] = [await post(citizen, meeting), await post(citizen, meeting)]
  const results = await Promise.all([
    moderator.post('suggestion:merge', { suggestionId: one.id, intoId: two.id }),
    moderator.post('suggestion:merge', { suggestionId: two.id, intoId: one.id }),
  ])
  expect(results.map((result) => result.ok).sort()).toEqual([false, true])
})

test('pinned ones come first, then by what was asked for', async () => {
  const meeting = await makeMeeting(moderator, { suggestionPolicy: 'immediate' })
  const [first, second, third] = [await post(moderator, meeting), await post(moderator, meeting), await post(moderator, meeting)]
  value(await citizen.post('suggestion:support', { suggestionId: second.id, supported: true }))
  value(await moderator.post('suggestion:answer', { suggestionId: third.id, answer: '好' }))
  await eventually(async () => expect(await countOf(meeting, second.id)).toBe(2))
  const order = async (sort: string) => (await listed(citizen, meeting, `?sort=${sort}`)).map((one) => one.id)
  expect(await order('newest')).toEqual([third.id, second.id, first.id])
  expect(await order('supported')).toEqual([second.id, third.id, first.id])
  expect(await order('unanswered')).toEqual([second.id, first.id, third.id])
  expect(value(await moderator.post('suggestion:pin', { suggestionId: first.id, pinned: true }))).toMatchObject({ pinned: true })
  expect(value(await moderator.post('suggestion:pin', { suggestionId: first.id, pinned: true }))).toMatchObject({ version: 2 })
  expect(await order('supported')).toEqual([first.id, second.id, third.id])
})

test('category and place go with a suggestion; the code that it came by is told to the room only', async () => {
  const meeting = await makeMeeting(moderator, { suggestionPolicy: 'immediate' })
  const details = { category: '交通出行', place: '双林镇渡口' }
  const own = await post(citizen, meeting, { ...details, via: 'ab12cd' })
  expect(own).toMatchObject(details)
  expect(own).not.toHaveProperty('via')
  expect(await listed(moderator, meeting)).toMatchObject([{ ...details, via: 'AB12CD' }])
  expect((await listed(app.stranger(), meeting))[0]).not.toHaveProperty('via')
  for (const wrong of [{ place: 'x'.repeat(61) }, { category: 'x'.repeat(21) }, { via: '../..' }])
    expect(failure(await citizen.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '好', ...wrong })).code).toBe(
      'invalid-input',
    )
})

test('where the regions have set their categories, nothing else is taken', async () => {
  const meeting = await makeMeeting(moderator)
  const read = () => app.stranger().get(`/api/meetings/${meeting.id}/categories`)
  expect(await read()).toEqual({ categories: defaultCategories, fixed: false })
  await app.db.reader.insert(regionCategories).values([
    { regionCode: '33', categories: ['水环境'] },
    { regionCode: '320509', categories: ['渡口'] },
  ])
  try {
    expect(await read()).toEqual({ categories: ['水环境', '渡口'], fixed: true })
    expect(await post(citizen, meeting, { category: '渡口' })).toMatchObject({ category: '渡口' })
    expect(
      failure(await citizen.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: '好', category: '交通出行' })),
    ).toMatchObject({
      code: 'invalid-input',
      reason: 'no-such-category',
    })
  } finally {
    await app.db.reader.delete(regionCategories)
  }
})

test('the public hears and reads which suggestion is discussed, and nothing else of the stage', async () => {
  const meeting = await makeMeeting(moderator, { suggestionPolicy: 'immediate' })
  const [shown, kept] = [await post(citizen, meeting), await post(citizen, meeting)]
  const phone = app.stranger()
  value(await phone.ask('meeting:watch', { meetingId: meeting.id }))
  const told = phone.next('stage:shown')
  value(await moderator.post('stage:show', { meetingId: meeting.id, suggestionId: shown.id }))
  expect(await told).toEqual({ meetingId: meeting.id, version: 1, suggestion: shown })
  const read = () => phone.get<Discussed>(`/api/meetings/${meeting.id}/discussed`)
  expect(await read()).toEqual(await told)
  value(await moderator.post('suggestion:merge', { suggestionId: shown.id, intoId: kept.id }))
  expect((await read()).suggestion).toMatchObject({ id: kept.id })
  value(await moderator.post('suggestion:hide', { suggestionId: kept.id, reason: '重复' }))
  expect((await read()).suggestion).toBeNull()
})
