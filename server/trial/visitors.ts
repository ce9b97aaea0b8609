import { v7 } from 'uuid'
import type { Stance } from '../../shared/stances.ts'
import { type TrialSuggestion, trialSuggestions } from './ids.ts'

/** What somebody on a phone did: said what they think, and perhaps that they want it too. */
type Pressed = { suggestionId: string; stance: Stance; supported: boolean; at: Date }
export type Visitor = { id: string; joinedAt: Date; pressed: Pressed[] }

/**
 * Two villages' worth of people: those who farm and work across the river and want a bridge, and those who live by the ferry. Of a hundred
 * of each, how many agree; the rest mostly disagrees. Much of it both want.
 */
const leanings: Partial<Record<TrialSuggestion, { bridge: number; ferry: number }>> = {
  collection: { bridge: 95, ferry: 97 },
  drain: { bridge: 92, ferry: 94 },
  readings: { bridge: 90, ferry: 86 },
  oneBoat: { bridge: 84, ferry: 78 },
  compost: { bridge: 74, ferry: 84 },
  meters: { bridge: 88, ferry: 74 },
  ducks: { bridge: 82, ferry: 18 },
  steps: { bridge: 84, ferry: 95 },
  fog: { bridge: 90, ferry: 92 },
  bridge: { bridge: 97, ferry: 6 },
  keepFerry: { bridge: 10, ferry: 97 },
  sharedCost: { bridge: 93, ferry: 8 },
  clearance: { bridge: 6, ferry: 92 },
  newBoat: { bridge: 16, ferry: 95 },
  vests: { bridge: 93, ferry: 96 },
  firstRun: { bridge: 90, ferry: 92 },
  lamps: { bridge: 94, ferry: 95 },
  weightLimit: { bridge: 76, ferry: 82 },
}

const people = { bridge: 19, ferry: 14 }
/** Nobody judges all of them. */
const shareJudged = 0.84
const shareUnsure = 0.12
const shareSupporting = 0.3
const secondsForOne = { least: 8, most: 26 }

/** What they pressed between two moments, always the same: who came when, in which order each saw the cards, how fast they read. */
export function visitorsBetween(from: Date, to: Date): Visitor[] {
  const sides = (['bridge', 'ferry'] as const).flatMap((side) => Array.from({ length: people[side] }, () => side))
  const chance = chances(20_260_112)
  const order = shuffled(sides, chance)
  // Whoever comes last needs some minutes for the cards.
  const lastMs = to.getTime() - Object.keys(leanings).length * secondsForOne.most * 1_000
  return order.map((side, place) => {
    const joinedAt = new Date(from.getTime() + ((lastMs - from.getTime()) * (place + chance())) / order.length)
    const random = Uint8Array.from({ length: 16 }, () => Math.floor(chance() * 256))
    return { id: v7({ msecs: joinedAt.getTime(), random }), joinedAt, pressed: pressedBy(side, joinedAt, chance) }
  })
}

function pressedBy(side: 'bridge' | 'ferry', joinedAt: Date, chance: () => number): Pressed[] {
  let at = joinedAt.getTime()
  const judged = shuffled(Object.entries(leanings), chance).filter(() => chance() < shareJudged)
  return judged.map(([name, leaning]) => {
    at += 1_000 * (secondsForOne.least + chance() * (secondsForOne.most - secondsForOne.least))
    const stance = chance() * 100 < leaning[side] ? 'agree' : chance() < shareUnsure ? 'pass' : 'disagree'
    const supported = stance === 'agree' && chance() < shareSupporting
    return { suggestionId: trialSuggestions[name as TrialSuggestion], stance, supported, at: new Date(at) }
  })
}

function shuffled<T>(list: readonly T[], chance: () => number): T[] {
  return list
    .map((one) => ({ one, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}

/** Numbers from 0 to 1 that are the same for the same seed: mulberry32, by Tommy Ettinger, in the public domain. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
