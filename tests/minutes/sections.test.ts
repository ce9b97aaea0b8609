import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { auditEntries } from '../../server/audit/schema.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { MinutesNode } from '../../shared/minutes.ts'
import { outsideOf, sectionsOf } from '../../shared/minutes-sections.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { bodyOf, openEditor, write, xmlOf } from './editors.ts'
import { element, openForger, placeOf } from './limited.ts'

// More runs find more: SECTIONS_RUNS=200 npm test -- tests/minutes/sections.test.ts; a failure is repeated with its SECTIONS_SEED.
const numRuns = Number(process.env.SECTIONS_RUNS ?? 4)
const seed = Number(process.env.SECTIONS_SEED ?? Date.now() % 2 ** 31)

let app: TestApp
let secretary: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app?.close())

const idsOf = (meeting: Meeting) => meeting.agenda.map(({ id }) => id)
const assign = (person: Person, meeting: Meeting, recorder: Person, agendaItemIds: string[]) =>
  person.post('minutes:assign-sections', { meetingId: meeting.id, accountId: recorder.accountId!, agendaItemIds })
const recordersOf = (person: Person, meeting: Meeting) => person.get<unknown[]>(`/api/meetings/${meeting.id}/minutes/recorders`)
const contentOf = async ({ id }: Meeting) => (await app.services.minutes.document(id)).content ?? []
const outside = (blocks: readonly MinutesNode[], own: string) => JSON.stringify(outsideOf(blocks, (block) => block, new Set([own])))

/** Begun minutes, with a recorder who is limited to the first item of the agenda. */
async function limitedMeeting() {
  const meeting = await makeMeeting(secretary)
  const recorder = await app.person({ name: '陈记录', grants: [inMeeting('recorder', meeting.id)] })
  const editor = openEditor(app.url, secretary, meeting.id)
  await editor.loaded()
  value(await assign(secretary, meeting, recorder, [idsOf(meeting)[0]!]))
  return { meeting, recorder, editor, forger: () => openForger(app.url, recorder, meeting.id, Y.encodeStateAsUpdate(editor.doc)) }
}

const heading = (level: unknown, agendaItemId?: string): MinutesNode => ({ type: 'heading', attrs: { level, agendaItemId } })
const paragraph: MinutesNode = { type: 'paragraph' }
const [a, b] = [v7(), v7()]

test.each<[string, MinutesNode[], (string | null)[]]>([
  ['up to the next item', [heading(2, a), paragraph, heading(2, b), paragraph], [null, a, null, b]],
  ['over headings below its own', [heading(2, a), heading(3), paragraph, heading(2), paragraph], [null, a, a, null, null]],
  ['up to one above it', [paragraph, heading(2, a), paragraph, heading(1), paragraph], [null, null, a, null, null]],
  ['up to an item of a lower level', [heading(1, a), paragraph, heading(3, b), paragraph], [null, a, null, b]],
  ['of the first of two', [heading(2, a), paragraph, heading(2, a), paragraph], [null, a, null, null]],
  ['up to a heading of no known level', [heading(2, a), heading('two'), paragraph], [null, null, null]],
])('a section reaches %s', (_how, blocks, sections) => {
  expect(sectionsOf(blocks)).toEqual(sections)
})

test('a limited recorder writes in the own section, and everybody else everywhere', async () => {
  const { meeting, recorder, editor } = await limitedMeeting()
  const own = openEditor(app.url, recorder, meeting.id)
  await own.loaded()
  const body = bodyOf(own.doc)
  own.doc.transact(() => {
    const place = placeOf(body, meeting.agenda[0]!)
    body.insert(place + 1, [
      element('heading', { level: 3, blockId: v7() }, '水质'),
      element('paragraph', { blockId: v7() }, '双方同意共测'),
    ])
    body.delete(place + 3, 1)
  })
  await own.saved()
  own.doc.transact(() => body.insert(placeOf(body, meeting.agenda[1]!), [element('paragraph', { blockId: v7() }, '另起一段')]))
  await own.saved()
  await eventually(() => xmlOf(editor.doc).includes('双方同意共测') && xmlOf(editor.doc).includes('另起一段'))
  const other = openEditor(app.url, await app.person({ grants: [inRegion('recorder', districts.wujiang)] }), meeting.id)
  await other.loaded()
  for (const [who, words] of [
    [other, '别的记录员'],
    [editor, '秘书处'],
  ] as const) {
    write(who.doc, words)
    await who.saved()
  }
  expect(JSON.stringify(await contentOf(meeting))).toMatch(/双方同意共测.*另起一段.*别的记录员.*秘书处/)
  expect(own.state().changeRefused).toBe(false)
  for (const one of [own, other, editor]) one.close()
})

