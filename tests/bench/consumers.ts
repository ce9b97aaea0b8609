import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { setTimeout as delay } from 'node:timers/promises'
import { createWorker, type types } from 'mediasoup'
import { pino } from 'pino'
import { v7 } from 'uuid'
import { roomCodecs } from '../../server/media/codecs.ts'
import type { Stay } from '../../server/media/peer.ts'
import { createRoom } from '../../server/media/room.ts'
import { createRungs } from '../../server/media/rungs.ts'
import type { Seat } from '../../server/media/workers.ts'
import { stranger } from '../../shared/policy.ts'
import type { RtpCapabilities } from '../../shared/rtp.ts'
import { dtlsParameters } from '../media/wishes.ts'
import { createSink, createSource, deliveredPerTick, type Kind, play } from './rtp.ts'

type Source = { next(): Buffer[]; port: number }
/** Where the packets come from and go to. */
type Ends = { socket: Socket; sink: Awaited<ReturnType<typeof createSink>> }
/** A worker with its sources and viewers, made by the one control plane or by none. */
type Arm = { worker: types.Worker; sources: Source[]; close(): void }
export type Load = { kind: Kind; sources: number; viewers: number; rounds: number; windowMs: number }
export type Round = { cpuShare: number; microsecondsPerPacket: number; loss: number }

const suite = 'AEAD_AES_128_GCM'
const codecs = roomCodecs('vp8')

/** The viewers' line: plain RTP ports instead of ICE and DTLS, with SRTP as browsers have it. */
const viewerTransport = async (router: types.Router, port: number) => {
  const transport = await router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: true,
    enableSrtp: true,
    srtpCryptoSuite: suite,
  })
  await transport.connect({ ip: '127.0.0.1', port, srtpParameters: { cryptoSuite: suite, keyBase64: randomBytes(28).toString('base64') } })
  return transport
}
const sourceTransport = (router: types.Router) =>
  router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, rtcpMux: true, comedia: true })

/** Synthetic viewers give no feedback: with transport-cc they would stay on the lowest layer for ever. */
function withoutCongestionControl({ codecs: all = [], headerExtensions = [] }: types.RtpCapabilities): RtpCapabilities {
  const kept = all.map((codec) => ({
    ...codec,
    rtcpFeedback: codec.rtcpFeedback?.filter(({ type }) => !/transport-cc|goog-remb/.test(type)),
  }))
  return {
    codecs: kept,
    headerExtensions: headerExtensions.filter(({ uri }) => !/transport-wide|abs-send-time/.test(uri)),
  } as RtpCapabilities
}

async function bareArm({ kind, sources, viewers }: Load, { socket, sink }: Ends): Promise<Arm> {
  const worker = await startWorker()
  const router = await worker.createRouter({ mediaCodecs: codecs })
  const rtpCapabilities = withoutCongestionControl(router.rtpCapabilities) as types.RtpCapabilities
  const made: Source[] = []
  const producers: types.Producer[] = []
  for (let index = 0; index < sources; index++) {
    const transport = await sourceTransport(router)
    const { wish, next } = createSource(kind)
    producers.push(await transport.produce({ kind, rtpParameters: wish.rtpParameters as types.RtpParameters }))
    made.push({ next, port: transport.tuple.localPort })
  }
  await play(socket, kind, made, 500)
  for (let index = 0; index < viewers; index++) {
    const transport = await viewerTransport(router, sink.portFor(index))
    for (const { id } of producers) await transport.consume({ producerId: id, rtpCapabilities, ignoreDtx: true, enableRtx: true })
  }
  return { worker, sources: made, close: () => worker.close() }
}

/** The same through the server's own rooms, peers, observers and ladder; only the ports are plain. */
async function ownArm({ kind, sources, viewers }: Load, { socket, sink }: Ends): Promise<Arm> {
  const worker = await startWorker()
  let viewer: number | null = null
  const ports: number[] = []
  const seat = seatOf(worker, async (router) => {
    if (viewer !== null) return viewerTransport(router, sink.portFor(viewer))
    const transport = await sourceTransport(router)
    ports.push(transport.tuple.localPort)
    return transport
  })
  const room = createRoom({
    meetingId: v7(),
    workers: { seatFor: () => seat },
    mediaCodecs: codecs,
    onLost: () => {},
    onSpeaking: () => {},
    onOutgoing: () => {},
  })
  const log = pino({ level: 'silent' })
  const rungs = createRungs({
    rooms: { all: () => [room] },
    floor: { holders: async () => [] },
    tell: () => {},
    now: () => new Date(),
    log,
  })
  const connection = { id: v7(), onClose() {}, send() {}, watch() {}, unwatch() {} }
  const enter = async (wishes: Parameters<typeof room.connect>[1]['produce']) => {
    const { peer } = await room.enter(stay(room.meetingId, wishes.length > 0), connection)
    const { receiver, sender, branch } = peer
    // All sources have the floor.
    await sender.setHeard(wishes.length > 0)
    await room.connect(peer, {
      send: sender.transport && { transportId: sender.transport.id, dtlsParameters },
      receive: { transportId: receiver.transport.id, dtlsParameters },
      rtpCapabilities: withoutCongestionControl(branch.router.rtpCapabilities),
      produce: wishes,
    })
  }

  const made: Source[] = []
  for (let index = 0; index < sources; index++) {
    const { wish, next } = createSource(kind)
    await enter([wish])
    // Both directions of a source have a port; the second is the one it sends to.
    made.push({ next, port: ports.at(-1)! })
  }
  await play(socket, kind, made, 500)
  for (viewer = 0; viewer < viewers; viewer++) await enter([])
  return {
    worker,
    sources: made,
    close() {
      rungs.close()
      room.close()
      worker.close()
    },
  }
}

