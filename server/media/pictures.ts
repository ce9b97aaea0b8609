import type { types } from 'mediasoup'
import { type Picture, type Rung, type Sending, sendingOn, stillOfTurn, stillOpenMs } from '../../shared/ladder.ts'
import { type Missed, miss } from './relief.ts'
import type { Outgoing } from './sender.ts'

type Seen = { picture: Picture; consumer: types.Consumer; from: Outgoing; confirmed: boolean; applied: string; missed: Missed }

/** Before a client has said how large its tiles are: whatever there is. */
const largest = 2

export type Pictures = ReturnType<typeof createPictures>

/**
 * Which pictures one person is sent, and how large: what is looked at, within what the line carries.
 *
 * A still is the stream itself, opened for a second: mediasoup asks the sender for a key frame on resume and forwards from
 * there, so that a whole picture arrives, lost packets of it are sent again, and the browser leaves it standing. It needs
 * nothing of the client and no second way beside the media; what it costs is that second of the smallest layer.
 */
export function createPictures({ onDemand }: { onDemand(outgoing: Outgoing): void }) {
  const seen = new Map<string, Seen>()
  const closing = new Set<NodeJS.Timeout>()
  let rung: Rung = 'full'
  let speakerId: string | null = null

  const list = () => [...seen.values()].map(({ picture }) => picture)

  async function apply() {
    const sendings = sendingOn(rung, list(), speakerId)
    await Promise.all([...seen.values()].map((one) => applyTo(one, sendings.get(one.picture.id)!)))
  }

  async function applyTo(one: Seen, sending: Sending) {
    if (!one.confirmed || one.consumer.closed) return
    const wanted = JSON.stringify(sending)
    if (one.applied === wanted) return
    one.applied = wanted
    if (sending.as !== 'video') {
      await one.consumer.pause()
      return onDemand(one.from)
    }
    if (one.consumer.type !== 'simple') await one.consumer.setPreferredLayers({ spatialLayer: sending.layer })
    if (!one.consumer.paused) return
    await one.consumer.resume()
    // The consumer itself tells nothing of this while its producer stands still.
    onDemand(one.from)
  }

  async function open({ picture, consumer, confirmed }: Seen) {
    if (!confirmed || consumer.closed) return
    if (consumer.type !== 'simple') await consumer.setPreferredLayers({ spatialLayer: 0, temporalLayer: 0 })
    await consumer.resume()
    const timer = setTimeout(() => {
      closing.delete(timer)
      const sending = sendingOn(rung, list(), speakerId).get(picture.id)
      // It may have become a video again meanwhile.
      if (sending?.as === 'still' && !consumer.closed) consumer.pause().catch(() => {})
    }, stillOpenMs)
    closing.add(timer)
  }

  return {
    add(consumer: types.Consumer, from: Outgoing) {
      const { participantId, source } = from
      const picture: Picture = { id: consumer.id, participantId, wished: largest, screen: source === 'screen' }
      seen.set(consumer.id, { picture, consumer, from, confirmed: !consumer.paused, applied: '', missed: null })
      consumer.observer.once('close', () => seen.delete(consumer.id))
    },
    has: (consumerId: string) => seen.has(consumerId),
    /** The client has built its end. */
    async confirm(consumerId: string) {
      const one = seen.get(consumerId)
      if (!one) return
      one.confirmed = true
      await apply()
    },
    /** How large it is on the client's screen. */
    async wish(consumerId: string, layer: number | null) {
      const one = seen.get(consumerId)
      if (!one) return
      one.confirmed = true
      one.picture.wished = layer
      await apply()
    },
    /** What the line carries now, and whose picture comes first. */
    async become(next: Rung, speaker: string | null) {
      rung = next
      speakerId = speaker
      await apply()
    },
    /** Gives the picture whose turn it is a new still, on the rung of stills. */
    async takeTurn(turn: number) {
      if (rung !== 'stills') return
      const one = seen.get(stillOfTurn(turn, list(), speakerId) ?? '')
      if (one) await open(one)
    },
    /** Closed for the moment, but its turn comes. */
    isStill: (consumerId: string) => sendingOn(rung, list(), speakerId).get(consumerId)?.as === 'still',
    /** Whether there are pictures to be sent, and the worker lets nothing of any of them through. */
    starving() {
      const due = [...seen.values()].filter(({ consumer }) => isDue(consumer))
      return due.length > 0 && due.every(({ consumer }) => isWaiting(consumer))
    },
    /**
     * Asks for key frames where the worker waits for one and asks no more: of a single stream with temporal layers it asks once, as
     * the transport connects, and when that key frame comes before it has chosen a layer it lets it pass. To be called every second.
     */
    async nudge(now: number) {
      const asking = [...seen.values()].filter((one) => {
        const { missed, ask } = miss(one.missed, isDue(one.consumer) && isWaiting(one.consumer), now)
        one.missed = missed
        return ask
      })
      await Promise.all(asking.map(({ consumer }) => consumer.requestKeyFrame()))
    },
    /** Those that are not sent because of the line. */
    held: () => [...sendingOn(rung, list(), speakerId)].filter(([, { as }]) => as === 'held').map(([id]) => id),
    close() {
      for (const timer of closing) clearTimeout(timer)
      closing.clear()
    },
  }
}

const isWaiting = ({ type, currentLayers }: types.Consumer) => type !== 'simple' && currentLayers === undefined

/** It would flow if congestion control let it: its sender sends, and nobody has stopped it. */
const isDue = ({ closed, paused, producerPaused, score }: types.Consumer) =>
  !closed && !paused && !producerPaused && score.producerScores.some((one) => one > 0)
