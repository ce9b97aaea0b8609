import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Amendment } from '../../shared/amendments.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { contentHash, type MinutesAuthors, textOf as wordsOf } from '../../shared/minutes.ts'
import { insert, openEditor, xmlOf } from '../minutes/editors.ts'
import { amendingMeeting, blocksOf, endedMeeting, makePeople, stateOf } from '../signing/minutes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let nanxun: Person
let wujiang: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  ;({ nanxun, wujiang } = await makePeople(app))
})
afterAll(() => app?.close())

const listOf = (person: Person, meetingId: string) => person.get<Amendment[]>(`/api/meetings/${meetingId}/minutes/amendments`)
const replacing = (meetingId: string, blockId: string, before: string, proposed: string) => ({
  id: v7(),
  meetingId,
  kind: 'replace' as const,
  blockId,
  before,
  proposed,
  reason: '与发言不符',
})
const member = (meetingId: string) => app.person({ name: '钱委员', grants: [inMeeting('member', meetingId)] })
const textOfBlock = async (meetingId: string, blockId: string) =>
  wordsOf((await blocksOf(app, meetingId)).find(({ attrs }) => attrs?.blockId === blockId)!)

test('an accepted amendment stands in the minutes in its author’s name, and ends the signatures before it', async () => {
  const { meetingId, recorder, blockIds, contentHash: hash } = await amendingMeeting(app, nanxun, '同意共测界河水质，每月一次')
  const [blockId] = blockIds as [string]
  const author = await member(meetingId)
  value(await nanxun.post('minutes:sign', { meetingId, regionCode: districts.nanxun, contentHash: hash }))
  const wish = replacing(meetingId, blockId, '同意共测界河水质，每月一次', '同意共测界河水质，每季一次')
  const proposed = value(await author.post('amendment:propose', wish))
  expect(proposed).toMatchObject({ status: 'open', authorName: '钱委员', before: wish.before, proposed: wish.proposed, version: 1 })
  expect(value(await author.post('amendment:propose', wish))).toEqual(proposed)
  expect(failure(await wujiang.post('minutes:sign', { meetingId, regionCode: districts.wujiang, contentHash: hash })).reason).toBe(
    'amendments-open',
  )

  const reader = openEditor(app.url, author, meetingId)
  await reader.loaded()
  const heard = author.next('amendment:changed', ({ status }) => status === 'accepted')
  const accepted = value(await recorder.ask('amendment:accept', { amendmentId: wish.id }))
  expect(accepted).toMatchObject({ status: 'accepted', decidedByName: '陈记录', version: 2 })
  expect(await heard).toEqual(accepted)
  expect(value(await recorder.ask('amendment:accept', { amendmentId: wish.id }))).toEqual(accepted)
  await eventually(() => xmlOf(reader.doc).includes('每季一次'))
  reader.close()

  const state = await stateOf(recorder, meetingId)
  expect(state).toMatchObject({ stage: 'amending', signatures: [] })
  expect(state.contentHash).not.toBe(hash)
  expect(state.contentHash).toBe(await contentHash(await app.services.minutes.document(meetingId)))
  const { passages } = await recorder.get<MinutesAuthors>(`/api/meetings/${meetingId}/minutes/authors`)
  const { runs, changes } = passages.find((passage) => passage.blockId === blockId)!
  expect(runs).toEqual([
    { accountId: recorder.accountId, length: 10 },
    { accountId: author.accountId, length: 1 },
    { accountId: recorder.accountId, length: 2 },
  ])
  expect(changes.map(({ accountId }) => accountId)).toContain(author.accountId)
})

