import { once } from 'node:events'
import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { createPresence } from '../../server/minutes/presence.ts'
import { minutesClose } from '../../shared/minutes.ts'
import { type Actor, stranger } from '../../shared/policy.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import type { Person } from '../support/people.ts'
import { minutesUrl, openEditor, openStock, write, xmlOf } from './editors.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

async function rawSocket(meetingId: string) {
  const socket = new WebSocket(`${minutesUrl(app.url)}/${meetingId}`, { headers: { cookie: secretary.cookie } })
  const closed = once(socket, 'close') as Promise<[number, Buffer]>
  socket.on('error', () => undefined)
  await once(socket, 'open')
  return { socket, closed }
}

const frame = (...numbers: number[]) => {
  const encoder = encoding.createEncoder()
  for (const number of numbers) encoding.writeVarUint(encoder, number)
  return encoding.toUint8Array(encoder)
}

test.each([
  ['an unknown type', frame(77)],
  ['nothing', new Uint8Array()],
  ['an unknown sync step', frame(0, 9, 0)],
  ['a length that is not there', frame(0, 2, 1_000_000)],
  ['an update that is none', frame(0, 2, 4, 255, 255, 255, 255)],
  ['an update that claims four thousand million parts', new Uint8Array([0, 2, 9, 1, 255, 255, 255, 255, 15, 1, 0, 0, 0])],
  ['a state vector that is none', frame(0, 0, 2, 255, 255)],
  ['a presence that is none', frame(1, 3, 5, 1, 1)],
  ['text', 'hello'],
])('a frame of %s ends its own connection and nothing else', async (_what, bytes) => {
  const meeting = await makeMeeting(secretary)
  const editor = openEditor(app.url, secretary, meeting.id)
  await editor.loaded()
  const before = xmlOf(editor.doc)
  const { socket, closed } = await rawSocket(meeting.id)
  socket.send(bytes)
  const [code] = await closed
  expect(code).toBe(minutesClose.malformed)
  write(editor.doc, '别人照常写')
  await editor.saved()
  expect(before).not.toBe(xmlOf(editor.doc))
  editor.close()
})

test('random bytes never take the server down nor change the minutes', async () => {
  const meeting = await makeMeeting(secretary)
  const editor = openEditor(app.url, secretary, meeting.id)
  await editor.loaded()
  const before = xmlOf(editor.doc)
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc
      .tuple(fc.nat({ max: 4 }), fc.nat({ max: 3 }), fc.uint8Array({ maxLength: 64 }))
      .map(([type, step, rest]) => Uint8Array.of(type, step, ...rest)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(noise, { minLength: 1, maxLength: 20 }), async (frames) => {
      const { socket, closed } = await rawSocket(meeting.id)
      for (const bytes of frames) socket.send(bytes)
      socket.close()
      await closed
    }),
    { numRuns: 30 },
  )
  await editor.saved()
  expect(xmlOf(editor.doc)).toBe(before)
  editor.close()
})

test('a frame larger than any honest one is refused', async () => {
  const meeting = await makeMeeting(secretary)
  const { socket, closed } = await rawSocket(meeting.id)
  socket.send(new Uint8Array(9 * 1024 * 1024))
  const [code] = await closed
  expect(code).toBe(1009)
})

test('ten thousand small changes in one breath reach the other recorder and the database', async () => {
  const meeting = await makeMeeting(secretary)
  const writer = openEditor(app.url, secretary, meeting.id)
  const reader = openStock(app.url, secretary, meeting.id)
  await Promise.all([writer.loaded(), reader.synced()])
  const text = new Y.XmlText()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [text])
  writer.doc.getXmlFragment('minutes').push([paragraph])
  for (let n = 0; n < 10_000; n++) text.insert(text.length, '字')
  await eventually(() => xmlOf(reader.doc) === xmlOf(writer.doc), { timeoutMs: 20_000 })
  await eventually(() => writer.state().saved, { timeoutMs: 20_000 })
  writer.close()
  reader.close()
})

const actor = (accountId: string): Actor => ({ ...stranger, accountId, name: accountId })
const saying = (clientId: number, state: unknown) => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint(encoder, clientId)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarString(encoder, JSON.stringify(state))
  return encoding.toUint8Array(encoder)
}

test('nobody moves or removes another’s cursor', () => {
  const presence = createPresence<{ actor: Actor }>()
  const one = { actor: actor('one') }
  const other = { actor: actor('other') }
  expect(presence.hear(one, saying(1, { cursor: 1 }))).toBe(true)
  expect(presence.hear(other, saying(1, { cursor: 2 }))).toBe(false)
  expect(presence.hear(other, saying(2, {}))).toBe(true)
  expect(presence.hear(other, saying(1, null))).toBe(false)
  expect(presence.hear(other, saying(3, {}))).toBe(false)
})

test('people who are present together have different colours, and one account has one on all its screens', () => {
  const presence = createPresence<{ actor: Actor }>()
  const peers = Array.from({ length: 10 }, (_, n) => ({ actor: actor(`account ${n}`) }))
  const again = { actor: actor('account 3') }
  for (const [n, peer] of [...peers, again].entries()) presence.hear(peer, saying(n, {}))
  const colourOf = (peer: { actor: Actor }) => /"color":"(#\w+)"/.exec(Buffer.from(presence.describe([peer])!).toString())?.[1]
  expect(new Set(peers.map(colourOf)).size).toBe(10)
  expect(colourOf(again)).toBe(colourOf(peers[3]!))
})

test('a presence that is too long is not passed on', () => {
  const presence = createPresence<{ actor: Actor }>()
  const one = { actor: actor('one') }
  expect(presence.hear(one, saying(1, { cursor: 'x'.repeat(5_000) }))).toBe(false)
  expect(presence.describe([one])).toBeNull()
})
