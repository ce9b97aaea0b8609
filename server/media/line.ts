import type { types } from 'mediasoup'
import type { Measure } from '../../shared/ladder.ts'

/**
 * With less than this share of it in use, the estimate of congestion control says what was sent, not what could be: while little
 * is sent it goes no higher than one and a half times that (libwebrtc, AimdRateControl), and a line that is good again would
 * never be tried with more.
 */
const usedShare = 0.7

/**
 * The way from the server to one client, as the transport's congestion control and the receiver's reports (RFC 3550, 6.4)
 * have it. The reports are of one stream: all share the same line.
 */
export async function measureLine(
  transport: types.WebRtcTransport,
  consumer: types.Consumer | undefined,
  { estimateCounts }: { estimateCounts: boolean },
): Promise<Measure> {
  const [[line], stats] = await Promise.all([transport.getStats(), consumer?.getStats() ?? []])
  const sent = stats.find((stat) => stat.type === 'outbound-rtp')
  const available = line?.availableOutgoingBitrate ?? null
  const isUsed = available !== null && (line?.sendBitrate ?? 0) >= available * usedShare
  return {
    loss: line?.rtpPacketLossSent ?? (sent?.fractionLost === undefined ? null : sent.fractionLost / 256),
    roundTripMs: sent?.roundTripTime || null,
    availableBps: isUsed && estimateCounts ? available : null,
  }
}
