/** What a short loop through the media server has shown. */
export type LineFigures = { roundTripMs: number; lossPercent: number; protocol: 'udp' | 'tcp'; relayed: boolean }

export const verdicts = ['good', 'fair', 'poor', 'blocked'] as const
export type Verdict = (typeof verdicts)[number]

/** Up to what a conversation stays one (ITU-T G.114: 400 ms there and back is felt by nobody, 600 ms by everybody), and what Opus' FEC repairs. */
const limits = { good: { roundTripMs: 300, lossPercent: 2 }, fair: { roundTripMs: 600, lossPercent: 10 } }

/** What somebody can expect on this line; null is a line on which no media came through. */
export function verdictOf(line: LineFigures | null): Verdict {
  if (!line) return 'blocked'
  const within = ({ roundTripMs, lossPercent }: (typeof limits)['good']) =>
    line.roundTripMs <= roundTripMs && line.lossPercent <= lossPercent
  return within(limits.good) && line.protocol === 'udp' ? 'good' : within(limits.fair) ? 'fair' : 'poor'
}
