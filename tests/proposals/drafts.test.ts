import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Meeting } from '../../shared/meetings.ts'
import { type Near, proposalCursor, proposalSchema } from '../../shared/proposals.ts'
import { post, writeMinutes } from '../recommendations/outcomes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { draftFor, list, read, rule, seat } from './halls.ts'

let app: TestApp
let secretary: Person
let proposer: Person
let friend: Person
let meeting: Meeting
let blockId: string
let suggestionId: string

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  proposer = await app.person({ name: '提案委员', grants: [inRegion('member', districts.nanxun)] })
  friend = await app.person({ name: '联名委员', grants: [inRegion('member', districts.wujiang)] })
  meeting = await makeMeeting(secretary)
  await seat(app, meeting, friend)
  ;[blockId] = (await writeMinutes(app, secretary, meeting, ['同意改造渡口照明。'])) as [string]
  suggestionId = (await post(await app.visitor(), meeting, '渡口太黑')).suggestion.id
})
afterAll(() => app.close())

const save = (person: Person, draft: ReturnType<typeof draftFor>) => person.post('proposal:save', draft)
async function drafted(changes: Parameters<typeof draftFor>[1] = {}) {
  return value(await save(proposer, draftFor(meeting, { blockIds: [blockId], suggestionIds: [suggestionId], ...changes })))
}
const submit = (person: Person, { id }: { id: string }) => person.post('proposal:submit', { proposalId: id })
const invite = (person: Person, { id }: { id: string }, accountId: string, invited = true) =>
  person.post('proposal:invite', { proposalId: id, accountId, invited })
const answer = (person: Person, { id, textVersion }: { id: string; textVersion: number }, sign = true) =>
  person.post('proposal:answer', { proposalId: id, sign, textVersion })

test('a draft is kept however incomplete it is, and only its proposer sees it', async () => {
  const draft = draftFor(meeting, { title: '', body: '', measures: [] })
  const kept = proposalSchema.parse(value(await save(proposer, draft)))
  expect(kept).toMatchObject({ status: 'draft', title: '', regionCode: districts.nanxun, proposer: { name: '提案委员' }, number: null })
  expect((await list(proposer)).map(({ id }) => id)).toContain(draft.id)
  for (const [person, status] of [
    [secretary, 403],
    [friend, 403],
    [app.stranger(), 401],
  ] as const)
    await expect(read(person, draft.id)).rejects.toMatchObject({ status })
  expect((await list(secretary)).map(({ id }) => id)).not.toContain(draft.id)
  await expect(read(proposer, v7())).rejects.toMatchObject({ status: 404 })
})

test('the list goes on page by page, and each shelf holds what belongs on it', async () => {
  const author = await app.person({ name: '多写委员', grants: [inRegion('member', districts.nanxun)] })
  const ids: string[] = []
  for (const title of ['甲', '乙', '丙']) ids.unshift(value(await save(author, draftFor(meeting, { title }))).id)
  const first = await list(author, '?limit=2&shelf=mine')
  const second = await list(author, `?limit=2&shelf=mine&after=${proposalCursor(first[1]!)}`)
  expect([...first, ...second].map(({ id }) => id)).toEqual(ids)
  expect(await list(author, `?shelf=mine&after=${proposalCursor(second[0]!)}`)).toEqual([])
  expect([await list(author, '?shelf=waiting'), await list(author, '?shelf=review')]).toEqual([[], []])
  value(await invite(author, { id: ids[0]! }, friend.accountId!))
  expect((await list(friend, '?shelf=waiting')).map(({ id }) => id)).toContain(ids[0])
  expect((await list(friend, '?shelf=mine')).map(({ id }) => id)).not.toContain(ids[0])
  for (const search of ['?after=1_2', '?shelf=attic', '?limit=201'])
    await expect(list(author, search)).rejects.toMatchObject({ status: 400 })
})

test('it is saved again over the version that was edited; the same once more is the same, another one in between is told', async () => {
  const first = await drafted()
  const words = {
    ...draftFor(meeting, { blockIds: [blockId], suggestionIds: [suggestionId] }),
    id: first.id,
    textVersion: first.textVersion,
  }
  const second = value(await save(proposer, { ...words, title: '渡口夜间照明与监控改造' }))
  expect(second).toMatchObject({ title: '渡口夜间照明与监控改造', textVersion: first.textVersion + 1 })
  expect(value(await save(proposer, { ...words, title: '渡口夜间照明与监控改造' })).version).toBe(second.version)
  expect(failure(await save(proposer, { ...words, title: '第三种写法' }))).toEqual({ code: 'conflict', reason: 'changed-meanwhile' })
  expect(failure(await save(friend, { ...words, title: '别人的' }))).toEqual({ code: 'conflict', reason: 'id-taken' })
})