type Work = (body: Y.XmlFragment, meeting: Meeting, doc: Y.Doc) => void
const forgeries: [string, Work][] = [
  ['writes at the end', (body) => body.push([element('paragraph', { blockId: v7() }, '伪造')])],
  ['writes into another section', (body, { agenda }) => into(body, placeOf(body, agenda[1]!) + 1, '伪造')],
  ['rewords the heading of its own', (body, { agenda }) => into(body, placeOf(body, agenda[0]!), '伪造')],
  ['erases the next heading', (body, { agenda }) => body.delete(placeOf(body, agenda[1]!), 1)],
  ['lifts its own heading', (body, { agenda }) => attribute(body, placeOf(body, agenda[0]!), 'level', 1)],
  ['gives another heading its item', (body, { agenda }) => attribute(body, 1, 'agendaItemId', agenda[0]!.id)],
  [
    'ends its own section early',
    (body, { agenda }) => body.insert(placeOf(body, agenda[0]!) + 1, [element('heading', { level: 2 }, '伪造')]),
  ],
  [
    'begins another section within its own',
    (body, { agenda }) => body.insert(placeOf(body, agenda[0]!) + 1, [element('heading', { level: 3, agendaItemId: agenda[1]!.id })]),
  ],
  [
    'goes by the name of another passage',
    (body, { agenda }) => {
      const blockId = (body.get(placeOf(body, agenda[1]!) + 1) as Y.XmlElement).getAttribute('blockId')!
      body.insert(placeOf(body, agenda[0]!) + 1, [element('paragraph', { blockId }, '伪造')])
    },
  ],
  [
    'moves a passage out of its own',
    (body, { agenda }) => {
      const place = placeOf(body, agenda[0]!) + 1
      const moved = (body.get(place) as Y.XmlElement).clone() as Y.XmlElement
      body.delete(place, 1)
      body.push([moved])
    },
  ],
  [
    'puts an attribute on the body',
    (body) => (body as Y.XmlElement).setAttribute?.('x', 'y') ?? Y.XmlElement.prototype.setAttribute.call(body, 'x', 'y'),
  ],
  ['writes beside the body', (_body, _meeting, doc) => void doc.getMap('elsewhere').set('x', 'y')],
]

function into(body: Y.XmlFragment, place: number, words: string) {
  ;(body.get(place) as Y.XmlElement).insert(0, [new Y.XmlText(words)])
}
function attribute(body: Y.XmlFragment, place: number, name: string, value: unknown) {
  ;(body.get(place) as Y.XmlElement).setAttribute(name, value as string)
}

