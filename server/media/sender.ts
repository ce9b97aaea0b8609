import type { types } from 'mediasoup'
import { AppError, found } from '../../shared/errors.ts'
import { kindOfSource, type MediaSource, type Participant, type ProducerInfo, type ProduceWish } from '../../shared/media.ts'
import type { DtlsParameters } from '../../shared/rtp.ts'
import type { Branch } from './branches.ts'
import { createFlow, type Flow } from './flow.ts'
import { askWorker } from './refusals.ts'

/** A stream that somebody sends into the room. */
export type Outgoing = { participantId: string; source: MediaSource; producer: types.Producer; branch: Branch; flow: Flow }

/** Far above what the client's encoder is set to: a client of its own making shall not fill the others' lines. */
const maxIncomingBitrate = 6_000_000

export type Sender = ReturnType<typeof createSender>

/** What one person sends. `transport` is null for those who may only listen. */
export function createSender(participantId: string, branch: Branch, transport: types.WebRtcTransport | null) {
  const started = new Map<MediaSource, { id: string; outgoing: Promise<Outgoing> }>()
  const running = new Map<string, Outgoing>()
  /** Closed by the chair. What is started or running stays silent and dark until it is let go. */
  const held = new Set<MediaSource>()
  /** Streams that their owner has muted, or the chair for them. */
  const muted = new Set<string>()
  /** Whether the floor lets the room hear this person. Nobody is heard before it is known. */
  let heard = false
  let connected = false

  // The sound of a shared screen is no way around the floor: a voice could come by it as well.
  const silenced = (source: MediaSource) => kindOfSource[source] === 'audio' && !heard
  const settle = ({ producer, source, flow }: Outgoing) =>
    askWorker(producer, () => flow.setPaused(muted.has(producer.id) || held.has(source) || silenced(source)))

  const mine = (producerId: string) => found(running.get(producerId), 'no-such-producer')

  async function start(wish: ProduceWish, via: types.WebRtcTransport): Promise<Outgoing> {
    if (wish.paused || held.has(wish.source)) muted.add(wish.id)
    const paused = muted.has(wish.id) || silenced(wish.source)
    const producer = await askWorker(via, () =>
      // The shapes are the same; mediasoup names the known header extensions where the schema takes any short text.
      via.produce({ id: wish.id, kind: wish.kind, paused, rtpParameters: wish.rtpParameters as types.RtpParameters }),
    )
    const outgoing: Outgoing = { participantId, source: wish.source, producer, branch, flow: createFlow(producer) }
    running.set(wish.id, outgoing)
    // It may have been closed or opened while the worker was starting it.
    await settle(outgoing)
    return outgoing
  }

  function microphoneOf(outgoing: Outgoing | undefined): Participant['microphone'] {
    if (!outgoing) return 'off'
    if (!outgoing.flow.paused) return 'open'
    return muted.has(outgoing.producer.id) ? 'muted' : 'closed'
  }

  return {
    transport,
    list: () => [...running.values()],
    /** Whether it is sent, or about to be. */
    has: (source: MediaSource) => started.has(source),
    /** @throws AppError `not-found` for a transport that is not this one. */
    async connect(transportId: string, dtlsParameters: DtlsParameters) {
      if (transport?.id !== transportId) throw new AppError('not-found', 'no-such-transport')
      if (connected) return
      connected = true
      await askWorker(transport, () => transport.connect({ dtlsParameters }))
      void transport.setMaxIncomingBitrate(maxIncomingBitrate).catch(() => {})
    },
    /** Asked again with the same id, it answers with the same stream. */
    async produce(wish: ProduceWish): Promise<Outgoing> {
      if (!transport) throw new AppError('not-allowed', 'may-not-speak')
      const before = started.get(wish.source)
      if (before && before.id !== wish.id) throw new AppError('conflict', 'source-in-use')
      if (before) return before.outgoing
      if (silenced(wish.source) && !wish.paused && !wish.standby) throw new AppError('conflict', 'no-floor')
      const outgoing = start(wish, transport)
      started.set(wish.source, { id: wish.id, outgoing })
      outgoing.catch(() => started.delete(wish.source))
      return outgoing
    },
    async setPaused(producerId: string, paused: boolean): Promise<Outgoing> {
      const outgoing = mine(producerId)
      if (!paused && held.has(outgoing.source)) throw new AppError('conflict', 'held-by-chair')
      if (!paused && silenced(outgoing.source)) throw new AppError('conflict', 'no-floor')
      if (paused) muted.add(producerId)
      else muted.delete(producerId)
      await settle(outgoing)
      return outgoing
    },
    /** Takes sources from their owner's hands; those not named are given back, and stay as they are until their owner opens them. */
    async hold(sources: readonly MediaSource[]) {
      held.clear()
      for (const source of sources) held.add(source)
      const closed = [...running.values()].filter((outgoing) => held.has(outgoing.source))
      for (const { producer } of closed) muted.add(producer.id)
      await Promise.all(closed.map(settle))
    },
    /** Opens the microphone for the room, unless it is muted, or closes it: as the floor says. */
    async setHeard(next: boolean) {
      if (heard === next) return
      heard = next
      await Promise.all([...running.values()].filter(({ source }) => kindOfSource[source] === 'audio').map(settle))
    },
    end(producerId: string) {
      const outgoing = mine(producerId)
      running.delete(producerId)
      muted.delete(producerId)
      started.delete(outgoing.source)
      outgoing.producer.close()
    },
    /** What the others are shown on this person's tile. */
    state(): Pick<Participant, 'microphone' | 'camera'> {
      const of = (source: MediaSource) => [...running.values()].find((outgoing) => outgoing.source === source)
      return { microphone: microphoneOf(of('microphone')), camera: of('camera')?.flow.paused === false ? 'on' : 'off' }
    },
  }
}

export const producerInfo = ({ participantId, source, producer, flow }: Outgoing): ProducerInfo => ({
  id: producer.id,
  participantId,
  source,
  paused: flow.paused,
})
