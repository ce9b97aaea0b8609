import { pino } from 'pino'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { insertGrant } from '../../server/identity/store.ts'
import { createMinutesService } from '../../server/minutes/service.ts'
import { createMinutesStore } from '../../server/minutes/store.ts'
import { minutesQueries } from '../../shared/minutes.ts'
import { type Actor, stranger } from '../../shared/policy.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import type { Person } from '../support/people.ts'
import { bodyOf, openEditor, openStock, write, xmlOf } from './editors.ts'

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

async function authorsOf(meetingId: string, blockId: string) {
  const { passages, people } = minutesQueries['minutes-authors'].output.parse(
    await secretary.get(`/api/meetings/${meetingId}/minutes/authors`),
  )
  const passage = passages.find((one) => one.blockId === blockId)!
  const nameOf = (accountId: string | null) => people.find((one) => one.accountId === accountId)?.name ?? null
  return {
    runs: passage.runs.map(({ accountId, length }) => [nameOf(accountId), length]),
    changedBy: passage.changes.map(({ accountId }) => nameOf(accountId)),
  }
}

/** The text in the block that was written last. */
function lastText(doc: Y.Doc): Y.XmlText {
  const body = bodyOf(doc)
  return (body.get(body.length - 1) as Y.XmlElement).get(0) as Y.XmlText
}

test('each letter keeps its author, and a passage those who changed it, through compaction and a new start', async () => {
  const { meeting, one, other } = await meetingWithRecorders()
  const first = openEditor(app.url, one, meeting.id)
  const second = openEditor(app.url, other, meeting.id)
  await Promise.all([first.loaded(), second.loaded()])
  const blockId = write(first.doc, '南浔代表认为应当共测')
  await first.saved()
  await eventually(() => xmlOf(second.doc).includes('共测'))
  lastText(second.doc).insert(2, '和吴江')
  await second.saved()
  const told = {
    runs: [
      ['陈记录', 2],
      ['李记录', 3],
      ['陈记录', 8],
    ],
    changedBy: ['陈记录', '李记录'],
  }
  expect(await authorsOf(meeting.id, blockId)).toEqual(told)
  first.close()
  second.close()

  await createMinutesStore(app.db).fold(meeting.id)
  const { audit, identity, meetings, minutesTemplate: template } = app.services
  const meetingOf = (meetingId: string) => meetings.byId(app.db.reader, meetingId)
  const anew = createMinutesService({ db: app.db, audit, actorOf: identity.actorOf, meetingOf, template, log: pino({ level: 'silent' }) })
  const { passages } = await anew.authors(await identity.actorOf({ cookie: secretary.cookie }), { meetingId: meeting.id })
  await anew.close()
  const inFull = await app.services.minutes.authors(await identity.actorOf({ cookie: secretary.cookie }), { meetingId: meeting.id })
  expect(passages).toEqual(inFull.passages)
  expect(passages.find((passage) => passage.blockId === blockId)?.runs).toHaveLength(3)
})

test('who erases has changed the passage, and who only comes back has not', async () => {
  const { meeting, one, other } = await meetingWithRecorders()
  const first = openEditor(app.url, one, meeting.id)
  const second = openEditor(app.url, other, meeting.id)
  await Promise.all([first.loaded(), second.loaded()])
  const erased = write(first.doc, '这一句有多余的话')
  const kept = write(first.doc, '这一句没有')
  await first.saved()
  await eventually(() => xmlOf(second.doc).includes('没有'))
  const body = bodyOf(second.doc)
  ;((body.get(body.length - 2) as Y.XmlElement).get(0) as Y.XmlText).delete(0, 2)
  await second.saved()
  // Names everything that was ever erased, to whoever asks.
  first.provider.disconnect()
  await eventually(() => first.state().link === 'offline')
  first.provider.connect()
  await first.saved()
  await eventually(() => first.provider.synced)
  expect((await authorsOf(meeting.id, erased)).changedBy).toEqual(['陈记录', '李记录'])
  expect((await authorsOf(meeting.id, kept)).changedBy).toEqual(['陈记录'])
  first.close()
  second.close()
})

