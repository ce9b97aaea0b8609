import { v7 } from 'uuid'
import type { Connection } from '../../shared/commands.ts'
import { AppError } from '../../shared/errors.ts'
import type { ConsumerInfo, Probe, ProduceWish } from '../../shared/media.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Actor } from '../../shared/policy.ts'
import type { DtlsParameters, RtpCapabilities } from '../../shared/rtp.ts'
import { admit } from './admission.ts'
import { type Branches, createBranches } from './branches.ts'
import { createPeer, type Peer, transportParameters } from './peer.ts'
import { createTransport } from './transports.ts'
import type { Turn } from './turn.ts'

type Deps = Pick<Parameters<typeof createBranches>[0], 'workers' | 'mediaCodecs'> & {
  meetingOf(meetingId: string): Promise<Meeting>
  turn: Turn | null
}

type RunWish = {
  send: { transportId: string; dtlsParameters: DtlsParameters }
  receive: { transportId: string; dtlsParameters: DtlsParameters }
  rtpCapabilities: RtpCapabilities
  produce: ProduceWish[]
}

/** Longer than any look at one's own picture; whoever stays away does not keep it. */
const longestMs = 30_000

/** Loops through the real media server, each for one connection that is about to enter, away from every room. */
export function createProbes({ workers, mediaCodecs, meetingOf, turn }: Deps) {
  const watched = new WeakSet<Connection>()
  const running = new Map<Connection, { peer: Peer; branches: Branches; timer: NodeJS.Timeout }>()

  function close(connection: Connection) {
    const probe = running.get(connection)
    if (!probe) return
    running.delete(connection)
    clearTimeout(probe.timer)
    probe.peer.close()
    probe.branches.close()
  }

  async function build(actor: Actor, meetingId: string, connection: Connection) {
    const branches = createBranches({ workers, mediaCodecs, onOpen: () => {}, onLost: () => close(connection) })
    const stay = { participantId: v7(), joinId: v7(), meetingId, siteId: null, actor, maySpeak: true, projector: null }
    const peer = await branches.place(async (branch) => {
      const [receive, send] = await Promise.all([createTransport(branch), createTransport(branch)])
      return createPeer({ stay, branch, receive, send, reach: async () => {}, onDemand: () => {} })
    })
    return { peer, branches }
  }

  return {
    /** @throws AppError as for entering the meeting's room. */
    async open(actor: Actor, meetingId: string, connection: Connection): Promise<Probe> {
      admit(actor, await meetingOf(meetingId))
      const { peer, branches } = await build(actor, meetingId, connection)
      close(connection)
      const timer = setTimeout(() => close(connection), longestMs).unref()
      running.set(connection, { peer, branches, timer })
      if (!watched.has(connection)) connection.onClose(() => close(connection))
      watched.add(connection)
      return {
        routerRtpCapabilities: peer.branch.router.rtpCapabilities as Probe['routerRtpCapabilities'],
        sendTransport: transportParameters(peer.sender.transport!),
        receiveTransport: transportParameters(peer.receiver.transport),
        iceServers: turn?.(peer.stay.participantId) ?? [],
      }
    },
    /** @throws AppError `conflict` without an open probe, `not-found` for transports that are not its own. */
    async run(connection: Connection, wish: RunWish): Promise<{ consumers: ConsumerInfo[] }> {
      const probe = running.get(connection)
      if (!probe) throw new AppError('conflict', 'no-probe')
      const { sender, receiver } = probe.peer
      await Promise.all([
        receiver.connect(wish.receive.transportId, wish.receive.dtlsParameters, wish.rtpCapabilities),
        sender.connect(wish.send.transportId, wish.send.dtlsParameters),
      ])
      const outgoing = await Promise.all(wish.produce.map((one) => sender.produce(one)))
      const consumers = await Promise.all(outgoing.map((one) => receiver.consume(one)))
      return { consumers: consumers.filter((consumer) => consumer !== null) }
    },
    close,
    closeAll() {
      for (const connection of [...running.keys()]) close(connection)
    },
  }
}
