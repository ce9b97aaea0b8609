import type { types } from 'mediasoup'
import { type Breakout, groupOf, isParted } from '../../shared/breakouts.ts'
import type { Connection } from '../../shared/commands.ts'
import { AppError } from '../../shared/errors.ts'
import type { ProduceWish, Speaking } from '../../shared/media.ts'
import type { DtlsParameters, RtpCapabilities } from '../../shared/rtp.ts'
import { type Branch, createBranches } from './branches.ts'
import { createDemand } from './demand.ts'
import { createPeer, type Peer, type Stay } from './peer.ts'
import { notInTheRoom } from './refusals.ts'
import type { Outgoing } from './sender.ts'
import { createSpeakingWatch } from './speaking.ts'
import { createTransport } from './transports.ts'
import type { Workers } from './workers.ts'

type ConnectWish = {
  send: { transportId: string; dtlsParameters: DtlsParameters } | null
  receive: { transportId: string; dtlsParameters: DtlsParameters }
  rtpCapabilities: RtpCapabilities
  produce: ProduceWish[]
}

type Deps = {
  meetingId: string
  workers: Pick<Workers, 'seatFor'>
  mediaCodecs: types.RouterRtpCodecCapability[]
  /** The media of these was on a worker that died; the others go on. */
  onLost(lost: Peer[]): void
  onSpeaking(speaking: Speaking): void
  onOutgoing(meetingId: string, outgoing: Outgoing): void
}

export type Room = ReturnType<typeof createRoom>

