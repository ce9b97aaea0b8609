import { Device, type types } from 'mediasoup-client'
import { v7 } from 'uuid'
import type { Result } from '../../shared/commands.ts'
import type { Failure } from '../../shared/errors.ts'
import type { ConsumerInfo, Joined, MediaSource, ProduceWish } from '../../shared/media.ts'
import { kindOfSource } from '../../shared/media.ts'
import type { Ask } from './ask.ts'
import type { Identity } from './certificate.ts'
import { encodingsFor, layersIn, screenEncodings, svcEncodingsFor, svcScreenEncodings } from './quality.ts'

/** A stream of somebody else, as it arrives. */
export type Arriving = { info: ConsumerInfo; track: MediaStreamTrack; layers: number }

type Events = {
  /** The media path works, is in doubt, or is lost. */
  onPath(which: 'send' | 'receive', state: types.ConnectionState): void
}

/**
 * Lets the browser start its media engine while the person is still at the door: the first connection of a page takes it
 * a tenth of a second, every later one a few milliseconds.
 */
export async function warmUp(): Promise<void> {
  const device = await Device.factory()
  const opus = { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 100, clockRate: 48_000, channels: 2 } as const
  await device.load({ routerRtpCapabilities: { codecs: [opus] } })
}

/** What the server told of both transports: when joining, or for trying the line. */
export type Ways = Pick<Joined, 'routerRtpCapabilities' | 'sendTransport' | 'receiveTransport' | 'iceServers'>

/** Two round trips of a slow line; speaking turn by turn does not suffer from it. */
const steadyMs = 240

export type Ends = Awaited<ReturnType<typeof createEnds>>

