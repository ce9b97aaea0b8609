import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { pino } from 'pino'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openMinutes } from '../../client/minutes/session.ts'
import { createPageShelf } from '../../client/offline/pageShelf.ts'
import { findEmbeddedPostgres } from '../../server/db/embedded.ts'
import { connect, type Database, embeddedFolder } from '../../server/db/postgres.ts'
import { insertGrant } from '../../server/identity/store.ts'
import { createMinutesStore, restore } from '../../server/minutes/store.ts'
import type { MinutesAuthors } from '../../shared/minutes.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { createPeople, type Person } from '../support/people.ts'
import { freePort, type Program, startProgram } from '../support/program.ts'
import { bodyOf, minutesUrl, socketOf, write, xmlOf } from './editors.ts'

// More runs find more: MINUTES_RUNS=100 npm test -- tests/minutes/convergence.test.ts; a failure is repeated with its MINUTES_SEED.
const numRuns = Number(process.env.MINUTES_RUNS ?? 1)
const seed = Number(process.env.MINUTES_SEED ?? Date.now() % 2 ** 31)

let dataDir: string
let port: number
let program: Program
let database: Database
let secretary: Person
let people: ReturnType<typeof createPeople>
let recorders: Person[]

const start = () => startProgram({ dataDir, port, env: { TRIAL: 'false', LOG_LEVEL: 'fatal' } })

/** The program's own database, looked at from outside. */
async function reach() {
  await database?.close()
  database = connect((await findEmbeddedPostgres(embeddedFolder(dataDir)))!, pino({ level: 'silent' }))
}

