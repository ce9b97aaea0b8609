import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { auditEntries } from '../../server/audit/schema.ts'
import { minutesAuthors } from '../../server/minutes/schema.ts'
import { createMinutesStore, restore } from '../../server/minutes/store.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import type { Person } from '../support/people.ts'
import { openEditor, openStock, write, xmlOf } from './editors.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

async function meetingWithRecorders() {
  const meeting = await makeMeeting(secretary)
  const recorder = (name: string) => app.person({ name, grants: [inMeeting('recorder', meeting.id)] })
  return { meeting, one: await recorder('陈记录'), other: await recorder('李记录') }
}

async function storedText(meetingId: string) {
  const doc = new Y.Doc()
  restore(doc, await createMinutesStore(app.db).load(meetingId))
  return xmlOf(doc)
}

test('two recorders write at once, see each other’s words, and both are in the database', async () => {
  const { meeting, one, other } = await meetingWithRecorders()
  const first = openStock(app.url, one, meeting.id)
  const second = openEditor(app.url, other, meeting.id)
  await Promise.all([first.synced(), second.loaded()])

  write(first.doc, '南浔代表认为水质应当共测')
  write(second.doc, '吴江代表同意并建议共享数据')
  await eventually(
    () => xmlOf(first.doc) === xmlOf(second.doc) && xmlOf(first.doc).includes('共享数据') && xmlOf(first.doc).includes('共测'),
  )
  await second.saved()
  // The second one's mark is behind everything that it had seen of the first.
  await eventually(async () => (await storedText(meeting.id)) === xmlOf(first.doc))

  const rows = await app.db.reader.select().from(minutesAuthors).where(eq(minutesAuthors.meetingId, meeting.id))
  expect(new Set(rows.map((row) => row.accountId))).toEqual(new Set([one.accountId, other.accountId]))
  first.close()
  second.close()
})

test('what is shown as saved is stored at that moment, deletions too', async () => {
  const { meeting, one } = await meetingWithRecorders()
  const editor = openEditor(app.url, one, meeting.id)
  await editor.loaded()
  write(editor.doc, '这一段要删去')
  expect(editor.state().saved).toBe(false)
  await editor.saved()
  expect(await storedText(meeting.id)).toContain('这一段要删去')

  const body = editor.doc.getXmlFragment('minutes')
  body.delete(body.length - 1, 1)
  expect(editor.state().saved).toBe(false)
  await editor.saved()
  expect(await storedText(meeting.id)).not.toContain('这一段要删去')
  editor.close()
})

test('minutes that many open at once are begun once, with a section for each agenda item', async () => {
  const { meeting, one, other } = await meetingWithRecorders()
  const editors = [one, other, secretary, one, other].map((person) => openStock(app.url, person, meeting.id))
  await Promise.all(editors.map((editor) => editor.synced()))
  const [xml] = editors.map((editor) => xmlOf(editor.doc))
  for (const editor of editors) expect(xmlOf(editor.doc)).toBe(xml)
  const headings = [...xml!.matchAll(/<heading[^>]*>([^<]*)</g)].map(([, text]) => text)
  expect(headings).toEqual(['会议情况', '界河水质', '渡口与公交', '协商意见', '协商建议'])
  const begun = await app.db.reader.select().from(auditEntries).where(eq(auditEntries.subjectId, meeting.id))
  expect(begun.filter((entry) => entry.action === 'minutes:begin')).toHaveLength(1)
  for (const editor of editors) editor.close()
})

test('a reader who comes first sees empty minutes, and the template as soon as an editor opens them', async () => {
  const { meeting, one } = await meetingWithRecorders()
  const member = await app.person({ grants: [inMeeting('member', meeting.id)] })
  const reader = openEditor(app.url, member, meeting.id)
  await reader.loaded()
  expect(xmlOf(reader.doc)).toBe('')
  const editor = openEditor(app.url, one, meeting.id)
  await eventually(() => xmlOf(reader.doc).includes('协商意见'))
  reader.close()
  editor.close()
})

test('an hour of typing leaves an audit entry for each author, not for each letter', async () => {
  const { meeting, one, other } = await meetingWithRecorders()
  const editors = [openEditor(app.url, one, meeting.id), openEditor(app.url, other, meeting.id)]
  await Promise.all(editors.map((editor) => editor.loaded()))
  for (let n = 0; n < 5; n++) {
    for (const editor of editors) write(editor.doc, `第${n}句`)
    await Promise.all(editors.map((editor) => editor.saved()))
  }
  const entries = await app.db.reader.select().from(auditEntries).where(eq(auditEntries.subjectId, meeting.id))
  expect(
    entries
      .filter((entry) => entry.action === 'minutes:edit')
      .map((entry) => entry.actorName)
      .sort(),
  ).toEqual(['李记录', '陈记录'])
  for (const editor of editors) editor.close()
})

test('a cursor carries its account’s own name, whatever the client says, and goes when its owner goes', async () => {
  const { meeting, one, other } = await meetingWithRecorders()
  const watcher = openEditor(app.url, one, meeting.id)
  const pretender = openStock(app.url, other, meeting.id)
  await Promise.all([watcher.loaded(), pretender.synced()])
  pretender.provider.awareness.setLocalState({ user: { name: '省长', color: 'red', id: 'x' }, cursor: { anchor: 1 } })
  await eventually(() => watcher.state().people.length === 1)
  // Of two accounts whose colour would be the same, one gets the next.
  const color = expect.stringMatching(/^#[0-9a-f]{6}$/)
  expect(watcher.state().people).toEqual([{ name: '李记录', id: other.accountId, color }])
  pretender.close()
  await eventually(() => watcher.state().people.length === 0)
  watcher.close()
})

test('somebody who comes back after a broken connection is seen again at once', async () => {
  const { meeting, one, other } = await meetingWithRecorders()
  const watcher = openEditor(app.url, one, meeting.id)
  const returning = openEditor(app.url, other, meeting.id)
  await Promise.all([watcher.loaded(), returning.loaded()])
  returning.provider.awareness.setLocalStateField('cursor', null)
  await eventually(() => watcher.state().people.length === 1)
  returning.provider.disconnect()
  await eventually(() => watcher.state().people.length === 0)
  returning.provider.connect()
  await eventually(() => watcher.state().people.length === 1)
  watcher.close()
  returning.close()
})

test('changes made offline are unsaved until the connection is back, and then stored', async () => {
  const { meeting, one } = await meetingWithRecorders()
  const editor = openEditor(app.url, one, meeting.id)
  await editor.loaded()
  editor.provider.disconnect()
  await eventually(() => editor.state().link === 'offline')
  write(editor.doc, '船上没有信号时写的')
  expect(editor.state().saved).toBe(false)
  editor.provider.connect()
  await editor.saved()
  expect(await storedText(meeting.id)).toContain('船上没有信号时写的')
  editor.close()
})
