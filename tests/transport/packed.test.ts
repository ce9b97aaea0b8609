import type { Socket as TcpSocket } from 'node:net'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Known, learn, nothingKnown, recount } from '../../client/phone/meeting/suggestionList.ts'
import { isOffered } from '../../server/transport/deflate.ts'
import type { NewsItem } from '../../shared/contract.ts'
import { wholeSuggestion } from '../../shared/suggestion-rules.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000)
const text = '学校门口上下学时间车太多，请安排人疏导；渡口晚上加一班船。'.repeat(8)

let app: TestApp
let secretary: Person

beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  secretary = await app.person({ grants: [inRegion('secretary', districts.nanxun)] })
})
afterAll(() => app.close())

const meetingOf = () => makeMeeting(secretary, { suggestionPolicy: 'immediate' })
const post = async (meetingId: string, words = text) =>
  value(await secretary.post('suggestion:post', { id: v7(), meetingId, text: words })).suggestion

/** A phone with a bare websocket, that takes packed messages or does not, and packs its own from the first byte on. */
async function phoneOf(packs: boolean) {
  const websocket = new WebSocket(`${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: packs && { threshold: 0 },
  })
  const heard: NewsItem[] = []
  const answers: string[] = []
  const closed = new Promise<void>((resolve) => websocket.once('close', () => resolve()))
  websocket.on('error', () => {})
  websocket.on('message', (data) => {
    const words = String(data)
    if (words === '2') websocket.send('3')
    else if (words.startsWith('0')) websocket.send('40')
    else if (words.startsWith('42["news",')) heard.push(...JSON.parse(words.slice(2))[1])
    else answers.push(words)
  })
  await eventually(() => answers.some((answer) => answer.startsWith('40')))
  return {
    websocket,
    heard,
    answers,
    closed,
    tcp: (websocket as unknown as { _socket: TcpSocket })._socket,
    async watch(meetingId: string) {
      websocket.send(`420["meeting:watch",${JSON.stringify({ meetingId })}]`)
      await eventually(() => answers.some((answer) => answer.startsWith('430[{"ok":true')))
    },
  }
}

test.each([
  ['permessage-deflate', true],
  ['permessage-deflate; client_max_window_bits', true],
  ['x-other, permessage-deflate; client_no_context_takeover; client_max_window_bits=15', true],
  ['permessage-deflate; server_max_window_bits=10, permessage-deflate', true],
  ['permessage-deflate; server_max_window_bits=10', false],
  ['permessage-deflate; something', false],
  ['x-permessage-deflate', false],
  ['', false],
  [undefined, false],
])('of the offer %s is taken what leaves the server its way: %s', (offers, taken) => {
  expect(isOffered(offers)).toBe(taken)
})

test('news travels packed to whoever takes it packed, and says the same to everybody', async () => {
  const meeting = await meetingOf()
  const [packed, plain] = await Promise.all([phoneOf(true), phoneOf(false)])
  await Promise.all([packed.watch(meeting.id), plain.watch(meeting.id)])
  const before = [packed.tcp.bytesRead, plain.tcp.bytesRead] as const
  await Promise.all(Array.from({ length: 20 }, () => post(meeting.id)))
  const shown = ({ heard }: { heard: NewsItem[] }) => heard.filter(([name]) => name === 'suggestion:shown')
  await eventually(() => shown(plain).length === 20 && shown(packed).length === 20)
  expect(shown(packed)).toEqual(shown(plain))
  expect(packed.websocket.extensions).toBe('permessage-deflate')
  expect(plain.websocket.extensions).toBe('')
  expect(packed.tcp.bytesRead - before[0]).toBeLessThan((plain.tcp.bytesRead - before[1]) / 4)
  for (const phone of [packed, plain]) phone.websocket.terminate()
})

test('what a client packs is read, in one piece or in several, one message after the other', async () => {
  const phone = await phoneOf(true)
  const ask = (n: number) => `42${n}["meeting:open",${JSON.stringify({ meetingId: v7(), more: text })}]`
  for (let n = 1; n <= 3; n++) phone.websocket.send(ask(n))
  const parts = ask(4)
  phone.websocket.send(parts.slice(0, 40), { fin: false, compress: true })
  phone.websocket.send(parts.slice(40, 90), { fin: false, compress: true })
  phone.websocket.send(parts.slice(90), { fin: true, compress: true })
  await eventually(() => phone.answers.filter((answer) => /^43[1-4]\[\{"ok":false/.test(answer)).length === 4)
  phone.websocket.terminate()
})

test('what unpacks into more than a message may hold, or is no packed message, ends its own connection and nobody else’s', async () => {
  const meeting = await meetingOf()
  const [bomb, broken, honest] = await Promise.all([phoneOf(true), phoneOf(true), phoneOf(true)])
  await honest.watch(meeting.id)
  const frame = (payload: Buffer) => {
    const header = Buffer.from([0xc1, 0x80 | 126, 0, 0, 0, 0, 0, 0])
    header.writeUInt16BE(payload.length, 2)
    return Buffer.concat([header, payload])
  }
  // 64 MB of one character in 64 kB.
  bomb.tcp.write(frame(deflateRawSync(Buffer.alloc(60_000_000, 'a')).subarray(0, 65_000)))
  broken.tcp.write(frame(Buffer.alloc(200, 0xff)))
  await Promise.all([bomb.closed, broken.closed])
  const { id } = await post(meeting.id)
  await eventually(() => honest.heard.some(([name, payload]) => name === 'suggestion:shown' && payload.id === id))
  honest.websocket.terminate()
})

type Step = 'post' | 'hide' | 'answer' | 'pin' | 'break'
const steps: fc.Arbitrary<[Step, number]> = fc.tuple(
  fc.constantFrom<Step>('post', 'post', 'post', 'hide', 'answer', 'pin', 'break'),
  fc.nat(50),
)

test('however things follow one another, every phone ends with what the list says', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 25 }), async (turns) => {
      const meeting = await meetingOf()
      const bare = await Promise.all([phoneOf(true), phoneOf(false)])
      const stock = app.stranger()
      const heard: NewsItem[] = []
      stock.socket.on('news', (items) => heard.push(...items))
      value(await stock.ask('meeting:watch', { meetingId: meeting.id }))
      // As the page does after a break: watch again, then read what may have been missed.
      const readAgain = async () => {
        value(await stock.ask('meeting:watch', { meetingId: meeting.id }))
        heard.length = 0
        for (const one of await stock.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)) heard.push(['suggestion:shown', one])
      }
      stock.socket.on('connect', () =>
        readAgain().catch((error: unknown) => {
          // Broken once more meanwhile: the next connection reads again.
          if (stock.socket.connected) throw error
        }),
      )
      for (const phone of bare) await phone.watch(meeting.id)

      const posted: Suggestion[] = []
      await Promise.all(
        turns.map(async ([step, which]) => {
          if (step === 'post') return void posted.push(await post(meeting.id, `${text}${which}`))
          if (step === 'break') return void stock.socket.io.engine.close()
          const suggestionId = posted[which % Math.max(1, posted.length)]?.id
          if (!suggestionId) return
          // Refused where it was hidden before, which is no matter here.
          if (step === 'hide') await secretary.post('suggestion:hide', { suggestionId, reason: '重复' })
          if (step === 'answer') await secretary.post('suggestion:answer', { suggestionId, answer: '已经安排' })
          if (step === 'pin') await secretary.post('suggestion:pin', { suggestionId, pinned: which % 2 === 0 })
        }),
      )
      const list = await stock.get<Suggestion[]>(`/api/meetings/${meeting.id}/suggestions`)
      const wanted = list.toSorted((a, b) => a.id.localeCompare(b.id))
      for (const items of [bare[0]!.heard, bare[1]!.heard, heard]) {
        await eventually(() => knownFrom(meeting.id, items).length === wanted.length)
        await eventually(() => JSON.stringify(versions(knownFrom(meeting.id, items))) === JSON.stringify(versions(wanted)))
        expect(knownFrom(meeting.id, items)).toEqual(wanted)
      }
      for (const phone of bare) phone.websocket.terminate()
    }),
    { seed, numRuns: 6, interruptAfterTimeLimit: 40_000, endOnFailure: true },
  )
})

const versions = (suggestions: Suggestion[]) => suggestions.map(({ id, version }) => [id, version])

/** What the phone's page knows after this news. */
function knownFrom(meetingId: string, items: NewsItem[]): Suggestion[] {
  let known: Known = nothingKnown
  for (const [name, payload] of items) {
    if (name === 'suggestion:shown')
      known = learn(known, [{ id: payload.id, version: payload.version, suggestion: wholeSuggestion(meetingId, payload) }])
    if (name === 'suggestion:withdrawn') known = learn(known, [{ id: payload.id, version: payload.version, suggestion: null }])
    if (name === 'suggestions:counted') known = recount(known, payload)
  }
  return [...known.values()].flatMap(({ suggestion }) => suggestion ?? []).toSorted((a, b) => a.id.localeCompare(b.id))
}
