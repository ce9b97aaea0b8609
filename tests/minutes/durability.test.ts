import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import * as Y from 'yjs'
import { minutesSnapshots, minutesUpdates } from '../../server/minutes/schema.ts'
import { createMinutesService } from '../../server/minutes/service.ts'
import { createMinutesStore, restore } from '../../server/minutes/store.ts'
import { createUpgrade } from '../../server/transport/upgrade.ts'
import type { Actor } from '../../shared/policy.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import type { Person } from '../support/people.ts'
import { bodyOf, openEditor, write, xmlOf } from './editors.ts'

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

/** Another node on the same database, serving only the minutes, that forgets a document as soon as nobody has it open. */
async function startNode(idleMs: number) {
  const http = createServer()
  const { audit, identity, meetings, minutesTemplate: template } = app.services
  const meetingOf = (meetingId: string) => meetings.byId(app.db.reader, meetingId)
  const minutes = createMinutesService({
    db: app.db,
    audit,
    actorOf: identity.actorOf,
    meetingOf,
    template,
    log: pino({ level: 'silent' }),
    idleMs,
  })
  createUpgrade({ server: http, doors: { minutes: minutes.accept }, publicUrl: undefined })
  await once(http.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    minutes,
    async close() {
      await minutes.close()
      http.closeAllConnections()
      http.close()
    },
  }
}

const rowsOf = async (meetingId: string) =>
  (await app.db.reader.select().from(minutesUpdates).where(eq(minutesUpdates.meetingId, meetingId))).length

async function storedDoc(meetingId: string) {
  const doc = new Y.Doc()
  restore(doc, await createMinutesStore(app.db).load(meetingId))
  return doc
}

async function startProgram(dataDir: string): Promise<{ child: ChildProcess; url: string }> {
  const { host, user, ...rest } = inject('postgres')
  const [{ name } = { name: '' }] = (await app.db.reader.execute<{ name: string }>(sql`select current_database() as name`)).rows
  const password = 'password' in rest && typeof rest.password === 'string' ? `:${rest.password}` : ''
  const child = spawn(process.execPath, ['server/main.ts'], {
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DATABASE_URL: `postgresql://${user}${password}@localhost/${name}?host=${encodeURIComponent(host)}`,
      MEDIA_PORT: '0',
      MEDIA_WORKERS: '1',
      MEDIASOUP_WORKER_BIN: inject('mediaWorkerBinary'),
      TRIAL: 'false',
      AUTH_SECRET: 'a secret of more than thirty-two characters',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout! })) {
    // Among the log stands what the program tells the person who started it.
    if (!line.startsWith('{')) continue
    const said = JSON.parse(line) as { msg?: string; port?: number }
    if (said.msg === 'serving') return { child, url: `http://127.0.0.1:${said.port}` }
  }
  throw new Error('the program did not begin to serve')
}

test('what was saved is there after the program was killed and started again', async () => {
  const meeting = await makeMeeting(secretary)
  const dataDir = await mkdtemp(join(tmpdir(), 'yishi-killed-'))
  const first = await startProgram(dataDir)
  const session = await signInAgain(first.url)
  const editor = openEditor(first.url, session, meeting.id)
  await editor.loaded()
  for (let n = 0; n < 40; n++) write(editor.doc, `第${n}位代表的话`)
  await editor.saved()
  first.child.kill('SIGKILL')
  await eventually(() => editor.state().link === 'offline')
  const saved = xmlOf(editor.doc)
  editor.close()

  const second = await startProgram(dataDir)
  const again = openEditor(second.url, session, meeting.id)
  await again.loaded()
  expect(xmlOf(again.doc)).toBe(saved)
  again.close()
  second.child.kill()
  await once(second.child, 'exit')
  await rm(dataDir, { recursive: true, force: true })
}, 60_000)