test('a forged change that reaches beyond the own section is refused, whatever it does, and recorded', async () => {
  const { meeting, recorder, editor, forger } = await limitedMeeting()
  const before = JSON.stringify(await contentOf(meeting))
  for (const [what, work] of forgeries) {
    const one = await forger()
    expect([what, await one.change((body, doc) => work(body, meeting, doc))]).toEqual([what, 'refused'])
    expect(one.frames.some((frame) => frame[0] === 2 && frame.includes('outside-sections'))).toBe(true)
    // What builds on it is not taken either, and never said to be stored.
    expect(await one.change((body) => into(body, placeOf(body, meeting.agenda[0]!) + 1, '跟着的话'))).toBe('refused')
    one.close()
  }
  // What it leans on has not come: nobody can say where it will stand.
  const one = await forger()
  const at = Y.encodeStateVector(one.doc)
  into(bodyOf(one.doc), placeOf(bodyOf(one.doc), meeting.agenda[0]!) + 1, '先')
  const middle = Y.encodeStateVector(one.doc)
  into(bodyOf(one.doc), placeOf(bodyOf(one.doc), meeting.agenda[0]!) + 1, '后')
  expect(Y.decodeUpdate(Y.encodeStateAsUpdate(one.doc, at)).structs.length).toBeGreaterThan(0)
  expect(await one.send(Y.encodeStateAsUpdate(one.doc, middle))).toBe('refused')
  one.close()

  expect(JSON.stringify(await contentOf(meeting))).toBe(before)
  const own = await forger()
  expect(await own.change((body) => into(body, placeOf(body, meeting.agenda[0]!) + 1, '真的'))).toBe('taken')
  own.close()
  expect(JSON.stringify(await contentOf(meeting))).toContain('真的')
  const refused = await eventually(async () => {
    const entries = await app.db.reader.select().from(auditEntries).where(eq(auditEntries.subjectId, meeting.id))
    return entries.find(({ action }) => action === 'minutes:refused') ?? false
  })
  expect(refused).toMatchObject({ actorId: recorder.accountId, details: { reason: 'outside-sections' } })
  editor.close()
})

test('other sections are assigned while somebody writes: it holds at once, and what is written outside then is refused', async () => {
  const { meeting, recorder, editor } = await limitedMeeting()
  const own = openEditor(app.url, recorder, meeting.id)
  await own.loaded()
  const writeUnder = (place: number, words: string) =>
    own.doc.transact(() =>
      bodyOf(own.doc).insert(placeOf(bodyOf(own.doc), meeting.agenda[place]!) + 1, [element('paragraph', { blockId: v7() }, words)]),
    )
  writeUnder(0, '第一节')
  await own.saved()
  value(await assign(secretary, meeting, recorder, [idsOf(meeting)[1]!]))
  await eventually(() => own.state().link !== 'online')
  await own.saved()
  writeUnder(1, '第二节')
  await own.saved()
  writeUnder(0, '越界的话')
  await eventually(() => own.state().strayed)
  expect(own.state().saved).toBe(false)
  const text = JSON.stringify(await contentOf(meeting))
  expect(text).toContain('第二节')
  expect(text).not.toContain('越界')
  own.close()
  // With none they write everywhere again.
  value(await assign(secretary, meeting, recorder, []))
  const again = openEditor(app.url, recorder, meeting.id)
  await again.loaded()
  write(again.doc, '到处都能写')
  await again.saved()
  for (const one of [again, editor]) one.close()
})

test('whoever chairs says who records what, once, and everybody in the meeting hears of it', async () => {
  const { meeting, recorder, editor } = await limitedMeeting()
  const [first, second] = idsOf(meeting)
  const regional = await app.person({ name: '李记录', grants: [inRegion('recorder', '3205')] })
  const mine = await recordersOf(recorder, meeting)
  expect(mine).toContainEqual({ meetingId: meeting.id, accountId: recorder.accountId, name: '陈记录', agendaItemIds: [first], version: 1 })
  expect(mine).toContainEqual({ meetingId: meeting.id, accountId: regional.accountId, name: '李记录', agendaItemIds: [], version: 0 })

  value(await recorder.ask('meeting:watch', { meetingId: meeting.id }))
  const heard = recorder.next('minutes:sections-changed')
  const changed = value(await assign(secretary, meeting, regional, [second!, first!]))
  expect(changed).toMatchObject({ agendaItemIds: [first, second], version: 1 })
  expect(await heard).toEqual(changed)
  expect(value(await assign(secretary, meeting, regional, [first!, second!]))).toEqual(changed)

  const of = (role: 'moderator' | 'member') => app.person({ grants: [inMeeting(role, meeting.id)] })
  expect(value(await assign(await of('moderator'), meeting, regional, []))).toMatchObject({ agendaItemIds: [], version: 2 })
  const foreign = await app.person({ grants: [inRegion('secretary', '31')] })
  for (const person of [recorder, await of('member'), foreign, await app.visitor()])
    expect(failure(await assign(person, meeting, regional, [first!])).code).toBe('not-allowed')
  expect(failure(await assign(app.stranger(), meeting, regional, [])).code).toBe('not-signed-in')
  await expect(recordersOf(await of('member'), meeting)).rejects.toMatchObject({ status: 403 })

  expect(failure(await assign(secretary, meeting, regional, [v7()]))).toMatchObject({ code: 'not-found', reason: 'no-such-agenda-item' })
  // Who compiles the minutes is no recorder, and is never limited.
  for (const person of [secretary, await of('member')])
    expect(failure(await assign(secretary, meeting, person, [first!]))).toMatchObject({ code: 'not-found', reason: 'no-such-recorder' })
  editor.close()
})

