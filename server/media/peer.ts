import type { types } from 'mediasoup'
import type { Connection } from '../../shared/commands.ts'
import { AppError } from '../../shared/errors.ts'
import type { MediaDirect } from '../../shared/media.ts'
import type { Actor } from '../../shared/policy.ts'
import type { TransportParameters } from '../../shared/rtp.ts'
import type { Branch } from './branches.ts'
import { createReceiver } from './receiver.ts'
import { askWorker } from './refusals.ts'
import { createSender, type Outgoing } from './sender.ts'

/** A hall's screen: it is in no register, sends nothing, and has sound only where nothing else in the hall has. */
export type Projector = { sound: boolean }

/** One stay of one person in the room, as long as one page is open. */
export type Stay = {
  participantId: string
  joinId: string
  meetingId: string
  siteId: string | null
  actor: Actor
  maySpeak: boolean
  projector: Projector | null
}

type Deps = {
  stay: Stay
  branch: Branch
  receive: types.WebRtcTransport
  send: types.WebRtcTransport | null
  reach(outgoing: Outgoing): Promise<void>
  onDemand(outgoing: Outgoing): void
}

export type Peer = ReturnType<typeof createPeer>

/** The server's end of a stay. It outlives its connection for a while: media goes on, and the page may come back. */
export function createPeer({ stay, branch, receive, send, reach, onDemand }: Deps) {
  let connection: Connection | null = null
  let closed = false

  function tell<K extends keyof MediaDirect>(name: K, payload: MediaDirect[K]) {
    connection?.send(name, payload)
  }

  const sender = createSender(stay.participantId, branch, send)
  const receiver = createReceiver({
    transport: receive,
    router: branch.router,
    reach,
    onDemand,
    tell: {
      paused: (consumerId, paused) => tell('consumer:paused', { consumerId, paused }),
      closed: (consumerId) => {
        if (!closed) tell('consumer:closed', { consumerId })
      },
    },
  })

  return {
    stay,
    branch,
    sender,
    receiver,
    tell,
    get closed() {
      return closed
    },
    get connection() {
      return connection
    },
    attach(next: Connection | null) {
      connection = next
    },
    async restartIce(transportId: string) {
      const transport = [receive, send].find((candidate) => candidate?.id === transportId)
      if (!transport) throw new AppError('not-found', 'no-such-transport')
      return askWorker(transport, () => transport.restartIce())
    },
    close() {
      if (closed) return
      closed = true
      receiver.pictures.close()
      send?.close()
      receive.close()
    },
  }
}

export const transportParameters = (transport: types.WebRtcTransport): TransportParameters => ({
  id: transport.id,
  iceParameters: transport.iceParameters,
  // The same fields under the same names; mediasoup's own type leaves `address` beside its deprecated twin `ip`.
  iceCandidates: transport.iceCandidates,
  dtlsParameters: transport.dtlsParameters,
})