test('a refused amendment changes nothing, and its author hears why', async () => {
  const { meetingId, recorder, blockIds, contentHash: hash } = await amendingMeeting(app, nanxun, '一')
  const author = await member(meetingId)
  const wish = replacing(meetingId, blockIds[0]!, '一', '二')
  value(await author.post('amendment:propose', wish))
  const heard = author.next('amendment:changed', ({ status }) => status === 'refused')
  expect(failure(await recorder.post('amendment:refuse', { amendmentId: wish.id, reason: ' ' })).code).toBe('invalid-input')
  const refused = value(await recorder.post('amendment:refuse', { amendmentId: wish.id, reason: '会上没有这样说' }))
  expect(await heard).toMatchObject({ status: 'refused', decisionReason: '会上没有这样说' })
  expect(value(await recorder.post('amendment:refuse', { amendmentId: wish.id, reason: '又一个理由' }))).toEqual(refused)
  expect(failure(await recorder.post('amendment:accept', { amendmentId: wish.id })).reason).toBe('amendment-decided')
  expect(failure(await author.post('amendment:withdraw', { amendmentId: wish.id })).reason).toBe('amendment-decided')
  expect((await stateOf(recorder, meetingId)).contentHash).toBe(hash)
  expect(await listOf(author, meetingId)).toEqual([refused])
})

test('of two amendments of one passage the second no longer fits, and passages are removed and added', async () => {
  const { meetingId, recorder, blockIds } = await amendingMeeting(app, nanxun, '甲说', '乙说')
  const author = await member(meetingId)
  const [first, second] = blockIds as [string, string]
  const wishes = [replacing(meetingId, first, '甲说', '甲表示'), replacing(meetingId, first, '甲说', '甲建议')]
  for (const wish of wishes) value(await author.post('amendment:propose', wish))
  value(await recorder.post('amendment:accept', { amendmentId: wishes[0]!.id }))
  expect(failure(await recorder.post('amendment:accept', { amendmentId: wishes[1]!.id }))).toMatchObject({
    code: 'conflict',
    reason: 'passage-changed',
  })
  expect(await textOfBlock(meetingId, first)).toBe('甲表示')
  value(await author.post('amendment:withdraw', { amendmentId: wishes[1]!.id }))
  const rest = { meetingId, reason: '补充' }
  const removing = { ...rest, id: v7(), kind: 'remove' as const, blockId: second, before: '乙说', proposed: '' }
  const adding = { ...rest, id: v7(), kind: 'add' as const, blockId: first, before: '', proposed: '丙说\n丁说' }
  for (const wish of [adding, removing]) {
    value(await author.post('amendment:propose', wish))
    value(await recorder.post('amendment:accept', { amendmentId: wish.id }))
  }
  const words = (await blocksOf(app, meetingId)).map(wordsOf)
  expect(words.slice(words.indexOf('甲表示'), words.indexOf('甲表示') + 3)).toEqual(['甲表示', '丙说', '丁说'])
  expect(words).not.toContain('乙说')
})

test('nobody decides on their own amendment, onlookers propose none, and others decide none', async () => {
  const { meetingId, recorder, blockIds } = await amendingMeeting(app, nanxun, '一')
  const wish = replacing(meetingId, blockIds[0]!, '一', '二')
  const outsiders = [await app.person({ grants: [inMeeting('observer', meetingId)] }), await app.visitor(), app.stranger()]
  for (const person of outsiders) expect(failure(await person.post('amendment:propose', wish)).code).toMatch(/^not-/)
  value(await recorder.post('amendment:propose', wish))
  expect(failure(await recorder.post('amendment:accept', { amendmentId: wish.id })).reason).toBe('own-amendment')
  for (const person of [...outsiders, await member(meetingId)]) {
    expect(failure(await person.post('amendment:accept', { amendmentId: wish.id })).code).toMatch(/^not-/)
    expect(failure(await person.post('amendment:refuse', { amendmentId: wish.id, reason: '不' })).code).toMatch(/^not-/)
    expect(failure(await person.post('amendment:withdraw', { amendmentId: wish.id })).code).toMatch(/^not-/)
  }
  expect(failure(await recorder.post('amendment:accept', { amendmentId: v7() })).code).toBe('not-found')
  await expect(app.stranger().get(`/api/meetings/${meetingId}/minutes/amendments`)).rejects.toMatchObject({ status: 401 })
})

