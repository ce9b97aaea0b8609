import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMinutes } from '../../client/minutes/session.ts'
import { lostPassages } from '../../client/offline/lostPassages.ts'
import { createPageShelf } from '../../client/offline/pageShelf.ts'
import { settledOf, toldOf } from '../../client/offline/shelf.ts'
import type { MinutesAuthors, MinutesNode } from '../../shared/minutes.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'
import { minutesUrl, openEditor, socketOf, write, xmlOf } from './editors.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

const stored = async (meetingId: string) => JSON.stringify(await app.services.minutes.document(meetingId))

/** A page of somebody's with a shelf that outlives it, as the device's does. */
function openPage(person: Person, meetingId: string, shelf = createPageShelf()) {
  const holder = { accountId: person.accountId!, name: person.name }
  const open = (cookieOf = person, atOnce = true) =>
    openMinutes({ serverUrl: minutesUrl(app.url), meetingId, holder, shelf, atOnce, WebSocketPolyfill: socketOf(cookieOf) })
  return { shelf, place: { accountId: person.accountId!, meetingId }, open }
}

async function recording() {
  const { id: meetingId } = await makeMeeting(secretary)
  const recorder = await app.person({ name: '陈记录', grants: [inMeeting('recorder', meetingId)] })
  return { meetingId, recorder, ...openPage(recorder, meetingId) }
}

test('words written without a server are there after a reload, count as unsaved, and reach the minutes in their author’s name', async () => {
  const { meetingId, recorder, shelf, place, open } = await recording()
  const first = open()
  await eventually(() => first.state().loaded)
  first.disconnect()
  const blockId = write(first.doc, '船上写的')
  await eventually(() => shelf.copyOf(place).then((copy) => Object.values(copy?.unsaved ?? {}).length === 1))
  await first.close()

  const away = open(recorder, false)
  await eventually(() => away.state().loaded)
  expect(away.state()).toMatchObject({ link: 'offline', mayEdit: true, saved: false })
  expect(xmlOf(away.doc)).toContain('船上写的')
  expect(await shelf.unsent(recorder.accountId!)).toBe(1)
  away.connect(false)
  expect(away.state()).toMatchObject({ link: 'offline', outdated: true })
  away.connect(true)
  await eventually(() => away.state().saved)
  await eventually(async () => (await shelf.unsent(recorder.accountId!)) === 0)
  expect(await stored(meetingId)).toContain('船上写的')
  const { passages } = await secretary.get<MinutesAuthors>(`/api/meetings/${meetingId}/minutes/authors`)
  expect(passages.find((passage) => passage.blockId === blockId)?.runs).toEqual([{ accountId: recorder.accountId, length: 4 }])
  await away.close()
})

test('what the minutes do not take any more is not sent, is kept beside, and can be written once they are open again', async () => {
  const { meetingId, shelf, place, open } = await recording()
  const page = open()
  await eventually(() => page.state().saved && page.state().loaded)
  page.disconnect()
  write(page.doc, '锁定后才回来的')
  value(await secretary.post('meeting:end', { meetingId }))
  value(await secretary.post('minutes:to-draft', { meetingId }))
  page.connect(true)
  await eventually(() => page.state().stranded)
  await page.setAside()
  await page.close()
  const { rows } = await app.db.pool.query(`select 1 from audit_entries where action = 'minutes:refused' and subject_id = $1`, [meetingId])
  expect(rows).toEqual([])
  expect(await shelf.copyOf(place)).toBeNull()
  const [kept] = await shelf.keptOf(place)
  expect(kept).toMatchObject({ refusal: 'minutes-in-draft' })

  const reader = open()
  await eventually(() => reader.state().loaded)
  expect(reader.state()).toMatchObject({ mayEdit: false, saved: true, stranded: false })
  expect(xmlOf(reader.doc)).not.toContain('锁定后')
  await reader.close()
  value(await secretary.post('minutes:to-live', { meetingId }))
  const writer = open()
  await eventually(() => writer.state().loaded && writer.state().mayEdit === true)
  await writer.bringBack(kept!)
  await eventually(() => writer.state().saved)
  expect(await stored(meetingId)).toContain('锁定后才回来的')
  expect(await shelf.keptOf(place)).toEqual([])
  await writer.close()
})