/** The live media of one meeting. */
export function createRoom({ meetingId, workers, mediaCodecs, onLost, onSpeaking, onOutgoing }: Deps) {
  const peers = new Map<string, Peer>()
  let closed = false
  let breakout: Breakout | null = null
  const speaking = createSpeakingWatch({ tell: (who) => onSpeaking({ meetingId, ...who }) })
  const branches = createBranches({
    workers,
    mediaCodecs,
    onOpen: speaking.open,
    onLost: (branch) => onLost([...peers.values()].filter((peer) => peer.branch === branch)),
  })
  const demand = createDemand({
    branches,
    peers: () => peers.values(),
    senderOf: ({ participantId }) => peers.get(participantId),
  })

  const others = (peer: Peer) => [...peers.values()].filter((other) => other !== peer)
  const everyOutgoing = () => [...peers.values()].flatMap((peer) => peer.sender.list())

  const placeOf = ({ stay: { participantId: id, siteId } }: Peer) => (isParted(breakout) ? groupOf(breakout, { id, siteId }) : null)

  /** In groups one is heard and seen by one's own group alone, but for the voice that speaks to all. */
  function reaches(from: Peer, to: Peer, { source }: Pick<Outgoing, 'source'>): boolean {
    if (!isParted(breakout)) return true
    if (source === 'microphone' && breakout.voiceId === from.stay.participantId) return true
    const place = placeOf(to)
    // A hall's screen whose hall is in no group shows that groups are meeting, and nobody.
    return place === placeOf(from) && (place !== null || to.stay.projector === null)
  }

  function isFor(to: Peer, outgoing: Outgoing): boolean {
    if (outgoing.producer.kind === 'audio' && to.stay.projector?.sound === false) return false
    const from = peers.get(outgoing.participantId)
    return from !== undefined && reaches(from, to, outgoing)
  }

  /** Tells everybody else of a stream. Their media starts only when they have confirmed it. */
  function offer(peer: Peer, outgoing: Outgoing) {
    speaking.add(outgoing).catch(() => {})
    demand.changed(outgoing)
    onOutgoing(meetingId, outgoing)
    for (const other of others(peer)) if (isFor(other, outgoing)) void bring(outgoing, other)
  }

  const bring = (outgoing: Outgoing, to: Peer) =>
    to.receiver.consume(outgoing).then(
      (consumer) => consumer && to.tell('consumer:new', consumer),
      // It left, or the sender did: there is nothing to tell.
      () => {},
    )

  function endScreens(of: Peer[]) {
    for (const peer of of) {
      for (const { source, producer } of peer.sender.list()) {
        if (source !== 'screen' && source !== 'screen-audio') continue
        peer.tell('producer:ended', { producerId: producer.id })
        peer.sender.end(producer.id)
      }
    }
  }

  /** One share at a time in one company, and its sound only beside it. @throws AppError `conflict`. */
  function requireScreenFree(peer: Peer, wish: ProduceWish) {
    if (wish.source === 'screen' && others(peer).some((other) => other.sender.has('screen') && placeOf(other) === placeOf(peer))) {
      throw new AppError('conflict', 'screen-in-use')
    }
    if (wish.source === 'screen-audio' && !peer.sender.has('screen')) throw new AppError('conflict', 'no-screen')
  }

  async function build(stay: Stay, branch: Branch): Promise<Peer> {
    const [receive, send] = await Promise.all([createTransport(branch), stay.maySpeak ? createTransport(branch) : null])
    if (closed) throw notInTheRoom()
    return createPeer({
      stay,
      branch,
      receive,
      send,
      reach: (outgoing) => branches.reach(outgoing, branch),
      onDemand: demand.changed,
    })
  }

  return {
    meetingId,
    get closed() {
      return closed
    },
    peers: () => [...peers.values()],
    peerOf: (participantId: string) => peers.get(participantId) ?? null,
    outgoing: everyOutgoing,
    keep: demand.keep,
    breakout: () => breakout,
    /**
     * Learns how the people are parted; true if that was news. A shared screen ends for whoever goes elsewhere: it was
     * shown to those they were with.
     */
    learn(next: Breakout): boolean {
      if (breakout && breakout.version >= next.version) return false
      const before = new Map([...peers.values()].map((peer) => [peer, placeOf(peer)]))
      breakout = next
      endScreens([...before].flatMap(([peer, place]) => (placeOf(peer) === place ? [] : [peer])))
      return true
    },
    /** Ends whatever reaches somebody whom it is no longer for. */
    async part() {
      const streams = new Map(everyOutgoing().map((outgoing) => [outgoing.producer.id, outgoing]))
      const strays = [...peers.values()].flatMap((peer) =>
        peer.receiver.received().flatMap((producerId) => {
          const outgoing = streams.get(producerId)
          return outgoing && !isFor(peer, outgoing) ? [peer.receiver.stop(producerId)] : []
        }),
      )
      await Promise.all(strays)
    },
    /** Brings everybody what is for them. */
    async meet() {
      const streams = everyOutgoing()
      const missing = [...peers.values()].flatMap((peer) => {
        const has = new Set(peer.receiver.received())
        const wanted = streams.filter(
          (one) => one.participantId !== peer.stay.participantId && !has.has(one.producer.id) && isFor(peer, one),
        )
        return wanted.map((outgoing) => bring(outgoing, peer))
      })
      await Promise.all(missing)
    },
    /** Ends what is shared now: a screen, and the sound that comes with it. */
    stopScreens: () => endScreens([...peers.values()]),
    /** A person is in a room once: an earlier stay of the same participant is returned, closed. */
    async enter(stay: Stay, connection: Connection): Promise<{ peer: Peer; replaced: Peer | null }> {
      const peer = await branches.place((branch) => build(stay, branch))
      peer.attach(connection)
      const replaced = peers.get(stay.participantId) ?? null
      peers.set(stay.participantId, peer)
      replaced?.close()
      // Cameras that nobody watched start while this one is still on the way in.
      for (const outgoing of everyOutgoing()) demand.changed(outgoing)
      return { peer, replaced }
    },
    /** All of the second round trip. Streams start together or not at all, and the others hear of them only then. */
    async connect(peer: Peer, wish: ConnectWish) {
      for (const one of wish.produce) requireScreenFree(peer, one)
      const transports = [peer.receiver.connect(wish.receive.transportId, wish.receive.dtlsParameters, wish.rtpCapabilities)]
      if (wish.send) transports.push(peer.sender.connect(wish.send.transportId, wish.send.dtlsParameters))
      await Promise.all(transports)
      const present = others(peer)
        .flatMap((other) => other.sender.list())
        .filter((outgoing) => isFor(peer, outgoing))
      // Not paused: nothing is sent before the client has built its end, and then a key frame is asked for by itself.
      const [outgoing] = await Promise.all([
        produceAll(peer, wish.produce),
        Promise.all(present.map((from) => peer.receiver.consume(from).catch(() => null))),
      ])
      if (peer.closed) throw notInTheRoom()
      for (const one of outgoing) offer(peer, one)
      return { outgoing, consumers: peer.receiver.answer() }
    },
    async produce(peer: Peer, wish: ProduceWish): Promise<Outgoing> {
      requireScreenFree(peer, wish)
      const outgoing = await peer.sender.produce(wish)
      offer(peer, outgoing)
      return outgoing
    },
    /** True if it was this stay that held the participant's place. */
    remove(peer: Peer): boolean {
      peer.close()
      if (peers.get(peer.stay.participantId) !== peer) return false
      return peers.delete(peer.stay.participantId)
    },
    close() {
      closed = true
      demand.close()
      speaking.close()
      branches.close()
    },
  }
}

async function produceAll(peer: Peer, wishes: ProduceWish[]): Promise<Outgoing[]> {
  const results = await Promise.allSettled(wishes.map((wish) => peer.sender.produce(wish)))
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const failed = results.find((result) => result.status === 'rejected')
  if (!failed) return started
  for (const { producer } of started) peer.sender.end(producer.id)
  throw failed.reason
}
