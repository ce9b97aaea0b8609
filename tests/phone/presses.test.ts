import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { createStorage } from '../../client/phone/storage.ts'
import { createPresses, type Press } from '../../client/phone/voice/presses.ts'
import type { Result } from '../../shared/commands.ts'
import type { Failure } from '../../shared/errors.ts'
import { eventually } from '../support/eventually.ts'

const unreachable: Failure = { code: 'unavailable', reason: 'unreachable' }

/** A phone whose network answers as `will` says, or not before it is let. */
function phone(storage = createStorage(() => globalThis.localStorage)) {
  const sent: Press[] = []
  const answered: [suggestionId: string, refusal: Failure | null][] = []
  const will: { refuse: Failure | null; hold: Promise<void> | null } = { refuse: null, hold: null }
  const presses = createPresses({
    code: 'ABC234',
    storage,
    async send(press): Promise<Result<unknown>> {
      sent.push(press)
      await will.hold
      return will.refuse ? { ok: false, error: will.refuse } : { ok: true, value: null }
    },
    onChange: () => {},
    onAnswered: ({ suggestionId }, refusal) => answered.push([suggestionId, refusal]),
    firstRetryMs: 10_000,
  })
  return { storage, presses, sent, answered, will }
}

test('what is pressed without a network is kept, also over a reload, and sent once with the same id', async () => {
  const before = phone()
  before.will.refuse = unreachable
  const id = v7()
  before.presses.press(id, { kind: 'stance', stance: 'agree' })
  await eventually(() => expect(before.sent).toHaveLength(1))
  before.presses.close()
  const after = phone(before.storage)
  await after.presses.flush()
  expect(after.sent).toEqual(before.sent)
  expect(after.answered).toEqual([[id, null]])
  await after.presses.flush()
  expect(after.sent).toHaveLength(1)
})

test('of several presses on one suggestion the last is sent, under a newer id; a support and a stance do not touch each other', async () => {
  const { presses, sent, will } = phone()
  will.refuse = unreachable
  const [one, two] = [v7(), v7()]
  presses.press(one, { kind: 'stance', stance: 'agree' })
  presses.press(one, { kind: 'support', supported: true })
  presses.press(two, { kind: 'support', supported: true })
  presses.press(one, { kind: 'stance', stance: 'pass' })
  await eventually(() => expect(sent).toHaveLength(1))
  will.refuse = null
  await presses.flush()
  expect(sent.slice(1)).toMatchObject([
    { suggestionId: one, supported: true },
    { suggestionId: two, supported: true },
    { suggestionId: one, stance: 'pass' },
  ])
  expect(sent.at(-1)!.commandId > sent[0]!.commandId).toBe(true)
})

test('what is pressed again while the first is on its way is sent after it', async () => {
  const { presses, sent, will } = phone()
  const id = v7()
  let letGo = () => {}
  will.hold = new Promise((resolve) => {
    letGo = resolve
  })
  presses.press(id, { kind: 'support', supported: true })
  presses.press(id, { kind: 'support', supported: false })
  letGo()
  await eventually(() => expect(presses.list()).toEqual([]))
  expect(sent).toMatchObject([{ supported: true }, { supported: false }])
})

test('what the server refuses is told and not tried again; what comes after it is still sent', async () => {
  const { presses, sent, answered, will } = phone()
  const closed: Failure = { code: 'conflict', reason: 'suggestion-withdrawn' }
  will.refuse = closed
  const [one, two] = [v7(), v7()]
  presses.press(one, { kind: 'stance', stance: 'agree' })
  presses.press(two, { kind: 'stance', stance: 'agree' })
  await eventually(() => expect(presses.list()).toEqual([]))
  expect(sent).toHaveLength(2)
  expect(answered).toEqual([
    [one, closed],
    [two, closed],
  ])
})
