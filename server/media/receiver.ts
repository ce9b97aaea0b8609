import type { types } from 'mediasoup'
import { AppError } from '../../shared/errors.ts'
import type { ConsumerInfo } from '../../shared/media.ts'
import type { DtlsParameters, RtpCapabilities } from '../../shared/rtp.ts'
import { createPictures } from './pictures.ts'
import { askWorker } from './refusals.ts'
import { leastBitrate, noRelief, relieve } from './relief.ts'
import type { Outgoing } from './sender.ts'

type Incoming = { from: Outgoing; consumer: types.Consumer }
type Tell = { paused(consumerId: string, paused: boolean): void; closed(consumerId: string): void }

type Deps = {
  transport: types.WebRtcTransport
  router: types.Router
  /** Makes a stream available on this router. */
  reach(outgoing: Outgoing): Promise<void>
  tell: Tell
  /** A stream is looked at from now on, or no longer. */
  onDemand(outgoing: Outgoing): void
}

export type Receiver = ReturnType<typeof createReceiver>

/** What one person receives. */
export function createReceiver({ transport, router, reach, tell, onDemand }: Deps) {
  const byProducer = new Map<string, Promise<Incoming | null>>()
  const running = new Map<string, Incoming>()
  const pictures = createPictures({ onDemand })
  let capabilities: types.RtpCapabilities | null = null
  let connected = false
  let answered = false
  let relief = noRelief

  const mine = (consumerId: string) => {
    const incoming = running.get(consumerId)
    if (!incoming) throw new AppError('not-found', 'no-such-consumer')
    return incoming.consumer
  }

  const list = (): ConsumerInfo[] => [...running.values()].map(consumerInfo)

  async function start(from: Outgoing, rtpCapabilities: types.RtpCapabilities, paused: boolean): Promise<Incoming | null> {
    const producerId = from.producer.id
    await reach(from)
    if (!router.canConsume({ producerId, rtpCapabilities })) return null
    // Lost packets of voices too are sent again: their sender knows only of the loss on its own line, so its FEC is no help here.
    const consumer = await askWorker(transport, () =>
      transport.consume({ producerId, rtpCapabilities, paused, ignoreDtx: true, enableRtx: true }),
    )
    running.set(consumer.id, { from, consumer })
    if (consumer.kind === 'video') pictures.add(consumer, from)
    const stopListening = from.flow.onPaused((paused) => tell.paused(consumer.id, paused))
    consumer.observer.once('close', () => onDemand(from))
    onDemand(from)
    consumer.observer.once('close', () => {
      stopListening()
      running.delete(consumer.id)
      byProducer.delete(producerId)
      tell.closed(consumer.id)
    })
    return { from, consumer }
  }

  return {
    transport,
    pictures,
    /** Helps where pictures should come and none does; to be called every second. */
    async relieve(now: number) {
      const next = relieve(relief, connected && !transport.closed && pictures.starving(), now)
      const changed = next.floor !== relief.floor
      relief = next
      if (changed) await transport.setMinOutgoingBitrate(relief.floor)
      if (!transport.closed) await pictures.nudge(now)
    },
    /** A stream from whose reports the line's delay can be read: a voice's if there is one. */
    sample() {
      const flowing = [...running.values()].map(({ consumer }) => consumer).filter((consumer) => !consumer.paused && !consumer.closed)
      return flowing.find(({ kind }) => kind === 'audio') ?? flowing[0]
    },
    /** @throws AppError `not-found` for a transport that is not this one, `invalid-input` for capabilities that are none. */
    async connect(transportId: string, dtlsParameters: DtlsParameters, rtpCapabilities: RtpCapabilities) {
      if (transport.id !== transportId) throw new AppError('not-found', 'no-such-transport')
      // The shapes are the same; mediasoup names the known header extensions where the schema takes any short text.
      capabilities = rtpCapabilities as types.RtpCapabilities
      if (connected) return
      connected = true
      await askWorker(transport, () => transport.connect({ dtlsParameters }))
      void transport.setMinOutgoingBitrate(leastBitrate).catch(() => {})
    },
    /**
     * Null before it is connected, and when this client cannot decode it. A stream is received once, however often it is offered.
     * Until the client has been answered with the list, streams run from the start: what is in the answer it does not confirm.
     */
    async consume(from: Outgoing): Promise<ConsumerInfo | null> {
      if (!capabilities) return null
      const started = byProducer.get(from.producer.id) ?? start(from, capabilities, answered)
      byProducer.set(from.producer.id, started)
      started.catch(() => byProducer.delete(from.producer.id))
      const incoming = await started
      return incoming && !incoming.consumer.closed ? consumerInfo(incoming) : null
    },
    /** What is received, or about to be, by its producers. */
    received: () => [...byProducer.keys()],
    /** Receives a stream no longer, also one that is only beginning. */
    async stop(producerId: string) {
      const incoming = await byProducer.get(producerId)?.catch(() => null)
      incoming?.consumer.close()
    },
    /** Whether this stream is to flow to here. Before it is known what is wanted, everything is. */
    wants: (producerId: string) =>
      !connected ||
      [...running.values()].some(
        ({ consumer }) => consumer.producerId === producerId && (!consumer.paused || pictures.isStill(consumer.id)),
      ),
    list,
    /** The list that the client builds its end from; what comes later is told of, and runs once the client has confirmed it. */
    answer(): ConsumerInfo[] {
      answered = true
      return list()
    },
    async resume(consumerIds: string[]) {
      const consumers = consumerIds.map(mine)
      await Promise.all(
        consumers.map((consumer) =>
          askWorker(consumer, () => (pictures.has(consumer.id) ? pictures.confirm(consumer.id) : consumer.resume())),
        ),
      )
    },
    /** A video that nobody looks at is not sent at all. */
    async setLayer(consumerId: string, spatialLayer: number | null) {
      const consumer = mine(consumerId)
      await askWorker(consumer, () => pictures.wish(consumer.id, spatialLayer))
    },
  }
}

function consumerInfo({ from, consumer }: Incoming): ConsumerInfo {
  return {
    id: consumer.id,
    producerId: consumer.producerId,
    participantId: from.participantId,
    source: from.source,
    kind: consumer.kind,
    rtpParameters: consumer.rtpParameters as ConsumerInfo['rtpParameters'],
    producerPaused: from.flow.paused,
  }
}