test('of several windows that save over the same version at once exactly one is stored, and the others are told', async () => {
  const { id, textVersion } = await drafted()
  const words = { ...draftFor(meeting, { blockIds: [blockId], suggestionIds: [suggestionId] }), id, textVersion }
  const results = await Promise.all(['甲', '乙', '丙'].map((title) => save(proposer, { ...words, title: `渡口照明改造${title}` })))
  const [stored] = results.filter((result) => result.ok)
  for (const result of results) if (result !== stored) expect(failure(result)).toEqual({ code: 'conflict', reason: 'changed-meanwhile' })
  expect((await read(proposer, id)).title).toBe(value(stored!).title)
})

test('it comes from suggestions, passages, votes and themes of the meeting, and of no other', async () => {
  const motion = { id: v7(), meetingId: meeting.id, question: '是否改造照明？', secret: false, majority: 'simple', base: 'cast' } as const
  const vote = value(await secretary.post('vote:open', motion))
  const refused = async (changes: Parameters<typeof draftFor>[1]) => failure(await save(proposer, draftFor(meeting, changes)))
  expect(await refused({ voteIds: [vote.id] })).toEqual({ code: 'conflict', reason: 'vote-still-open' })
  value(await secretary.post('vote:close', { voteId: vote.id }))
  await app.services.topics.themes.groupNow(meeting.id)
  const { rows } = await app.db.pool.query<{ id: string }>(
    `insert into themes (id, meeting_id, words, created_at) values (gen_random_uuid(), $1, '{渡口,照明}', now()) returning id`,
    [meeting.id],
  )
  const themeId = rows[0]!.id
  expect(await drafted({ voteIds: [vote.id], themeIds: [themeId] })).toMatchObject({
    suggestions: [{ id: suggestionId, text: '渡口太黑' }],
    passages: [{ blockId, text: '同意改造渡口照明。' }],
    votes: [{ id: vote.id, question: '是否改造照明？' }],
    themes: [{ id: themeId, name: '渡口、照明' }],
  })
  const other = await makeMeeting(secretary)
  const foreign = (await post(proposer, other, '别处')).suggestion.id
  expect(await refused({ suggestionIds: [foreign] })).toEqual({ code: 'not-found', reason: 'no-such-suggestion' })
  expect(await refused({ blockIds: ['nothing'] })).toEqual({ code: 'not-found', reason: 'passage-not-found' })
  expect(await refused({ voteIds: [v7()] })).toEqual({ code: 'not-found', reason: 'no-such-vote' })
  expect(await refused({ themeIds: [v7()] })).toEqual({ code: 'not-found', reason: 'no-such-theme' })
})

test('who may not propose, or not for this region or before the meeting, is refused', async () => {
  const observer = await app.person({ grants: [inMeeting('observer', meeting.id)] })
  for (const [person, code] of [
    [observer, 'not-allowed'],
    [await app.visitor(), 'not-allowed'],
    [app.stranger(), 'not-signed-in'],
  ] as const)
    expect(failure(await save(person, draftFor(meeting)))).toMatchObject({ code })
  const elsewhere = await proposer.post('proposal:save', { ...draftFor(meeting), regionCode: '3502' })
  expect(failure(elsewhere)).toMatchObject({ code: 'invalid-input', reason: 'not-a-region-of-the-meeting' })
  const later = await makeMeeting(secretary, { live: false })
  expect(failure(await save(proposer, draftFor(later)))).toEqual({ code: 'conflict', reason: 'meeting-not-open-yet' })
  expect(failure(await save(proposer, draftFor(meeting, { measures: [' '] })))).toMatchObject({ code: 'invalid-input' })
})

test('the rules of the region hinder handing in, not saving, and each broken one is named', async () => {
  await rule(secretary, {
    title: { min: 8, max: 30 },
    body: { min: 30, max: 200 },
    keywords: ['渡口', '经费'],
    headings: ['一、'],
    measures: 2,
  })
  const poor = await drafted({ title: '照明', suggestionIds: [], blockIds: [] })
  expect(failure(await submit(proposer, poor))).toEqual({
    code: 'invalid-input',
    reason: 'form-rules-broken',
    fields: {
      'title.0': 'title-too-short',
      'body.1': 'body-too-short',
      'body.2': 'heading-missing',
      'body.3': 'keyword-missing',
      'measures.4': 'measures-too-few',
      'sources.5': 'source-missing',
    },
  })
  expect((await read(proposer, poor.id)).status).toBe('draft')
  const body = '一、问题\n渡口夜间昏暗，群众反映强烈。\n二、建议\n请安排经费，年内完成渡口照明改造。'
  const good = await drafted({ title: '渡口夜间照明改造工程', body, measures: ['安装路灯', '安装监控'] })
  expect(value(await submit(proposer, good)).status).toBe('received')
  await rule(secretary, { sameReviewer: true })
})

