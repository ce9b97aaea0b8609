import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { firstWordOf, solve } from '../../client/phone/proof.ts'
import { onceHere } from '../../server/transport/once.ts'
import { createProofs } from '../../server/transport/proof.ts'
import { AppError } from '../../shared/errors.ts'

let clock = Date.parse('2026-11-23T06:00:00.000Z')
const now = () => new Date(clock)
const proofs = createProofs({ secret: 'a secret', bits: 4, now, once: onceHere(now) })

function challengeOf(from = proofs): string {
  try {
    from.require(undefined)
  } catch (error) {
    if (error instanceof AppError && error.reason === 'proof-needed') return error.remedy.challenge!
    throw error
  }
  throw new Error('nothing was asked for')
}

test.each([0, 1, 3, 8, 31, 54, 55])('the phone’s SHA-256 of %i characters is SHA-256', (length) => {
  const text = 'The ferry stops at eight, and the bus from the bridge too'.slice(0, length)
  expect(firstWordOf(text) >>> 0).toBe(createHash('sha256').update(text).digest().readUInt32BE(0))
})

test('an answer is taken once', async () => {
  const answer = await solve(challengeOf())
  expect(proofs.take(answer)).toBe(true)
  expect(proofs.take(answer)).toBe(false)
})

test('an answer that is wrong, forged, somebody else’s or late is not taken', async () => {
  const challenge = challengeOf()
  const answer = await solve(challenge)
  const [, ...numbers] = answer.split(' ')
  const signed = challenge.lastIndexOf('.')
  for (const forged of [
    undefined,
    '',
    challenge,
    `${challenge} 0 0 0 0 0 0 0 0`,
    `${challenge} ${numbers.slice(1).join(' ')}`,
    `${answer} 1`,
    `${challenge.replace('.4.', '.1.')} ${numbers.join(' ')}`,
    `${challenge.slice(0, signed)}.AAAAAAAAAAAAAAAA ${numbers.join(' ')}`,
    `${challenge.slice(0, signed)} ${numbers.join(' ')}`,
    'x'.repeat(100_000),
    await solve(challengeOf(createProofs({ secret: 'another', bits: 4, now, once: onceHere(now) }))),
  ])
    expect(proofs.take(forged)).toBe(false)
  clock += 5 * 60_000
  expect(proofs.take(answer)).toBe(false)
  expect(proofs.take(await solve(challengeOf()))).toBe(true)
})

test('the sum of the default takes this machine a fraction of a second', async () => {
  const real = createProofs({ secret: 'a secret', bits: 13, now: () => new Date(), once: onceHere(() => new Date()) })
  const begun = performance.now()
  for (let turn = 0; turn < 3; turn++) expect(real.take(await solve(challengeOf(real)))).toBe(true)
  console.log(`a proof of 8 × 13 bits: ${Math.round((performance.now() - begun) / 3)} ms`)
})