test('words count for the account that brought them, whatever Yjs client they claim to be of', async () => {
  const { meeting, one, other } = await meetingWithRecorders()
  const honest = openEditor(app.url, one, meeting.id)
  const forger = openStock(app.url, other, meeting.id)
  await Promise.all([honest.loaded(), forger.synced()])
  const blockId = write(honest.doc, '原话')
  await honest.saved()
  await eventually(() => xmlOf(forger.doc).includes('原话'))
  honest.close()
  forger.doc.clientID = honest.doc.clientID
  lastText(forger.doc).insert(2, '伪造')
  await eventually(async () => (await authorsOf(meeting.id, blockId)).runs.length === 2)
  expect(await authorsOf(meeting.id, blockId)).toEqual({
    runs: [
      ['陈记录', 2],
      ['李记录', 2],
    ],
    changedBy: ['陈记录', '李记录'],
  })
  forger.close()
})

test('the template is nobody’s', async () => {
  const { meeting, one } = await meetingWithRecorders()
  const editor = openEditor(app.url, one, meeting.id)
  await editor.loaded()
  const blocks = bodyOf(editor.doc).toArray() as Y.XmlElement[]
  const heading = blocks.find(({ nodeName }) => nodeName === 'heading')!.getAttribute('blockId')!
  expect(await authorsOf(meeting.id, heading)).toEqual({ runs: [[null, 4]], changedBy: [] })
  editor.close()
})

test('what the server writes in somebody’s name is seen by all, stored, and theirs', async () => {
  const { meeting, one } = await meetingWithRecorders()
  const editor = openEditor(app.url, one, meeting.id)
  await editor.loaded()
  const actor: Actor = { ...stranger, accountId: secretary.accountId, name: '秘书' }
  let blockId = ''
  write(editor.doc, '正在写')
  await app.services.minutes.change(actor, meeting.id, (doc) => {
    blockId = write(doc, '发言由场控记入')
  })
  expect(JSON.stringify(await app.services.minutes.document(meeting.id))).toContain('发言由场控记入')
  await eventually(() => xmlOf(editor.doc).includes('场控'))
  expect(await authorsOf(meeting.id, blockId)).toEqual({ runs: [['秘书', 7]], changedBy: ['秘书'] })
  // Also where nobody has them open, and nobody has begun them.
  const other = await makeMeeting(secretary)
  await app.services.minutes.change(actor, other.id, (doc) => void write(doc, '先由系统写'))
  expect(JSON.stringify(await app.services.minutes.document(other.id))).toMatch(/会议情况.*先由系统写/)
  editor.close()
})

test('who may not read the minutes is not told who wrote them', async () => {
  const { meeting, one } = await meetingWithRecorders()
  const path = `/api/meetings/${meeting.id}/minutes/authors`
  await expect(one.get(path)).resolves.toEqual({ passages: [], people: [] })
  await expect((await app.visitor()).get(path)).rejects.toMatchObject({ status: 403 })
  await expect(app.stranger().get(path)).rejects.toMatchObject({ status: 401 })
  await expect(secretary.get(`/api/meetings/${v7()}/minutes/authors`)).rejects.toMatchObject({ status: 404 })
})

test('while minutes are at rest nothing is taken, and what comes too late meets the rights of after', async () => {
  const { meeting } = await meetingWithRecorders()
  const recorder = await app.person({ name: '记录', grants: [inMeeting('member', meeting.id)] })
  await insertGrant(app.db.reader, v7(), recorder.accountId!, inMeeting('recorder', meeting.id))
  const editor = openEditor(app.url, recorder, meeting.id)
  await editor.loaded()
  write(editor.doc, '锁定前写的')
  await editor.saved()
  const seen = await app.services.minutes.atRest(meeting.id, async (document) => {
    write(editor.doc, '太迟了')
    await app.db.pool.query(`delete from role_grants where account_id = $1 and role = 'recorder'`, [recorder.accountId])
    return JSON.stringify(document)
  })
  expect(seen).toContain('锁定前写的')
  await eventually(() => editor.state().changeRefused && editor.state().mayEdit === false)
  expect(JSON.stringify(await app.services.minutes.document(meeting.id))).not.toContain('太迟了')
  editor.close()
})