beforeAll(async () => {
  console.log(`seed ${seed}, ${numRuns} runs`)
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-converging-'))
  port = await freePort()
  program = await start()
  await reach()
  people = createPeople(program.url, database.db)
  await addRegions(database)
  secretary = await people.person({ name: '秘书', grants: [inRegion('secretary', districts.nanxun)] })
  recorders = []
  for (const name of ['陈记录', '李记录', '沈记录']) recorders.push(await people.person({ name }))
}, 120_000)
afterAll(async () => {
  people?.close()
  await database?.close()
  await program?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

type Step = {
  who: number
  what: 'write' | 'insert' | 'erase' | 'cut' | 'leave' | 'return' | 'save' | 'turn' | 'reload' | 'compact' | 'restart' | 'kill'
  at: number
}
const often: Step['what'][] = [
  'write',
  'write',
  'insert',
  'insert',
  'erase',
  'cut',
  'leave',
  'return',
  'return',
  'save',
  'turn',
  'compact',
  'reload',
]
const stepOf = (...what: Step['what'][]): fc.Arbitrary<Step> =>
  fc.record({ who: fc.nat({ max: 2 }), what: fc.constantFrom(...what), at: fc.nat({ max: 1_000 }) })
/** Two deaths or stops in the midst of a few dozen steps. */
const story = fc
  .tuple(...[0, 1, 2].map(() => fc.array(stepOf(...often), { minLength: 8, maxLength: 30 })), stepOf('kill', 'restart'), stepOf('kill'))
  .map((parts) => {
    const [first, second, third, one, other] = parts as [Step[], Step[], Step[], Step, Step]
    return [...first, one, ...second, other, ...third]
  })

/** A recorder at work: every word they put in is like no other. */
function recorderAt(meetingId: string, person: Person, place: number) {
  const shelf = createPageShelf()
  const holder = { accountId: person.accountId!, name: person.name }
  const open = (atOnce = true) =>
    openMinutes({ serverUrl: minutesUrl(program.url), meetingId, holder, shelf, atOnce, WebSocketPolyfill: socketOf(person) })
  let page = open()
  /** Own words, with the passage that each was put in. */
  const own = new Map<string, string>()
  const gone = new Set<string>()
  const goneBlocks = new Set<string>()
  /** Not confirmed when the server died: they count for whoever brought them back first. */
  const unsure = new Set<string>()
  const stored = { words: new Set<string>(), gone: new Set<string>() }
  let count = 0
  const listen = () =>
    page.subscribe(() => {
      if (!page.state().saved) return
      for (const word of own.keys()) stored.words.add(word)
      for (const word of gone) stored.gone.add(word)
    })
  listen()
  const word = () => `〔${place}.${count++}〕`
  const idOf = (block: Y.XmlElement) => block.getAttribute('blockId')!
  const blocks = () =>
    bodyOf(page.doc)
      .toArray()
      .filter((block) => block instanceof Y.XmlElement)
  const pick = (at: number) => blocks()[at % Math.max(1, blocks().length)]
  const wordsIn = (text: string) => text.match(/〔\d+\.\d+〕/g) ?? []

  return {
    loaded: () => eventually(() => page.state().loaded),
    state: () => page.state(),
    doc: () => page.doc,
    connect: () => page.connect(true),
    disconnect: () => page.disconnect(),
    close: () => page.close(),
    person,
    stored,
    gone,
    isOnline: () => page.state().link === 'online',
    /** The page is closed, and comes back with what the device has of it: nothing that was on it is lost. */
    async reload() {
      const had = xmlOf(page.doc)
      const wasOffline = page.state().link === 'offline'
      await page.close()
      page = open(!wasOffline)
      listen()
      await eventually(() => page.state().copied)
      if (wasOffline) expect(xmlOf(page.doc)).toBe(had)
    },
    own,
    goneBlocks,
    unsure,
    write() {
      const made = word()
      own.set(made, write(page.doc, made))
    },
    insert(at: number) {
      const block = pick(at)
      const text = block?.get(0)
      if (!block || !(text instanceof Y.XmlText)) return
      const made = word()
      own.set(made, idOf(block))
      // Between words, so that none is torn.
      text.insert(at % 2 === 0 ? 0 : text.length, made)
    },
    erase(at: number) {
      const block = pick(at)
      if (!block) return
      for (const lost of wordsIn(block.toString())) gone.add(lost)
      goneBlocks.add(idOf(block))
      bodyOf(page.doc).delete(blocks().indexOf(block), 1)
    },
    cut(at: number) {
      const text = pick(at)?.get(0)
      if (!(text instanceof Y.XmlText)) return
      const [first] = wordsIn(text.toString())
      if (!first) return
      gone.add(first)
      text.delete(text.toString().indexOf(first), first.length)
    },
  }
}
type Recorder = ReturnType<typeof recorderAt>

async function storedDoc(meetingId: string) {
  const doc = new Y.Doc()
  restore(doc, await createMinutesStore(database.db).load(meetingId))
  return doc
}

/** What was confirmed to anybody is in the database, whatever the pages still have in memory. */
async function expectConfirmed(meetingId: string, all: readonly Recorder[]) {
  const text = xmlOf(await storedDoc(meetingId))
  const erasedBySomebody = new Set(all.flatMap(({ gone }) => [...gone]))
  const erasedForSure = new Set(all.flatMap(({ stored }) => [...stored.gone]))
  const erasedBlocks = new Set(all.flatMap(({ goneBlocks }) => [...goneBlocks]))
  const mayBeGone = ({ own }: Recorder, word: string) => erasedBySomebody.has(word) || erasedBlocks.has(own.get(word)!)
  for (const recorder of all) for (const word of recorder.stored.words) if (!mayBeGone(recorder, word)) expect(text).toContain(word)
  for (const word of erasedForSure) expect(text).not.toContain(word)
}

async function beginAnew(meetingId: string, all: readonly Recorder[], how: 'kill' | 'restart') {
  const online = all.filter((recorder) => recorder.isOnline())
  await (how === 'kill' ? program.kill() : program.stop())
  // Nobody brings back what the server has lost before it was looked at.
  for (const recorder of all) recorder.disconnect()
  for (const { own, stored, unsure } of all) for (const word of own.keys()) if (!stored.words.has(word)) unsure.add(word)
  program = await start()
  await reach()
  await expectConfirmed(meetingId, all)
  for (const recorder of online) recorder.connect()
}

const charactersOf = (node: Y.XmlElement): string =>
  node
    .toArray()
    .map((part) => (part instanceof Y.XmlElement ? charactersOf(part) : String(part)))
    .join('')

async function expectAuthors(meetingId: string, all: readonly Recorder[]) {
  const { passages } = await secretary.get<MinutesAuthors>(`/api/meetings/${meetingId}/minutes/authors`)
  const doc = await storedDoc(meetingId)
  for (const block of bodyOf(doc).toArray()) {
    if (!(block instanceof Y.XmlElement)) continue
    const text = charactersOf(block)
    const runs = passages.find(({ blockId }) => blockId === block.getAttribute('blockId'))?.runs ?? []
    const authors = runs.flatMap(({ accountId, length }) => new Array<string | null>(length).fill(accountId))
    expect(authors).toHaveLength(text.length)
    for (const { person, own, unsure } of all)
      for (const word of own.keys()) {
        const at = text.indexOf(word)
        if (at >= 0) expect(unsure.has(word) ? recorders.map(({ accountId }) => accountId) : [person.accountId]).toContain(authors[at])
      }
  }
}

async function live(steps: readonly Step[]) {
  const meeting = await makeMeeting(secretary, { live: false })
  for (const { accountId } of recorders) await insertGrant(database.db.reader, v7(), accountId!, inMeeting('recorder', meeting.id))
  const all = recorders.map((person, place) => recorderAt(meeting.id, person, place))
  await Promise.all(all.map((recorder) => recorder.loaded()))
  const compactions: Promise<unknown>[] = []
  for (const { who, what, at } of steps) {
    const recorder = all[who]!
    if (what === 'kill' || what === 'restart') {
      await Promise.allSettled(compactions.splice(0))
      await beginAnew(meeting.id, all, what)
    } else if (what === 'leave') recorder.disconnect()
    else if (what === 'return') recorder.connect()
    else if (what === 'save') await eventually(() => recorder.state().saved || !recorder.isOnline(), { timeoutMs: 20_000 })
    else if (what === 'turn') await turn()
    else if (what === 'compact') compactions.push(createMinutesStore(database.db).fold(meeting.id))
    else await recorder[what](at)
  }
  for (const recorder of all) recorder.connect()
  await Promise.all([
    ...all.map((recorder) => eventually(() => recorder.isOnline() && recorder.state().saved, { timeoutMs: 20_000 })),
    ...compactions,
  ])
  const same = () => all.every((recorder) => xmlOf(recorder.doc()) === xmlOf(all[0]!.doc()))
  await eventually(same, { timeoutMs: 20_000 })
  const text = xmlOf(all[0]!.doc())
  await eventually(async () => xmlOf(await storedDoc(meeting.id)) === text)
  await expectConfirmed(meeting.id, all)
  await expectAuthors(meeting.id, all)
  for (const recorder of all) await recorder.close()
}

test(
  'through deaths, stops, broken lines, reloads and compactions all pages and the database end with the same text, and nothing confirmed is lost',
  async () => {
    await fc.assert(fc.asyncProperty(story, live), { numRuns, seed, endOnFailure: true })
  },
  60_000 + numRuns * 60_000,
)
