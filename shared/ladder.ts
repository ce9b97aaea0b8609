/*
 * What a weak line still carries. Each direction of each participant stands on one rung; both ends decide by these pure
 * rules. Down quickly, because a choked line hurts voices at once; up slowly and one rung at a time, because a line that
 * was weak a moment ago usually is so again.
 */
import { z } from 'zod'
import { versionSchema } from './text.ts'

/** From the best to the barest. Voices are on every rung. */
export const rungs = ['full', 'layers', 'one', 'stills', 'audio'] as const
export const rungSchema = z.enum(rungs)
export type Rung = z.infer<typeof rungSchema>

/** What was measured in one direction since the last time. `null`: not known, and then it decides nothing. */
export type Measure = {
  /** Lost packets as a share of those sent, 0 to 1. */
  loss: number | null
  roundTripMs: number | null
  /** What congestion control thinks the line carries; only while the line is used enough to know. */
  availableBps: number | null
}

type Limits = { loss: number; roundTripMs: number; availableBps: number }

/**
 * What a line must be like for each rung; below all of them only voices go. Loss: Opus with FEC and retransmission hides
 * about 10 %, while a video needs a key frame after what retransmission cannot mend. Bandwidth: several pictures, several
 * of the smallest layer, one of the smallest layer beside the voices, one key frame (about 15 kB) every few seconds. Congestion
 * control counts loss too: at 10 % it thinks a line of 300 kbit/s carries 130 to 250.
 */
export const limits: Readonly<Record<Exclude<Rung, 'audio'>, Limits>> = {
  full: { loss: 0.04, roundTripMs: 600, availableBps: 700_000 },
  layers: { loss: 0.08, roundTripMs: 900, availableBps: 400_000 },
  one: { loss: 0.18, roundTripMs: 1_500, availableBps: 120_000 },
  stills: { loss: 0.3, roundTripMs: 2_500, availableBps: 60_000 },
}

/** Going up needs more than staying: this share of the limits of loss and delay, and this many times the bandwidth. */
export const margin = { share: 0.7, times: 1.25 }
/** A line is judged worse only after this time, so that a single bad second does nothing. */
export const downAfterMs = 2_000
/** It must have been better for this long before the next rung up is tried. */
export const upAfterMs = 6_000
/** A rung that is lost again so soon after it was tried was too high: the next try waits twice as long, up to the longest. */
export const regretMs = 20_000
export const longestUpAfterMs = 60_000

export type Ladder = {
  rung: Rung
  /** Since when the line has been too bad for this rung, or good enough for the next; null while it fits. */
  worseSince: number | null
  betterSince: number | null
  steppedUpAt: number | null
  upAfterMs: number
}

export const startingLadder: Ladder = { rung: 'full', worseSince: null, betterSince: null, steppedUpAt: null, upAfterMs }

/** 0 is the best. */
export const depth = (rung: Rung) => rungs.indexOf(rung)
export const worseOf = (a: Rung, b: Rung): Rung => (depth(a) >= depth(b) ? a : b)

/** The best rung that a line like this carries. */
export const rungFor = (measure: Measure): Rung => rungs.find((rung) => carries(measure, rung, { share: 1, times: 1 })) ?? 'audio'

function carries(measure: Measure, rung: Rung, { share, times }: typeof margin): boolean {
  if (rung === 'audio') return true
  const { loss, roundTripMs, availableBps } = limits[rung]
  return (
    (measure.loss ?? 0) <= loss * share &&
    (measure.roundTripMs ?? 0) <= roundTripMs * share &&
    (measure.availableBps ?? Infinity) >= availableBps * times
  )
}

/** The ladder after a measurement at the time `now`, in milliseconds. */
export function climb(ladder: Ladder, measure: Measure, now: number): Ladder {
  const fitting = rungFor(measure)
  if (depth(fitting) > depth(ladder.rung)) return worse(ladder, fitting, now)
  const next = rungs[depth(ladder.rung) - 1]
  if (next && carries(measure, next, margin)) return better(ladder, next, now)
  return settled({ ...ladder, worseSince: null, betterSince: null }, now)
}