const stay = (meetingId: string, maySpeak: boolean): Stay => ({
  participantId: v7(),
  joinId: v7(),
  meetingId,
  siteId: null,
  actor: stranger,
  maySpeak,
  projector: null,
})

const startWorker = () => {
  const workerBin = process.env.MEDIASOUP_WORKER_BIN
  return createWorker({ logLevel: 'error', ...(workerBin ? { workerBin } : {}) })
}

/** A seat whose routers give plain transports where the room asks for those of WebRTC. */
function seatOf(worker: types.Worker, transportOn: (router: types.Router) => Promise<types.PlainTransport>): Seat {
  const disguise = (transport: types.PlainTransport) => overlay(transport, { connect: async () => {}, dtlsState: 'connected' })
  const wrapped = overlay(worker, {
    createRouter: async (options: types.RouterOptions) => {
      const router = await worker.createRouter(options)
      return overlay(router, { createWebRtcTransport: async () => disguise(await transportOn(router)) })
    },
  })
  const load = { now: () => 0, while: async <T>(_: number, work: () => Promise<T>) => work() }
  // What the room uses of a seat is all here.
  return { worker: wrapped, load } as unknown as Seat
}

function overlay<T extends object>(target: T, over: Record<string, unknown>): T {
  return new Proxy(target, {
    get(from, name) {
      if (typeof name === 'string' && name in over) return over[name]
      const value: unknown = Reflect.get(from, name, from)
      return typeof value === 'function' ? value.bind(from) : value
    },
  })
}

async function measure(arm: Arm, { kind, viewers, windowMs }: Load, { socket, sink }: Ends): Promise<Round> {
  // The first moments after a pause are not like the rest.
  await play(socket, kind, arm.sources, 500)
  await delay(100)
  const [before, receivedBefore, begun] = [await cpuMs(arm.worker), sink.received(), performance.now()]
  const ticks = await play(socket, kind, arm.sources, windowMs)
  await delay(100)
  const [cpu, received] = [(await cpuMs(arm.worker)) - before, sink.received() - receivedBefore]
  const expected = ticks * arm.sources.length * viewers * deliveredPerTick(kind)
  return {
    cpuShare: cpu / (performance.now() - begun),
    microsecondsPerPacket: (cpu * 1_000) / Math.max(1, received),
    loss: Math.max(0, 1 - received / expected),
  }
}

async function cpuMs(worker: types.Worker): Promise<number> {
  const { ru_utime, ru_stime } = await worker.getResourceUsage()
  return ru_utime + ru_stime
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/**
 * Loads a bare worker and one behind the server's own control plane in turn, so that what else the machine does strikes both.
 * `pin` is called with each worker's process.
 */
export async function compareConsumers(load: Load, pin: (pid: number) => void = () => {}) {
  const sink = await createSink()
  const socket = createSocket('udp4')
  const ends = { socket, sink }
  const bare = await bareArm(load, ends)
  const own = await ownArm(load, ends)
  try {
    for (const { worker } of [bare, own]) pin(worker.pid)
    const rounds: { bare: Round; own: Round }[] = []
    for (let round = 0; round < load.rounds; round++) {
      const turn = { bare: null as Round | null, own: null as Round | null }
      // Who is first changes from round to round.
      for (const name of round % 2 === 0 ? (['bare', 'own'] as const) : (['own', 'bare'] as const))
        turn[name] = await measure(name === 'bare' ? bare : own, load, ends)
      rounds.push({ bare: turn.bare!, own: turn.own! })
    }
    return summary(load, rounds)
  } finally {
    bare.close()
    own.close()
    sink.close()
    socket.close()
  }
}

function summary({ kind, sources, viewers }: Load, rounds: { bare: Round; own: Round }[]) {
  const consumers = sources * viewers
  const ofArm = (name: 'bare' | 'own') => {
    const one = (key: 'cpuShare' | 'microsecondsPerPacket' | 'loss') => median(rounds.map((round) => round[name][key]))
    return {
      cpuShare: Number(one('cpuShare').toFixed(3)),
      microsecondsPerPacket: Number(one('microsecondsPerPacket').toFixed(1)),
      lossPercent: Number((one('loss') * 100).toFixed(2)),
      /** As many fill a core, if each costs what it cost here. */
      consumersPerCore: Math.round(consumers / one('cpuShare')),
    }
  }
  const ratios = rounds.map(({ bare, own }) => own.microsecondsPerPacket / bare.microsecondsPerPacket)
  return {
    kind,
    consumers,
    overheadRatio: Number(median(ratios).toFixed(3)),
    ratios: ratios.map((ratio) => Number(ratio.toFixed(3))),
    own: ofArm('own'),
    bare: ofArm('bare'),
  }
}