/** This page's ends of its two media transports, for one stay. */
export async function createEnds(joined: Ways, { certificate, dtlsParameters }: Identity, ask: Ask, { onPath }: Events) {
  const device = await Device.factory()
  // The shapes are the same; the library names the known header extensions where the schema takes any short text.
  await device.load({ routerRtpCapabilities: joined.routerRtpCapabilities as types.RtpCapabilities })
  const settings = { iceServers: joined.iceServers as RTCIceServer[], additionalSettings: { certificates: [certificate] } }
  const receive = device.createRecvTransport({ ...joined.receiveTransport, ...settings })
  const send = joined.sendTransport && device.createSendTransport({ ...joined.sendTransport, ...settings })
  const producers = new Map<MediaSource, types.Producer>()
  const producing = new Set<MediaSource>()
  const arriving = new Map<string, Arriving>()
  const closers = new Map<string, () => void>()
  const receivers = new Map<string, RTCRtpReceiver>()
  let isWeak = (_participantId: string) => false
  /** Those that are here or being built: the same one can be told twice while joining. */
  const wanted = new Set<string>()
  /** While joining, streams are not announced one by one: they go with `room:connect`. */
  let collected: ProduceWish[] | null = []
  let refusal: Failure | null = null

  watch(receive, 'receive')
  if (send) watch(send, 'send')
  send?.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
    const { source, paused } = appData as { source: MediaSource; paused: boolean }
    const rtp = rtpParameters as ProduceWish['rtpParameters']
    // A microphone without the word is kept ready: the server opens it when the word comes.
    const wish: ProduceWish = { id: v7(), source, kind, rtpParameters: rtp, paused, standby: source === 'microphone' }
    if (collected) {
      collected.push(wish)
      done({ id: wish.id })
      return
    }
    void ask('room:produce', wish).then((result) => {
      if (result.ok) return done({ id: wish.id })
      refusal = result.error
      failed(new Error(result.error.reason))
    })
  })

  function watch(transport: types.Transport, which: 'send' | 'receive') {
    // The server learns the fingerprint with `room:connect`: there is nothing to ask for here.
    transport.on('connect', (_, done) => done())
    transport.on('connectionstatechange', (state) => onPath(which, state))
  }

  const codecOptions: Record<MediaSource, types.ProducerCodecOptions> = {
    // FEC repairs what is lost on the way to the server; what is lost on the way from it is sent again (NACK).
    microphone: { opusDtx: true, opusFec: true, opusNack: true, opusStereo: false },
    camera: { videoGoogleStartBitrate: 600 },
    screen: { videoGoogleStartBitrate: 1_000 },
    'screen-audio': { opusDtx: true, opusFec: true, opusStereo: true },
  }

  /** The first codec of the room that this browser can send is the one that it will. */
  const sendsLayersInOneStream = () =>
    device.sendRtpCapabilities.codecs?.find(({ kind }) => kind === 'video')?.mimeType.toLowerCase() === 'video/vp9'

  function encodingsOf(source: MediaSource, track: MediaStreamTrack) {
    const svc = sendsLayersInOneStream()
    if (source === 'screen') return { encodings: svc ? svcScreenEncodings : screenEncodings }
    if (source !== 'camera') return {}
    const height = track.getSettings().height ?? 720
    return { encodings: svc ? svcEncodingsFor(height) : encodingsFor(height) }
  }

  return {
    /** @returns null, or why the server did not take the stream. */
    async produce(source: MediaSource, track: MediaStreamTrack, paused: boolean): Promise<Failure | null> {
      if (!send || !device.canProduce(kindOfSource[source])) return { code: 'not-allowed', reason: 'may-not-speak' }
      refusal = null
      producing.add(source)
      try {
        const producer = await send.produce({
          track,
          codecOptions: codecOptions[source],
          ...encodingsOf(source, track),
          // The tracks outlive the transports: after a server's restart the same ones are sent again.
          stopTracks: false,
          disableTrackOnPause: false,
          // The encoder rests while nobody looks.
          zeroRtpOnPause: true,
          appData: { source, paused },
        })
        producers.set(source, producer)
        return null
      } catch {
        producing.delete(source)
        return refusal ?? { code: 'unavailable', reason: 'no-answer' }
      }
    },
    /** Sends from another device, without the others noticing more than a blink. */
    async replaceTrack(source: MediaSource, track: MediaStreamTrack) {
      await producers.get(source)?.replaceTrack({ track })
    },
    sourceOf: (producerId: string) => [...producers].find(([, { id }]) => id === producerId)?.[0] ?? null,
    /** The loss, delay and rate of what is sent and received now. */
    stats: async () => ({ send: await send?.getStats(), receive: await receive.getStats() }),
    /** Whether it is sent, or about to be. */
    isProducing: (source: MediaSource) => producing.has(source),
    producer: (source: MediaSource) => producers.get(source) ?? null,
    producerId: (source: MediaSource) => producers.get(source)?.id ?? null,
    endProducer(source: MediaSource) {
      producers.get(source)?.close()
      producers.delete(source)
      producing.delete(source)
    },
    /** What `room:connect` is to be asked with; from now on streams are announced one by one. */
    connectWish() {
      const produce = collected ?? []
      collected = null
      return {
        send: joined.sendTransport && { transportId: joined.sendTransport.id, dtlsParameters },
        receive: { transportId: joined.receiveTransport.id, dtlsParameters },
        rtpCapabilities: device.recvRtpCapabilities as Parameters<typeof ask<'room:connect'>>[1]['rtpCapabilities'],
        produce,
      }
    },
    /** Takes in what is new of a list; what is already here stays as it is. @returns the ids of the new ones. */
    async take(infos: readonly ConsumerInfo[]): Promise<string[]> {
      const fresh = infos.filter((info) => !wanted.has(info.id))
      for (const info of fresh) wanted.add(info.id)
      // All at once: the library then needs one negotiation for them together.
      await Promise.all(fresh.map((info) => build(info)))
      return fresh.map((info) => info.id).filter((id) => arriving.has(id))
    },
    drop(consumerId: string) {
      wanted.delete(consumerId)
      closers.get(consumerId)?.()
      closers.delete(consumerId)
      arriving.delete(consumerId)
      receivers.delete(consumerId)
    },
    setPaused(consumerId: string, producerPaused: boolean) {
      const known = arriving.get(consumerId)
      if (known) arriving.set(consumerId, { ...known, info: { ...known.info, producerPaused } })
    },
    arriving: () => [...arriving.values()],
    /** Plays the voices that come over a weak line a little later, so that what was lost can be sent again in time. */
    steadyVoices(weak: (participantId: string) => boolean) {
      isWeak = weak
      for (const { info } of arriving.values()) steady(info)
    },
    states: () => [receive.connectionState, ...(send ? [send.connectionState] : [])],
    /** Finds a new media path after the network has changed. @returns whether the server knew the transports. */
    async restartIce(): Promise<boolean> {
      const transports = send ? [receive, send] : [receive]
      const results = await Promise.all(transports.map((transport) => restart(transport)))
      return results.every(Boolean)
    },
    close() {
      send?.close()
      receive.close()
    },
  }

  async function build(info: ConsumerInfo) {
    const { id, producerId, kind } = info
    const consumer = await receive.consume({ id, producerId, kind, rtpParameters: info.rtpParameters as types.RtpParameters })
    // It may have ended while it was being built.
    if (!wanted.has(id)) return consumer.close()
    const [encoding] = info.rtpParameters.encodings ?? []
    arriving.set(id, { info, track: consumer.track, layers: layersIn(encoding?.scalabilityMode) })
    closers.set(id, () => consumer.close())
    if (consumer.rtpReceiver) receivers.set(id, consumer.rtpReceiver)
    steady(info)
  }

  function steady({ id, kind, participantId }: ConsumerInfo) {
    const receiver = receivers.get(id)
    if (kind === 'audio' && receiver) receiver.jitterBufferTarget = isWeak(participantId) ? steadyMs : null
  }

  async function restart(transport: types.Transport): Promise<boolean> {
    const answer: Result<Joined['receiveTransport']['iceParameters']> = await ask('room:restart-ice', { transportId: transport.id })
    if (!answer.ok || transport.closed) return false
    await transport.restartIce({ iceParameters: answer.value })
    return true
  }
}