function worse(ladder: Ladder, fitting: Rung, now: number): Ladder {
  const worseSince = ladder.worseSince ?? now
  if (now - worseSince < downAfterMs) return { ...ladder, worseSince, betterSince: null }
  const regretted = ladder.steppedUpAt !== null && now - ladder.steppedUpAt <= regretMs
  const wait = regretted ? Math.min(longestUpAfterMs, ladder.upAfterMs * 2) : ladder.upAfterMs
  return { rung: fitting, worseSince: null, betterSince: null, steppedUpAt: null, upAfterMs: wait }
}

function better(ladder: Ladder, next: Rung, now: number): Ladder {
  const betterSince = ladder.betterSince ?? now
  if (now - betterSince < ladder.upAfterMs) return settled({ ...ladder, worseSince: null, betterSince }, now)
  return { ...ladder, rung: next, worseSince: null, betterSince: null, steppedUpAt: now }
}

/** A rung that was kept for long enough was right: the next one is tried without the extra wait. */
function settled(ladder: Ladder, now: number): Ladder {
  if (ladder.steppedUpAt === null || now - ladder.steppedUpAt <= regretMs) return ladder
  return { ...ladder, steppedUpAt: null, upAfterMs }
}

/** A still picture goes out this often. */
export const stillEveryMs = 4_000

/** How long a still is open: a key frame is asked for, and what is lost of it sent again. */
export const stillOpenMs = 1_000

/** Where both directions of one participant stand. */
export const standingSchema = z.object({ participantId: z.uuid(), down: rungSchema, up: rungSchema })
export type Standing = z.infer<typeof standingSchema>

/** Everybody in the room whose line is weak; whoever is not named stands on `full`. */
export const standingsSchema = z.object({
  meetingId: z.uuid(),
  weak: z.array(standingSchema),
  /** Grows with every change; a client keeps the highest it has seen. */
  version: versionSchema,
})
export type Standings = z.infer<typeof standingsSchema>

/** A video that somebody could be sent: who it comes from, and the layer that its tile is worth; null for one that is not on the screen. */
export type Picture = { id: string; participantId: string; wished: number | null; screen?: boolean }
/** `held`: not sent because of the line. */
export type Sending = { as: 'video'; layer: number } | { as: 'still' } | { as: 'held' } | { as: 'unseen' }

/** What is sent of each picture on a rung. What is shared comes first, then the one with the floor, then the largest. */
export function sendingOn(rung: Rung, pictures: readonly Picture[], speakerId: string | null): ReadonlyMap<string, Sending> {
  const first = inOrder(pictures, speakerId)[0]
  return new Map(pictures.map((picture) => [picture.id, sendingOf(picture)]))

  function sendingOf({ id, participantId, wished }: Picture): Sending {
    if (wished === null) return { as: 'unseen' }
    switch (rung) {
      case 'full':
        return { as: 'video', layer: wished }
      case 'layers':
        return { as: 'video', layer: Math.min(wished, participantId === speakerId ? 1 : 0) }
      case 'one':
        return id === first?.id ? { as: 'video', layer: 0 } : { as: 'held' }
      case 'stills':
        return { as: 'still' }
      case 'audio':
        return { as: 'held' }
    }
  }
}

/** Which picture's turn it is: every other turn the first one's, in between the others' one after the other. */
export function stillOfTurn(turn: number, pictures: readonly Picture[], speakerId: string | null): string | null {
  const [first, ...others] = inOrder(pictures, speakerId)
  if (turn % 2 === 0 || others.length === 0) return first?.id ?? null
  return others[((turn - 1) / 2) % others.length]!.id
}

function inOrder(pictures: readonly Picture[], speakerId: string | null): Picture[] {
  const rank = ({ participantId, wished, screen }: Picture) => (screen ? 200 : participantId === speakerId ? 100 : (wished ?? 0))
  return pictures.filter(({ wished }) => wished !== null).sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1))
}
