import { expect, test } from 'vitest'
import { findCoordinated } from '../../server/guard/coordinated.ts'
import { findStraightLines } from '../../server/guard/straight-line.ts'
import { findTooFast } from '../../server/guard/too-fast.ts'
import { madeAt, type Vote } from '../../server/guard/votes.ts'

/** mulberry32: the same people every time. */
function createRandom(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const opening = Date.parse('2026-11-23T06:00:00.000Z')
let made = 0
/** An account made so many milliseconds after the opening. */
const accountAt = (ms: number) => {
  const time = (opening + Math.round(ms)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${(++made).toString(16).padStart(12, '0')}`
}
const cardOf = (place: number) => `card-${place}`
const minutes = (count: number) => count * 60_000

type Person = { accountId: string; leaning: number }
const random = createRandom(7)

/** An honest vote: what one's leaning says of the card, and now and then something else. */
function honestVotes(people: readonly Person[], cards: number, share: number): Vote[] {
  return people.flatMap(({ accountId, leaning }) => {
    let at = madeAt(accountId)
    return Array.from({ length: cards }, (_, card) => card)
      .filter(() => random() < share)
      .map((card) => {
        at += 2_000 + random() * 8_000
        const likely = (card * 7 + leaning * 3) % 5 < 3 ? 'agree' : 'disagree'
        const stance = random() < 0.85 ? likely : random() < 0.5 ? 'pass' : likely === 'agree' ? 'disagree' : 'agree'
        return { accountId, suggestionId: cardOf(card), stance: stance as Vote['stance'], at: new Date(at).toISOString() }
      })
  })
}

const crowd = (count: number, overMs: number): Person[] =>
  Array.from({ length: count }, (_, place) => ({ accountId: accountAt(random() * overMs), leaning: place % 2 }))

/** Devices that all vote by one list. */
const bots = (count: number, fromMs: number, overMs: number, cards: number): Vote[] =>
  Array.from({ length: count }, () => accountAt(fromMs + random() * overMs)).flatMap((accountId) =>
    Array.from({ length: cards }, (_, card) => ({
      accountId,
      suggestionId: cardOf(card),
      stance: (card % 3 === 0 ? 'agree' : 'disagree') as Vote['stance'],
      at: new Date(madeAt(accountId) + card * 3_000).toISOString(),
    })),
  )

const accountsOf = (votes: readonly Vote[]) => new Set(votes.map((vote) => vote.accountId))

test('the time an account was made is read from its id', () => {
  expect(madeAt(accountAt(1_234))).toBe(opening + 1_234)
})

test('a farm of devices made within two minutes is found whole among honest people, and nobody else', async () => {
  const honest = honestVotes(crowd(600, minutes(60)), 40, 0.7)
  const farm = bots(60, minutes(20), minutes(2), 40)
  const [found, ...others] = await findCoordinated([...honest, ...farm])
  expect(others).toEqual([])
  expect(new Set(found!.accountIds)).toEqual(accountsOf(farm))
  expect(found!.evidence).toMatchObject({ people: 60 })
  expect(found!.evidence.lift).toBeGreaterThan(5)
})

test('a hall of like-minded people that scans the code within one minute is no farm', async () => {
  const others = crowd(300, minutes(60))
  const hall = Array.from({ length: 200 }, () => ({ accountId: accountAt(minutes(5) + random() * minutes(1)), leaning: 1 }))
  expect(await findCoordinated(honestVotes([...others, ...hall], 40, 0.7))).toEqual([])
  expect(await findCoordinated(honestVotes(hall, 40, 0.9))).toEqual([])
})

test('that everybody agrees with what everybody agrees with is neither a farm nor a straight line', async () => {
  const people = crowd(100, minutes(30))
  const votes = people.flatMap(({ accountId }) =>
    Array.from({ length: 30 }, (_, card) => ({
      accountId,
      suggestionId: cardOf(card),
      stance: 'agree' as const,
      at: '2026-11-23T06:00:00.000Z',
    })),
  )
  expect(await findCoordinated(votes)).toEqual([])
  expect(findStraightLines(votes)).toEqual([])
})

test('few devices, or few votes, are never a farm', async () => {
  const honest = honestVotes(crowd(300, minutes(60)), 40, 0.7)
  expect(await findCoordinated([...honest, ...bots(4, minutes(20), minutes(1), 40)])).toEqual([])
  expect(await findCoordinated([...honest, ...bots(50, minutes(20), minutes(1), 11)])).toEqual([])
})

test('somebody who says no to everything stands out, whoever passes on everything does not', () => {
  const honest = honestVotes(crowd(200, minutes(30)), 30, 0.8)
  const of = (stance: Vote['stance'], count: number) => {
    const accountId = accountAt(0)
    return Array.from({ length: count }, (_, card) => ({ accountId, suggestionId: cardOf(card), stance, at: '2026-11-23T06:00:00.000Z' }))
  }
  const no = of('disagree', 30)
  const found = findStraightLines([...honest, ...no, ...of('pass', 30), ...of('disagree', 19)])
  expect(found.map(({ accountIds }) => accountIds)).toEqual([[no[0]!.accountId]])
  expect(found[0]!.evidence).toMatchObject({ votes: 30 })
})

const answering = (gapMs: number, count: number, slow = 0): Vote[] => {
  const accountId = accountAt(0)
  return Array.from({ length: count }, (_, place) => ({
    accountId,
    suggestionId: cardOf(place),
    stance: 'agree',
    at: new Date(opening + place * gapMs + Math.max(0, place - (count - slow)) * 60_000).toISOString(),
  }))
}

test.each([
  ['a machine', answering(100, 30), 50, true],
  ['somebody who needs three seconds for a short card', answering(3_000, 30), 50, false],
  ['three seconds for a thousand characters each', answering(3_000, 30), 1_000, true],
  ['a quick thumb on very short cards', answering(900, 30), 8, false],
  ['too few answers', answering(100, 10), 50, false],
  ['somebody who hurries now and then', answering(100, 30, 10), 50, false],
] as const)('answering faster than one can read: %s', (_, votes, length, expected) => {
  expect(findTooFast(votes, () => length).length === 1).toBe(expected)
})

test('five thousand people are looked at within seconds', { timeout: 60_000 }, async () => {
  const votes = honestVotes(crowd(5_000, minutes(60)), 40, 0.5)
  const begun = performance.now()
  await findCoordinated(votes)
  const tookMs = performance.now() - begun
  console.log(`coordinated: ${votes.length} votes of 5,000 people in ${Math.round(tookMs)} ms`)
  expect(tookMs).toBeLessThan(20_000)
})
