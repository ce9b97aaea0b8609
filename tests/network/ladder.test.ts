import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  climb,
  depth,
  downAfterMs,
  type Ladder,
  limits,
  longestUpAfterMs,
  type Measure,
  type Rung,
  rungFor,
  rungs,
  sendingOn,
  startingLadder,
  stillOfTurn,
  upAfterMs,
} from '../../shared/ladder.ts'

const everyMs = 1_000
const measure = fc.record<Measure>({
  loss: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  roundTripMs: fc.option(fc.integer({ min: 1, max: 5_000 })),
  availableBps: fc.option(fc.integer({ min: 0, max: 5_000_000 })),
})
const anyLadder = fc.array(fc.tuple(measure, fc.integer({ min: 1, max: 30 }))).map((phases) =>
  phases.reduce<{ ladder: Ladder; now: number }>(
    ({ ladder, now }, [line, samples]) => {
      const { at, end } = run(ladder, line, samples, now)
      return { ladder: at, now: end }
    },
    { ladder: startingLadder, now: 0 },
  ),
)

/** Measures the same thing again and again. */
function run(from: Ladder, line: Measure, samples: number, start = 0) {
  const seen: Rung[] = []
  let at = from
  let now = start
  for (let sample = 0; sample < samples; sample++) {
    now += everyMs
    at = climb(at, line, now)
    seen.push(at.rung)
  }
  return { at, seen, end: now }
}

const good: Measure = { loss: 0, roundTripMs: 30, availableBps: 3_000_000 }
const turns = (seen: Rung[]) => seen.filter((rung, index) => index > 0 && rung !== seen[index - 1]).length
/** As long as it can take from the bottom to the top. */
const longEnough = (rungs.length * longestUpAfterMs) / everyMs + 10

test.each([
  ['a good line', good, 'full'],
  ['nothing known', { loss: null, roundTripMs: null, availableBps: null }, 'full'],
  ['some loss', { loss: 0.06, roundTripMs: 80, availableBps: 900_000 }, 'layers'],
  ['10 % loss and 300 kbit/s', { loss: 0.1, roundTripMs: 120, availableBps: 300_000 }, 'one'],
  ['a line as of 2G', { loss: 0.05, roundTripMs: 700, availableBps: 100_000 }, 'stills'],
  ['a third lost', { loss: 0.35, roundTripMs: 200, availableBps: 900_000 }, 'audio'],
  ['40 kbit/s', { loss: 0, roundTripMs: 300, availableBps: 40_000 }, 'audio'],
] as const)('%s ends on the right rung', (_, line, rung) => {
  expect(rungFor(line)).toBe(rung)
  expect(run(startingLadder, line, 10).at.rung).toBe(rung)
})

test('it goes down at once to where it belongs, after two seconds and no earlier', () => {
  const { seen } = run(startingLadder, { loss: 0.5, roundTripMs: 30, availableBps: null }, 5)
  expect(seen).toEqual(['full', 'full', 'audio', 'audio', 'audio'])
})

test('a single bad second does nothing', () => {
  const bad = climb(startingLadder, { ...good, loss: 0.9 }, everyMs)
  expect(run(bad, good, 5, everyMs).seen).toEqual(['full', 'full', 'full', 'full', 'full'])
})

test('on a steady line it never turns back, from wherever it starts', () => {
  fc.assert(
    fc.property(anyLadder, measure, ({ ladder, now }, line) => {
      const depths = run(ladder, line, longEnough, now).seen.map(depth)
      const steps = depths.slice(1).map((next, index) => next - depths[index]!)
      expect(steps.some((step) => step > 0) && steps.some((step) => step < 0)).toBe(false)
    }),
    { numRuns: 200 },
  )
})

test('on a steady line it settles on the rung that the line carries, or one that it carries with a margin', () => {
  fc.assert(
    fc.property(anyLadder, measure, ({ ladder, now }, line) => {
      const { at, end } = run(ladder, line, longEnough, now)
      expect(depth(at.rung)).toBeGreaterThanOrEqual(depth(rungFor(line)))
      // Nothing that is clearly better is left unused.
      const withMargin = {
        loss: (line.loss ?? 0) / 0.69,
        roundTripMs: (line.roundTripMs ?? 0) / 0.69,
        availableBps: (line.availableBps ?? Infinity) / 1.26,
      }
      expect(depth(at.rung)).toBeLessThanOrEqual(depth(rungFor(withMargin)))
      expect(turns(run(at, line, longEnough, end).seen)).toBe(0)
    }),
    { numRuns: 200 },
  )
})

