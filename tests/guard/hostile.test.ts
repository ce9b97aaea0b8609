import { strFromU8, unzipSync } from 'fflate'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportPath } from '../../shared/exports.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { openEditor, write } from '../minutes/editors.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'

let app: TestApp
let secretary: Person
let meeting: Meeting

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
  meeting = await makeMeeting(secretary, { suggestionPolicy: 'immediate' } as never)
})
afterAll(() => app.close())

/** A passage of the minutes, for a recommendation to come from. */
async function passage(): Promise<string> {
  const editor = openEditor(app.url, secretary, meeting.id)
  await editor.loaded()
  const blockId = write(editor.doc, '双方同意')
  await editor.saved()
  editor.close()
  return blockId
}

/** After whatever was thrown at it, somebody else's suggestion still gets through. */
async function goesOn() {
  const citizen = await app.visitor()
  const { suggestion } = value(await citizen.post('suggestion:post', { id: v7(), meetingId: meeting.id, text: `渡口${v7()}` }))
  expect(suggestion.status).toBe('published')
}

const post = async (text: string, more: object = {}) =>
  (await app.visitor()).post('suggestion:post', { id: v7(), meetingId: meeting.id, text, ...more })

const markup = `<script>alert(1)</script><img src=x onerror="alert(2)">&lt;b&gt; ]]><!-- ${'{{7*7}}'} =cmd|' /C calc'!A0`

test('markup stays text, in the answer and in the official papers', async () => {
  const { suggestion } = value(await post(markup, { authorName: '<b>王</b>' }))
  expect(suggestion).toMatchObject({ text: markup, authorName: '<b>王</b>' })
  value(
    await secretary.post('recommendation:create', {
      id: v7(),
      meetingId: meeting.id,
      title: '<i>路灯</i>',
      body: markup,
      suggestionIds: [suggestion.id],
      blockIds: [await passage()],
    }),
  )
  const file = await secretary.fetch(exportPath(meeting.id, 'recommendations', 'docx'))
  const document = strFromU8(unzipSync(new Uint8Array(await file.arrayBuffer()))['word/document.xml']!)
  expect(document).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(document).not.toContain('<script')
  expect(document).not.toContain('<img')
  const list = await app.stranger().fetch(`/api/meetings/${meeting.id}/suggestions`)
  expect(list.headers.get('content-type')).toMatch(/^application\/json/)
  expect(list.headers.get('x-content-type-options')).toBe('nosniff')
  await goesOn()
})

test('a megabyte of text is too large by both doors, and costs its sender the connection at most', async () => {
  const text = '长'.repeat(350_000)
  expect(failure(await post(text))).toMatchObject({ code: 'too-large' })
  expect(failure(await post('长'.repeat(1_001)))).toMatchObject({ code: 'invalid-input', fields: { text: 'too-big' } })
  const flooder = await app.visitor()
  flooder.socket.emit('suggestion:post', { id: v7(), meetingId: meeting.id, text }, () => {})
  await new Promise<void>((resolve) => flooder.socket.once('disconnect', () => resolve()))
  await goesOn()
})

test.each([
  ['zero-width characters', '修\u200b桥\u2060吧\ufeff', '修桥吧'],
  ['a text that runs backwards', '\u202e吧桥修\u2066', '吧桥修'],
  ['a tower of marks', `Z${'\u0310\u0336'.repeat(400)}`, 'Z\u0310\u0336\u0310\u0336'],
  ['nothing but joiners', `a${'\u200d'.repeat(900)}b`, 'ab'],
])('%s are taken off at the edge', async (_, written, kept) => {
  expect(value(await post(written, { authorName: written.slice(0, 20) })).suggestion.text).toBe(kept)
})

test('a flood of emoji is taken as it is, and flagged', async () => {
  const text = '😂🔥'.repeat(240)
  const { suggestion } = value(await post(text))
  const seen = (await secretary.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)).find(({ id }) => id === suggestion.id)
  expect(seen).toMatchObject({ text, flags: ['noise'] })
})

test('forged and borrowed ids change nothing', async () => {
  const [author, thief] = [await app.visitor(), await app.visitor()]
  const wish = { id: v7(), meetingId: meeting.id, text: '我的建议在这里' }
  const mine = value(await author.post('suggestion:post', wish))
  expect(failure(await thief.post('suggestion:post', { ...wish, text: '换掉' }))).toMatchObject({ reason: 'id-taken' })
  expect(value(await author.post('suggestion:post', { ...wish, text: '换掉' }))).toEqual(mine)
  for (const id of ['', '0', 'null', '00000000-0000-0000-0000-00000000000g', `${v7()}' or '1'='1`, '__proto__'])
    expect(failure(await author.post('suggestion:post', { ...wish, id }))).toMatchObject({ code: 'invalid-input' })
  expect(failure(await author.post('suggestion:post', { ...wish, id: v7(), meetingId: v7() }))).toMatchObject({ code: 'not-found' })
  const forged = {
    ...wish,
    id: v7(),
    status: 'answered',
    authorId: secretary.accountId,
    flags: [],
    pinned: true,
    receipt: 'AAAABBBBCCCC',
    createdAt: '2020-01-01T00:00:00.000Z',
  }
  const { suggestion, receipt } = value(await author.post('suggestion:post', forged as never))
  expect(suggestion).toMatchObject({ status: 'published', pinned: false })
  expect(receipt).not.toBe('AAAABBBBCCCC')
  expect(suggestion.createdAt > '2026').toBe(true)
})

test('a recorded post that is replayed a hundred times is one post', async () => {
  const author = await app.visitor()
  const before = (await secretary.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)).length
  const wish = { id: v7(), meetingId: meeting.id, text: '重放' }
  const answers = await Promise.all(Array.from({ length: 100 }, () => author.post('suggestion:post', wish)))
  expect(new Set(answers.map((answer) => value(answer).receipt)).size).toBe(1)
  expect((await secretary.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)).length).toBe(before + 1)
  await goesOn()
})