test('somebody of the meeting is asked to sign, reads the draft, and signs its words or declines', async () => {
  const draft = await drafted()
  const asked = value(await invite(proposer, draft, friend.accountId!))
  expect(asked.signers).toMatchObject([{ name: '联名委员', answer: 'invited', at: null }])
  expect(value(await invite(proposer, draft, friend.accountId!)).version).toBe(asked.version)
  expect((await list(friend)).map(({ id }) => id)).toContain(draft.id)
  expect((await read(friend, draft.id)).body).toBe(draft.body)
  const signed = value(await answer(friend, draft))
  expect(signed.signers).toMatchObject([{ answer: 'signed', current: true }])
  expect(value(await answer(friend, draft)).version).toBe(signed.version)

  const reworded = value(
    await save(proposer, {
      ...draftFor(meeting, { blockIds: [blockId], suggestionIds: [suggestionId] }),
      id: draft.id,
      textVersion: signed.textVersion,
      title: '改了的标题',
    }),
  )
  expect(reworded.signers).toMatchObject([{ answer: 'signed', current: false }])
  expect(failure(await answer(friend, draft))).toEqual({ code: 'conflict', reason: 'words-changed' })
  expect(value(await answer(friend, reworded, false)).signers).toMatchObject([{ answer: 'declined', current: true }])
  value(await submit(proposer, reworded))
  expect(value(await answer(friend, reworded)).signers).toMatchObject([{ answer: 'signed', current: true }])
  expect(failure(await invite(proposer, draft, friend.accountId!, false))).toEqual({ code: 'conflict', reason: 'already-answered' })
})

test('only the proposer asks, only those of the meeting are asked, and only who was asked answers', async () => {
  const draft = await drafted()
  const outsider = await app.person({ grants: [inRegion('member', districts.nanxun)] })
  expect(failure(await invite(proposer, draft, outsider.accountId!))).toEqual({ code: 'not-found', reason: 'no-such-participant' })
  expect(failure(await invite(proposer, draft, proposer.accountId!))).toEqual({ code: 'not-found', reason: 'no-such-participant' })
  expect(failure(await invite(secretary, draft, friend.accountId!))).toMatchObject({ code: 'not-allowed' })
  expect(failure(await answer(friend, draft))).toMatchObject({ code: 'not-allowed' })
  value(await invite(proposer, draft, friend.accountId!))
  expect(value(await invite(proposer, draft, friend.accountId!, false)).signers).toEqual([])
  await expect(read(friend, draft.id)).rejects.toMatchObject({ status: 403 })
  value(await proposer.post('proposal:drop', { proposalId: draft.id }))
  expect(failure(await invite(proposer, draft, friend.accountId!))).toEqual({ code: 'conflict', reason: 'proposal-dropped' })
})

test('what is much like it is pointed to, of what the person may read', async () => {
  const { blockIds, textVersion: _, ...draft } = draftFor(meeting, { blockIds: [blockId], title: '增设渡口夜航安全标志' })
  const made = value(await secretary.post('recommendation:create', { ...draft, blockIds }))
  const near = (person: Person, search: object) =>
    person.get<Near[]>(`/api/meetings/${meeting.id}/near-recommendations?${new URLSearchParams({ ...search })}`)
  const found = await near(proposer, { title: '渡口夜航安全标志增设' })
  expect(found[0]).toMatchObject({ id: made.id, number: made.number, meetingTitle: meeting.title })
  expect(await near(proposer, { title: '渡口夜航安全标志增设', exceptId: made.id })).toEqual([])
  expect(await near(proposer, { title: '关于老年食堂的配送' })).toEqual([])
  const pending = await drafted({ title: '老年食堂送餐上门服务' })
  value(await submit(proposer, pending))
  expect((await near(secretary, { title: '老年食堂送餐上门' })).map(({ id }) => id)).toEqual([pending.id])
  expect(await near(friend, { title: '老年食堂送餐上门' })).toEqual([])
  expect((await near(secretary, { title: '毫不相干', suggestionIds: suggestionId }))[0]).toMatchObject({ sharedSuggestions: 1 })
})

test('who can be asked and by which rules it goes is read by those who may propose', async () => {
  const form = await proposer.get<object>(`/api/meetings/${meeting.id}/proposal-form`)
  expect(form).toMatchObject({ regionCode: districts.nanxun, people: [{ id: friend.accountId, name: '联名委员' }] })
  const path = `/api/meetings/${meeting.id}/proposal-form`
  await expect((await app.visitor()).get(path)).rejects.toMatchObject({ status: 403 })
})
