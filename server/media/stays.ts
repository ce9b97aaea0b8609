import type { Connection } from '../../shared/commands.ts'
import type { Peer } from './peer.ts'
import { notInTheRoom } from './refusals.ts'

/** A connection that comes back within this time finds its place, with media still flowing. */
const graceMs = 20_000

export type Stays = ReturnType<typeof createStays>

/** Which connection holds which stay, and how long a stay waits for its connection to come back. */
export function createStays({ onAbandoned }: { onAbandoned(peer: Peer): void }) {
  const held = new WeakMap<Connection, Peer>()
  const watched = new WeakSet<Connection>()
  const waiting = new Map<Peer, NodeJS.Timeout>()

  function stopWaiting(peer: Peer) {
    clearTimeout(waiting.get(peer))
    waiting.delete(peer)
  }

  function lostConnection(connection: Connection) {
    const peer = held.get(connection)
    // It may have come back on another connection before the loss of the first was noticed.
    if (!peer || peer.connection !== connection || peer.closed) return
    peer.attach(null)
    waiting.set(peer, setTimeout(() => onAbandoned(peer), graceMs).unref())
  }

  return {
    hold(connection: Connection, peer: Peer) {
      stopWaiting(peer)
      const before = peer.connection
      if (before && before !== connection) held.delete(before)
      peer.attach(connection)
      held.set(connection, peer)
      // Once, however often it joins.
      if (watched.has(connection)) return
      watched.add(connection)
      connection.onClose(() => lostConnection(connection))
    },
    /** The stay of a connection, if there is one. */
    find: (connection: Connection) => held.get(connection) ?? null,
    /** @throws AppError `conflict` when this connection is in no room. */
    of(connection: Connection): Peer {
      const peer = held.get(connection)
      if (!peer || peer.closed) throw notInTheRoom()
      return peer
    },
    end(peer: Peer) {
      stopWaiting(peer)
      // It goes on hearing the meeting's news: that is a matter of rights, not of being in the room.
      if (peer.connection) held.delete(peer.connection)
      peer.attach(null)
    },
    close() {
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