test('an amendment names a passage of the minutes as it reads, line by line', async () => {
  const { meetingId, blockIds } = await amendingMeeting(app, nanxun, '一')
  const author = await member(meetingId)
  const wish = replacing(meetingId, blockIds[0]!, '一', '二')
  expect(failure(await author.post('amendment:propose', { ...wish, blockId: 'nothing' })).reason).toBe('passage-not-found')
  expect(failure(await author.post('amendment:propose', { ...wish, before: '三' })).reason).toBe('passage-changed')
  expect(failure(await author.post('amendment:propose', { ...wish, proposed: '二\n三' })).reason).toBe('lines-differ')
  expect(failure(await author.post('amendment:propose', { ...wish, proposed: '' }))).toMatchObject({ fields: { proposed: 'words-needed' } })
  expect(failure(await author.post('amendment:propose', { ...wish, blockId: null }))).toMatchObject({
    fields: { blockId: 'passage-needed' },
  })
})

test('what a recorder wrote offline is kept as an amendment of signed minutes, and waits until they are open', async () => {
  const live = await makeMeeting(nanxun)
  const early = { ...replacing(live.id, 'x', '', '早'), kind: 'add' as const, blockId: null }
  expect(failure(await nanxun.post('amendment:propose', early)).reason).toBe('wrong-stage')

  const { meetingId, recorder } = await endedMeeting(app, nanxun, '一')
  const editor = openEditor(app.url, recorder, meetingId)
  await editor.loaded()
  insert(editor.doc, 'image', { photoId: v7(), width: 1, height: 1, caption: '现场' })
  await editor.saved()
  editor.close()
  value(await nanxun.post('minutes:to-draft', { meetingId }))
  const { contentHash: hash } = value(await nanxun.post('minutes:to-amending', { meetingId, despiteMissing: '补录' }))
  const sign = { meetingId, contentHash: hash! }
  value(await nanxun.post('minutes:sign', { ...sign, regionCode: districts.nanxun }))
  value(await wujiang.post('minutes:sign', { ...sign, regionCode: districts.wujiang }))
  const wish = { ...early, id: v7(), meetingId, proposed: '断网时写的' }
  expect(failure(await (await member(meetingId)).post('amendment:propose', wish)).reason).toBe('minutes-locked')
  value(await recorder.post('amendment:propose', wish))
  expect(failure(await nanxun.post('amendment:accept', { amendmentId: wish.id })).reason).toBe('minutes-locked')
  for (const [person, regionCode] of [
    [nanxun, districts.nanxun],
    [wujiang, districts.wujiang],
  ] as const)
    value(await person.post('minutes:unlock', { meetingId, regionCode, reason: '补记' }))
  value(await nanxun.post('amendment:accept', { amendmentId: wish.id }))
  expect((await blocksOf(app, meetingId)).map(wordsOf)).toContain('断网时写的')
  const image = (await blocksOf(app, meetingId)).find(({ type }) => type === 'image')!
  const asWords = replacing(meetingId, image.attrs!.blockId as string, '现场', '远景')
  expect(failure(await recorder.post('amendment:propose', asWords)).reason).toBe('passage-without-words')
})

test('a recorder who is limited to sections decides on amendments of these only', async () => {
  const { meetingId, recorder, blockIds } = await amendingMeeting(app, nanxun, '一')
  const [blockId] = blockIds as [string]
  const { agenda } = await nanxun.get<Meeting>(`/api/meetings/${meetingId}`)
  const { id: amendmentId } = value(await (await member(meetingId)).post('amendment:propose', replacing(meetingId, blockId, '一', '二')))
  const assign = async (agendaItemIds: string[]) =>
    value(await nanxun.post('minutes:assign-sections', { meetingId, accountId: recorder.accountId!, agendaItemIds }))
  await assign([agenda[0]!.id])
  const refused = { code: 'not-allowed', reason: 'outside-sections' }
  expect(failure(await recorder.post('amendment:accept', { amendmentId }))).toMatchObject(refused)
  expect(failure(await recorder.post('amendment:refuse', { amendmentId, reason: '不' }))).toMatchObject(refused)
  await assign([])
  expect(value(await recorder.post('amendment:accept', { amendmentId }))).toMatchObject({ status: 'accepted' })
})
