import type { types } from 'mediasoup'
import type { Outgoing } from './sender.ts'

type RoomWithStreams = { outgoing(): Outgoing[]; keep(outgoing: Outgoing): () => void }
type Deps = { roomOf(meetingId: string): RoomWithStreams | null }

/** A copy of a stream as plain RTP to a port of this computer. */
export type Tap = {
  kind: types.MediaKind
  port: number
  rtpParameters: types.RtpParameters
  requestKeyFrame(): Promise<void>
  close(): void
}

const loopback = '127.0.0.1'

export type Taps = ReturnType<typeof createTaps>

/** Where other parts of the program take streams out of a room, such as for a recording. */
export function createTaps({ roomOf }: Deps) {
  const listeners: ((meetingId: string) => void)[] = []
  const tell = (meetingId: string) => {
    for (const listener of listeners) listener(meetingId)
  }

  async function consume({ producer, branch: { router } }: Outgoing, port: number) {
    const transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: loopback }, rtcpMux: true, comedia: false })
    try {
      await transport.connect({ ip: loopback, port })
      const rtpCapabilities = capabilitiesFor(router, producer.kind)
      return { transport, consumer: await transport.consume({ producerId: producer.id, rtpCapabilities, enableRtx: false }) }
    } catch (error) {
      transport.close()
      throw error
    }
  }

  return {
    /** Called when a stream of a meeting on this node begins, is paused or opened, or ends. */
    onChange: (listener: (meetingId: string) => void) => void listeners.push(listener),
    began(meetingId: string, { flow, producer }: Outgoing) {
      const stop = flow.onPaused(() => tell(meetingId))
      producer.observer.once('close', () => {
        stop()
        tell(meetingId)
      })
      tell(meetingId)
    },
    streams: (meetingId: string): Outgoing[] => roomOf(meetingId)?.outgoing() ?? [],
    /** Sends a stream to a port. It flows from now on, even if nobody in the room looks at it. */
    async open(meetingId: string, outgoing: Outgoing, port: number): Promise<Tap> {
      const { transport, consumer } = await consume(outgoing, port)
      const release = roomOf(meetingId)?.keep(outgoing)
      return {
        kind: outgoing.producer.kind,
        port,
        rtpParameters: consumer.rtpParameters,
        requestKeyFrame: async () => void (await consumer.requestKeyFrame().catch(() => {})),
        close() {
          release?.()
          transport.close()
        },
      }
    },
  }
}

/** Everything the router speaks of this kind, without what only a browser's answers make sense of. */
function capabilitiesFor(router: types.Router, kind: types.MediaKind): types.RtpCapabilities {
  const codecs = (router.rtpCapabilities.codecs ?? []).filter((codec) => codec.kind === kind && !/\/rtx$/i.test(codec.mimeType))
  return {
    codecs: codecs.map((codec) => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => type === 'nack' || type === 'ccm'),
    })),
    headerExtensions: [],
  }
}