test('one account’s words are neither seen by another on the same device nor sent in its name', async () => {
  const { meetingId, shelf, open } = await recording()
  const page = open()
  await eventually(() => page.state().loaded)
  page.disconnect()
  write(page.doc, '只是陈记录的')
  await page.close()
  const other = await app.person({ name: '李记录', grants: [inMeeting('recorder', meetingId)] })
  expect(await shelf.copyOf({ accountId: other.accountId!, meetingId })).toBeNull()
  // The page of the one, with the cookie of the other.
  const mixed = open(other)
  await eventually(() => mixed.state().link === 'refused')
  expect(mixed.state()).toMatchObject({ refusal: 'other-account', stranded: false, saved: false })
  expect(await stored(meetingId)).not.toContain('只是陈记录的')
  await mixed.close()
  await shelf.clear(other.accountId!)
  expect((await shelf.holder())?.name).toBe('陈记录')
  await shelf.clear((await shelf.holder())!.accountId)
  expect(await shelf.holder()).toBeNull()
})

test('whoever only reads leaves nothing on the device', async () => {
  const { meetingId, shelf } = await recording()
  const member = await app.person({ grants: [inMeeting('member', meetingId)] })
  const reading = openPage(member, meetingId, shelf)
  const editor = openEditor(app.url, secretary, meetingId)
  await editor.loaded()
  const page = reading.open()
  await eventually(() => page.state().loaded)
  write(editor.doc, '会上所记')
  await eventually(() => xmlOf(page.doc).includes('会上所记'))
  await page.close()
  expect(await shelf.copyOf(reading.place)).toBeNull()
  editor.close()
})

test('changes that two tabs made are each settled by their own word', () => {
  const both = toldOf(toldOf({}, 'one', 3), 'other', 5)
  expect(settledOf(both, { one: 3, other: 4 })).toEqual({ other: 5 })
  expect(toldOf(both, 'other', 0)).toEqual({ one: 3 })
})

const paragraph = (blockId: string, words: string): MinutesNode => ({
  type: 'paragraph',
  attrs: { blockId },
  ...(words !== '' && { content: [{ type: 'text', text: words }] }),
})
const minutesOf = (...content: MinutesNode[]): MinutesNode => ({ type: 'doc', content })

test('what the minutes lack is told as amendments say it, and neighbouring new passages as one', () => {
  const [a, b, c, d] = [v7(), v7(), v7(), v7()]
  const lost = lostPassages(
    minutesOf(paragraph(a, '一'), paragraph(b, '二')),
    minutesOf(paragraph(a, '一改'), paragraph(c, '新'), paragraph(v7(), ''), paragraph(d, '又新')),
  )
  expect(lost.map(({ wish }) => wish)).toEqual([
    { kind: 'replace', blockId: a, before: '一', proposed: '一改' },
    { kind: 'remove', blockId: b, before: '二', proposed: '' },
    { kind: 'add', blockId: a, before: '', proposed: '新\n又新' },
  ])
  // Its looks alone, and lines that do not correspond, are told and cannot be proposed.
  const bold: MinutesNode = { ...paragraph(a, ''), content: [{ type: 'text', text: '一', marks: [{ type: 'bold' }] }] }
  const broken: MinutesNode = {
    ...paragraph(a, ''),
    content: [{ type: 'text', text: '一' }, { type: 'hardBreak' }, { type: 'text', text: '二' }],
  }
  for (const is of [bold, broken])
    expect(lostPassages(minutesOf(paragraph(a, '一')), minutesOf(is))).toMatchObject([{ wish: null, words: is === bold ? '一' : '一\n二' }])
  expect(lostPassages(minutesOf(paragraph(a, '一')), minutesOf(paragraph(a, '一'), paragraph(v7(), '')))).toEqual([])
})