/** A session is signed with the program's own secret, so it has to be begun there. */
async function signInAgain(url: string) {
  const username = await app.db.reader.execute<{ username: string }>(sql`select username from accounts where id = ${secretary.accountId}`)
  const response = await fetch(`${url}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username: username.rows[0]!.username, password: 'a long test password' }),
  })
  expect(response.status).toBe(200)
  return {
    cookie: response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
  }
}

test('minutes that nobody has open any more are folded into a snapshot, and open again with every word', async () => {
  const node = await startNode(10)
  const meeting = await makeMeeting(secretary)
  const editor = openEditor(node.url, secretary, meeting.id)
  await editor.loaded()
  for (let n = 0; n < 10; n++) {
    write(editor.doc, `第${n}句`)
    await editor.saved()
  }
  expect(await rowsOf(meeting.id)).toBeGreaterThan(5)
  const written = xmlOf(editor.doc)
  editor.close()
  await eventually(async () => (await rowsOf(meeting.id)) === 0)
  const [snapshot] = await app.db.reader.select().from(minutesSnapshots).where(eq(minutesSnapshots.meetingId, meeting.id))
  expect(snapshot!.upTo).toBeGreaterThan(0)
  const again = openEditor(node.url, secretary, meeting.id)
  await again.loaded()
  expect(xmlOf(again.doc)).toBe(written)
  again.close()
  await node.close()
})

test('a program that is stopped leaves what is open folded, with every word', async () => {
  const meeting = await makeMeeting(secretary)
  const recorder = await app.person({ name: '记录员', grants: [inRegion('secretary', districts.nanxun)] })
  const node = await startNode(60_000)
  const editor = openEditor(node.url, recorder, meeting.id)
  await editor.loaded()
  write(editor.doc, '停机之前写下的话')
  await editor.saved()
  expect(await rowsOf(meeting.id)).toBeGreaterThan(0)
  await node.close()
  editor.close()
  expect(await rowsOf(meeting.id)).toBe(0)
  expect(xmlOf(await storedDoc(meeting.id))).toContain('停机之前写下的话')
})

test('compacting takes nothing away that is being stored at the same time', async () => {
  const meeting = await makeMeeting(secretary)
  const store = createMinutesStore(app.db)
  await store.begin(meeting.id, Y.encodeStateAsUpdate(new Y.Doc()), async () => undefined)
  const actor: Actor = { accountId: secretary.accountId, name: '秘书', anonymous: false, sessionId: null, grants: [] }
  const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()]

  const writers = docs.map(async (doc, place) => {
    for (let n = 0; n < 30; n++) {
      const before = Y.encodeStateVector(doc)
      write(doc, `${place}-${n}`)
      const updates = [Y.encodeStateAsUpdate(doc, before)]
      await store.append([{ meetingId: meeting.id, updates, actors: [actor], bindings: [], touches: [] }], null)
    }
  })
  let running = true
  const compactor = async () => {
    while (running) await store.fold(meeting.id)
  }
  const compactors = [compactor(), compactor()]
  await Promise.all(writers)
  running = false
  await Promise.all(compactors)

  const stored = xmlOf(await storedDoc(meeting.id))
  for (const place of docs.keys()) for (let n = 0; n < 30; n++) expect(stored).toContain(`>${place}-${n}<`)
})

type Step = { who: number; what: 'write' | 'erase' | 'leave' | 'return' | 'compact' | 'wait' }
const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  who: fc.nat({ max: 2 }),
  what: fc.constantFrom('write', 'write', 'write', 'erase', 'leave', 'return', 'compact', 'wait'),
})

test('whatever three recorders do, lose and find again, all end with the same text, and it is the stored one', async () => {
  const node = await startNode(1)
  const store = createMinutesStore(app.db)
  let written = 0
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 10, maxLength: 60 }), async (steps) => {
      const meeting = await makeMeeting(secretary)
      const editors = [0, 1, 2].map(() => openEditor(node.url, secretary, meeting.id))
      await Promise.all(editors.map((editor) => editor.loaded()))
      const compactions: Promise<unknown>[] = []
      for (const { who, what } of steps) {
        const editor = editors[who]!
        const body = bodyOf(editor.doc)
        if (what === 'write') write(editor.doc, `词${written++}`)
        if (what === 'erase' && body.length > 0) body.delete(who % body.length, 1)
        if (what === 'leave') editor.provider.disconnect()
        if (what === 'return') editor.provider.connect()
        if (what === 'compact') compactions.push(store.fold(meeting.id))
        if (what === 'wait') await new Promise((resolve) => setImmediate(resolve))
      }
      for (const editor of editors) editor.provider.connect()
      await Promise.all([...editors.map((editor) => editor.saved()), ...compactions])
      await eventually(() => editors.every((editor) => xmlOf(editor.doc) === xmlOf(editors[0]!.doc)))
      const text = xmlOf(editors[0]!.doc)
      await eventually(async () => xmlOf(await storedDoc(meeting.id)) === text)
      for (const editor of editors) editor.close()
    }),
    { numRuns: 12 },
  )
  await node.close()
}, 60_000)
