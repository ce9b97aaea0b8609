import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as sync from 'y-protocols/sync'
import { contentHash, minutesMessage, minutesSignals } from '../../shared/minutes.ts'
import { type MinutesState, writeRefusal } from '../../shared/minutes-stages.ts'
import { forgery, rawSocket, syncFrame } from '../minutes/raw.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { addRegions, districts } from '../support/meetings.ts'
import type { Person } from '../support/people.ts'
import { endedMeeting, makePeople, stateOf } from './minutes.ts'

// More runs find more: STAGES_RUNS=200 npm test -- tests/signing/any-order.test.ts; a failure is repeated with its STAGES_SEED.
const numRuns = Number(process.env.STAGES_RUNS ?? 4)
const seed = Number(process.env.STAGES_SEED ?? Date.now() % 2 ** 31)

let app: TestApp
let signatories: { nanxun: Person; wujiang: Person }
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  signatories = await makePeople(app)
})
afterAll(() => app?.close())

const regions = [districts.nanxun, districts.wujiang]
const names = ['nanxun', 'wujiang', 'recorder'] as const
type Step = { who: (typeof names)[number]; what: (typeof whats)[number]; region: string }
const whats = [
  'to-draft',
  'to-amending',
  'to-live',
  'sign',
  'sign-another',
  'withdraw-signature',
  'unlock',
  'keep-locked',
  'write',
] as const

const own = { nanxun: districts.nanxun, wujiang: districts.wujiang, recorder: districts.nanxun }
const step = fc
  .record({ who: fc.constantFrom(...names), what: fc.constantFrom(...whats), elsewhere: fc.nat(5) })
  .map(({ who, what, elsewhere }): Step => ({ who, what, region: elsewhere === 0 ? regions.find((code) => code !== own[who])! : own[who] }))
const by = (who: Step['who'], ...does: Step['what'][]): Step[] => does.map((what) => ({ who, what, region: own[who] }))
/** Left to chance alone hardly any order would come far. */
const beginnings = [
  [],
  by('nanxun', 'to-draft', 'to-amending', 'sign'),
  [...by('wujiang', 'to-draft', 'to-amending', 'sign'), ...by('nanxun', 'sign')],
]
const steps = fc
  .tuple(fc.constantFrom(...beginnings), fc.array(step, { minLength: 8, maxLength: 20 }))
  .map(([first, then]) => [...first, ...then])

/** Sends words that nobody has sent before, and waits for the server's word on them. */
async function tryToWrite(person: Person, meetingId: string, words: string) {
  const { socket, frames } = await rawSocket(app.url, person, meetingId)
  await eventually(() => frames.length >= 2, { everyMs: 2 })
  const before = frames.length
  socket.send(syncFrame(sync.messageYjsUpdate, forgery(words)))
  const encoder = encoding.createEncoder()
  for (const number of [minutesMessage, minutesSignals.mark, 1]) encoding.writeVarUint(encoder, number)
  socket.send(encoding.toUint8Array(encoder))
  await eventually(() => frames.slice(before).some((frame) => frame[0] === minutesMessage), { everyMs: 2 })
  socket.close()
}

test('no order of moves by anybody locks minutes without every signature, or changes locked ones', { timeout: 120_000 }, async () => {
  console.log(`seed ${seed}, ${numRuns} runs`)
  let locked = 0
  await fc.assert(
    fc.asyncProperty(steps, async (todo) => {
      const { meetingId, recorder } = await endedMeeting(app, signatories.nanxun, '一')
      const people = { ...signatories, recorder }
      const document = () => app.services.minutes.document(meetingId)
      let before = await stateOf(recorder, meetingId)
      let hash = await contentHash(await document())
      for (const [place, { who, what, region: regionCode }] of todo.entries()) {
        const person = people[who]
        const words = `第${place}步`
        if (what === 'write') await tryToWrite(person, meetingId, words)
        else if (what === 'sign') await person.post('minutes:sign', { meetingId, regionCode, contentHash: before.contentHash ?? hash })
        else if (what === 'sign-another') await person.post('minutes:sign', { meetingId, regionCode, contentHash: 'e'.repeat(64) })
        else if (what === 'withdraw-signature') await person.post('minutes:withdraw-signature', { meetingId, regionCode })
        else if (what === 'unlock') await person.post('minutes:unlock', { meetingId, regionCode, reason: '更正' })
        else await person.post(`minutes:${what}`, { meetingId, ...(what === 'to-amending' && { despiteMissing: '试' }) })
        const after = await stateOf(recorder, meetingId)
        const nowHash = await contentHash(await document())
        check(before, after, hash, nowHash)
        const meeting = { id: meetingId, regions: regions.map((code) => ({ code, path: [] })) }
        const actor = { accountId: person.accountId, name: '', anonymous: false, sessionId: null, grants: grantsOf(who, meetingId) }
        const written = JSON.stringify(await document()).includes(words)
        expect(written).toBe(what === 'write' && writeRefusal(actor, before.stage, meeting) === null)
        if (after.stage === 'signed' && before.stage !== 'signed') locked += 1
        before = after
        hash = nowHash
      }
    }),
    { seed, numRuns, endOnFailure: true, interruptAfterTimeLimit: 90_000, markInterruptAsFailure: false },
  )
  console.log(`locked ${locked} times`)
})

const grantsOf = (who: Step['who'], meetingId: string) =>
  who === 'recorder'
    ? [{ role: 'recorder' as const, scope: { kind: 'meeting' as const, meetingId } }]
    : [
        {
          role: who === 'nanxun' ? ('secretary' as const) : ('moderator' as const),
          scope: { kind: 'region' as const, regionCode: own[who] },
        },
      ]

function check(before: MinutesState, after: MinutesState, hash: string, nowHash: string) {
  if (after.stage === 'amending' || after.stage === 'signed') expect(after.contentHash).toBe(nowHash)
  if (after.stage !== 'amending' && after.stage !== 'signed') expect(after.signatures).toEqual([])
  for (const signature of after.signatures) expect(signature.contentHash).toBe(after.contentHash)
  if (before.stage === 'signed' && after.stage !== 'signed')
    expect([before.unlocking?.consents.length, after.stage, after.edition]).toEqual([regions.length - 1, 'amending', before.edition + 1])
  if (before.stage === 'signed' || after.stage === 'signed') expect(nowHash).toBe(hash)
  if (after.stage !== 'signed') return
  expect(after.signatures.map(({ regionCode }) => regionCode).sort()).toEqual([...regions].sort())
  expect(new Set(after.signatures.map(({ accountId }) => accountId)).size).toBe(regions.length)
}
