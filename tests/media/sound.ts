import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    connections: RTCPeerConnection[]
  }
}

/** Run in the page before anything else: keeps its connections, so that the test can read what arrives over them. */
export function keepConnections() {
  window.connections = []
  const Real = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      window.connections.push(this)
    }
  }
}

/** Packets and energy of each sound that arrives (`inbound-rtp`) or leaves (`outbound-rtp`), by its number in the stream. */
const soundOf = (page: Page, type: 'inbound-rtp' | 'outbound-rtp') =>
  page.evaluate(async (wanted) => {
    const reports = await Promise.all(window.connections.filter((one) => one.connectionState === 'connected').map((one) => one.getStats()))
    const all = reports.flatMap((report) => [...report.values()]).filter((stat) => stat.type === wanted && stat.kind === 'audio')
    return all.map(
      (stat) =>
        [stat.ssrc as number, (stat.packetsReceived ?? stat.packetsSent ?? 0) as number, (stat.totalAudioEnergy ?? 0) as number] as const,
    )
  }, type)

/**
 * What arrives at a page (or leaves it) during a stretch of time, by stream: packets and decoded energy.
 * A stretch is what is measured here, so this is the one place where a test waits for time to pass.
 */
export async function soundDuring(page: Page, ms: number, type: 'inbound-rtp' | 'outbound-rtp' = 'inbound-rtp') {
  const before = new Map((await soundOf(page, type)).map(([stream, ...rest]) => [stream, rest]))
  await delay(ms)
  return (await soundOf(page, type)).map(([stream, packets, energy]) => {
    const [packetsBefore, energyBefore] = before.get(stream) ?? [0, 0]
    return { stream, packets: packets - packetsBefore, energy: energy - energyBefore }
  })
}

/** As a tampered client would: switches its microphone on, whatever the page thinks of it. */
export const forceMicrophone = (page: Page) =>
  page.evaluate(() => {
    for (const sender of window.connections.flatMap((one) => one.getSenders())) {
      if (sender.track?.kind === 'audio') sender.track.enabled = true
    }
  })
