import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contentHash, type MinutesAuthors, type MinutesNode } from '../../shared/minutes.ts'
import type { BlockComparison, MinutesVersion } from '../../shared/minutes-versions.ts'
import { bodyOf, openEditor, write, xmlOf } from '../minutes/editors.ts'
import { amendingMeeting, endedMeeting, makePeople, textOf } from '../signing/minutes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, inMeeting, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let nanxun: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  ;({ nanxun } = await makePeople(app))
})
afterAll(() => app?.close())

const path = (meetingId: string, rest: string) => `/api/meetings/${meetingId}/minutes/${rest}`
const listOf = (person: Person, meetingId: string) => person.get<MinutesVersion[]>(path(meetingId, 'versions'))
const compare = (person: Person, meetingId: string, from: string, to: string) =>
  person.get<BlockComparison[]>(path(meetingId, `comparison?from=${from}&to=${to}`))

test('a version with a name is brought back: what it said stands again, and what was said meanwhile is kept too', async () => {
  const { meetingId, recorder, blockIds } = await endedMeeting(app, nanxun, '同意共测', '每月一次')
  const wish = { id: v7(), meetingId, name: '会后第一稿' }
  const kept = value(await recorder.post('version:keep', wish))
  expect(kept).toMatchObject({ kind: 'named', name: '会后第一稿', createdByName: '陈记录', edition: 1 })
  expect(value(await recorder.post('version:keep', wish))).toEqual(kept)

  const editor = openEditor(app.url, recorder, meetingId)
  await editor.loaded()
  bodyOf(editor.doc).delete(bodyOf(editor.doc).length - 1, 1)
  write(editor.doc, '每季一次')
  await editor.saved()
  const between = await compare(recorder, meetingId, kept.id, 'now')
  expect(between.filter(({ change }) => change !== 'same').map(({ change, parts }) => [change, parts[0]!.text])).toEqual([
    ['removed', '每月一次'],
    ['added', '每季一次'],
  ])

  const id = v7()
  const restored = value(await nanxun.post('version:restore', { id, meetingId, versionId: kept.id }))
  expect(restored).toMatchObject({ kind: 'restored', name: '会后第一稿', createdByName: '沈秘书', contentHash: kept.contentHash })
  expect(value(await nanxun.post('version:restore', { id, meetingId, versionId: kept.id }))).toEqual(restored)
  expect(await contentHash(await app.services.minutes.document(meetingId))).toBe(kept.contentHash)
  await eventually(() => xmlOf(editor.doc).includes('每月一次') && !xmlOf(editor.doc).includes('每季一次'))
  editor.close()
  const versions = await listOf(recorder, meetingId)
  expect(versions.map(({ kind }) => kind)).toEqual(['restored', 'auto', 'named'])
  const before = await recorder.get<{ document: MinutesNode }>(path(meetingId, `versions/${versions[1]!.id}`))
  expect(JSON.stringify(before.document)).toContain('每季一次')
  // What stood all the time is still whose it was; what came back is whoever's brought it back.
  const { passages } = await recorder.get<MinutesAuthors>(path(meetingId, 'authors'))
  const authorOf = (blockId: string) => passages.find((passage) => passage.blockId === blockId)?.runs[0]?.accountId
  expect(blockIds.map(authorOf)).toEqual([recorder.accountId, nanxun.accountId])
})

test('while somebody writes a version is kept every so often, and none where nothing has changed', async () => {
  const { meetingId, recorder } = await endedMeeting(app, nanxun, '一')
  await app.services.versions.keepIfChanged(meetingId)
  await app.services.versions.keepIfChanged(meetingId)
  expect(await listOf(recorder, meetingId)).toMatchObject([{ kind: 'auto', name: null, createdByName: '' }])
  const empty = await makeMeeting(nanxun)
  await app.services.versions.keepIfChanged(empty.id)
  expect(await listOf(nanxun, empty.id)).toEqual([])
  expect(failure(await nanxun.post('version:keep', { id: v7(), meetingId: empty.id, name: '空' })).reason).toBe('minutes-not-begun')
})

test('words within a passage are compared, and nothing is brought back into a text that stands', async () => {
  const { meetingId, recorder, blockIds } = await amendingMeeting(app, nanxun, '同意共测界河水质，每月一次')
  const [, first] = await listOf(recorder, meetingId)
  const id = v7()
  const member = await app.person({ grants: [inMeeting('member', meetingId)] })
  const wish = { id, meetingId, kind: 'replace' as const, blockId: blockIds[0]!, before: '同意共测界河水质，每月一次' }
  value(await member.post('amendment:propose', { ...wish, proposed: '同意共测界河水质，每季一次', reason: '记错' }))
  value(await recorder.post('amendment:accept', { amendmentId: id }))
  const changed = (await compare(recorder, meetingId, first!.id, 'now')).filter(({ change }) => change !== 'same')
  expect(changed).toMatchObject([
    {
      blockId: blockIds[0],
      change: 'changed',
      parts: [
        { op: 'same', text: '同意共测界河水质，每' },
        { op: 'removed', text: '月' },
        { op: 'added', text: '季' },
        { op: 'same', text: '一次' },
      ],
    },
  ])
  expect(failure(await nanxun.post('version:restore', { id: v7(), meetingId, versionId: first!.id })).reason).toBe('minutes-amending')
  expect(await textOf(app, meetingId)).toContain('每季')
})

test('recorders keep versions, the secretariat brings them back, and only the meeting’s own', async () => {
  const { meetingId, recorder } = await endedMeeting(app, nanxun, '一')
  const other = await endedMeeting(app, nanxun, '二')
  const foreign = value(await nanxun.post('version:keep', { id: v7(), meetingId: other.meetingId, name: '另一场' }))
  const restore = { id: v7(), meetingId, versionId: foreign.id }
  expect(failure(await nanxun.post('version:restore', restore)).reason).toBe('no-such-version')
  await expect(compare(nanxun, meetingId, foreign.id, 'now')).rejects.toMatchObject({ status: 404 })
  await expect(compare(nanxun, meetingId, 'yesterday', 'now')).rejects.toMatchObject({ status: 400 })
  expect(failure(await recorder.post('version:restore', restore)).code).toBe('not-allowed')
  expect(failure(await nanxun.post('version:keep', { id: foreign.id, meetingId, name: '借号' })).reason).toBe('id-taken')
  expect(failure(await recorder.post('version:keep', { id: v7(), meetingId, name: '  ' })).code).toBe('invalid-input')
  for (const person of [await app.person({ grants: [inMeeting('member', meetingId)] }), await app.visitor(), app.stranger()]) {
    expect(failure(await person.post('version:keep', { id: v7(), meetingId, name: '我的' })).code).toMatch(/^not-/)
    expect(failure(await person.post('version:restore', restore)).code).toMatch(/^not-/)
  }
  for (const query of ['versions', `versions/${foreign.id}`, `comparison?from=now&to=now`])
    await expect(app.stranger().get(path(meetingId, query))).rejects.toMatchObject({ status: 401 })
})