test('more loss, a longer delay or less bandwidth never gives a better rung', () => {
  fc.assert(
    fc.property(measure, measure, (one, other) => {
      const worst: Measure = {
        loss: Math.max(one.loss ?? 0, other.loss ?? 0),
        roundTripMs: Math.max(one.roundTripMs ?? 0, other.roundTripMs ?? 0),
        availableBps: Math.min(one.availableBps ?? Infinity, other.availableBps ?? Infinity),
      }
      expect(depth(rungFor(worst))).toBeGreaterThanOrEqual(depth(rungFor(one)))
      expect(depth(run(startingLadder, worst, 10).at.rung)).toBeGreaterThanOrEqual(depth(run(startingLadder, one, 10).at.rung))
    }),
  )
})

test('from whatever happened before, a good line brings everything back', () => {
  fc.assert(
    fc.property(anyLadder, ({ ladder, now }) => {
      expect(run(ladder, good, longEnough, now).at.rung).toBe('full')
    }),
    { numRuns: 100 },
  )
})

test('it goes up one rung at a time, each after a good while', () => {
  const low = run(startingLadder, { ...good, loss: 0.5 }, 4).at
  const { seen } = run(low, good, 40)
  expect([...new Set(seen)]).toEqual(['audio', 'stills', 'one', 'layers', 'full'])
  expect(seen.indexOf('stills') + 1).toBeGreaterThan(upAfterMs / everyMs)
})

test('a line that only looks good while little is sent is tried ever more rarely', () => {
  // What is sent on `one` and above chokes it, what is sent below does not.
  let ladder = startingLadder
  const tried: number[] = []
  for (let now = 0; now < 600_000; now += everyMs) {
    const choked = depth(ladder.rung) <= depth('one')
    const next = climb(ladder, choked ? { ...good, loss: 0.25 } : good, now)
    if (depth(next.rung) < depth(ladder.rung) && next.rung === 'one') tried.push(now)
    ladder = next
  }
  expect(tried.length).toBeLessThanOrEqual(14)
  expect(tried.at(-1)! - tried.at(-2)!).toBeGreaterThanOrEqual(longestUpAfterMs)
})

test('each rung asks for less than the one above it', () => {
  const all = Object.values(limits)
  for (const [index, lower] of all.slice(1).entries()) {
    expect(lower.loss).toBeGreaterThan(all[index]!.loss)
    expect(lower.roundTripMs).toBeGreaterThan(all[index]!.roundTripMs)
    expect(lower.availableBps).toBeLessThan(all[index]!.availableBps)
  }
  expect(downAfterMs).toBeLessThan(upAfterMs)
})

describe('what is sent', () => {
  const pictures = [
    { id: 'a', participantId: 'A', wished: 2 },
    { id: 'b', participantId: 'B', wished: 1 },
    { id: 'c', participantId: 'C', wished: null },
  ]
  const sent = (rung: Rung, speakerId: string | null) => Object.fromEntries(sendingOn(rung, pictures, speakerId))

  test('a picture that nobody looks at is sent on no rung', () => {
    for (const rung of rungs) expect(sent(rung, 'C').c).toEqual({ as: 'unseen' })
  })

  test('from rung to rung: as wished, small ones, the speaker alone, stills, nothing', () => {
    expect(sent('full', 'B')).toMatchObject({ a: { as: 'video', layer: 2 }, b: { as: 'video', layer: 1 } })
    expect(sent('layers', 'A')).toMatchObject({ a: { as: 'video', layer: 1 }, b: { as: 'video', layer: 0 } })
    expect(sent('one', 'B')).toMatchObject({ a: { as: 'held' }, b: { as: 'video', layer: 0 } })
    expect(sent('stills', 'B')).toMatchObject({ a: { as: 'still' }, b: { as: 'still' } })
    expect(sent('audio', 'B')).toMatchObject({ a: { as: 'held' }, b: { as: 'held' } })
  })

  test('while nobody speaks the largest picture is the one', () => {
    expect(sent('one', null)).toMatchObject({ a: { as: 'video', layer: 0 }, b: { as: 'held' } })
  })

  test('stills go round, every other one the speaker’s', () => {
    const four = [...pictures, { id: 'd', participantId: 'D', wished: 0 }]
    expect([0, 1, 2, 3, 4, 5].map((turn) => stillOfTurn(turn, four, 'B'))).toEqual(['b', 'a', 'b', 'd', 'b', 'a'])
    expect(stillOfTurn(1, [], null)).toBeNull()
  })
})