const nat = fc.nat(1_000)
const kinds = ['words', 'insert', 'erase', 'level', 'item', 'heading', 'move'] as const
const steps = fc.array(fc.record({ kind: fc.constantFrom(...kinds), home: fc.boolean(), stale: fc.nat(3), place: nat, to: nat, n: nat }), {
  minLength: 15,
  maxLength: 30,
})
type Step = { kind: (typeof kinds)[number]; home: boolean; stale: number; place: number; to: number; n: number }

/** Does something somewhere; `home` keeps it near the own section, where alone something can succeed. */
function act(body: Y.XmlFragment, { kind, home, place, to, n }: Step, { agenda }: Meeting) {
  const near = home ? placeOf(body, agenda[0]!) : -1
  const within = (number: number) => (near < 0 ? number % body.length : Math.min(near + (number % 4), body.length - 1))
  const at = within(place)
  const block = body.get(at) as Y.XmlElement
  if (kind === 'words') into(body, at, `字${n}`)
  else if (kind === 'insert') body.insert(at + 1, [element('paragraph', { blockId: v7() }, `段${n}`)])
  else if (kind === 'erase') body.delete(at, 1)
  else if (kind === 'level') attribute(body, at, 'level', 1 + (n % 3))
  else if (kind === 'item') attribute(body, at, 'agendaItemId', agenda[n % 2]!.id)
  else if (kind === 'heading')
    body.insert(at + 1, [
      element('heading', { level: 1 + (n % 3), blockId: v7(), ...(n % 5 === 0 && { agendaItemId: agenda[n % 2]!.id }) }),
    ])
  else {
    const moved = block.clone() as Y.XmlElement
    body.delete(at, 1)
    body.insert(Math.min(within(to), body.length), [moved])
  }
}

test('whatever a limited recorder sends, fresh or late, nothing outside their sections ever changes', { timeout: 60_000 }, async () => {
  console.log(`seed ${seed}, ${numRuns} runs`)
  const words = { taken: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(steps, async (todo) => {
      const { meeting, editor, forger } = await limitedMeeting()
      const own = idsOf(meeting)[0]!
      let client = await forger()
      for (const step of todo) {
        // Somebody who is not limited changes the text first, and the forger has not heard of it.
        if (step.stale === 0) {
          act(bodyOf(editor.doc), { ...step, kind: step.n % 2 ? 'insert' : 'words', home: !step.home }, meeting)
          await editor.saved()
        }
        const before = await contentOf(meeting)
        const word = await client.change((body) => act(body, step, meeting))
        const after = await contentOf(meeting)
        words[word] += 1
        expect(outside(after, own)).toBe(outside(before, own))
        if (word === 'taken') continue
        expect(JSON.stringify(after)).toBe(JSON.stringify(before))
        client.close()
        client = await forger()
      }
      client.close()
      editor.close()
    }),
    { seed, numRuns, endOnFailure: true, interruptAfterTimeLimit: 45_000, markInterruptAsFailure: false },
  )
  console.log(words)
  expect(words.refused).toBeGreaterThan(0)
})
