import type { Peer } from './peer.ts'
import { createPresence, nothingNew } from './presence.ts'
import { frames } from './wire.ts'

/** Cursors leave as one frame of this many milliseconds. */
const tickMs = 50

/** Tells the people of a document of each other's cursors. */
export function createMoves(peers: ReadonlySet<Peer>) {
  const presence = createPresence<Peer>()
  const moved = new Set<Peer>()
  let timer: NodeJS.Timeout | undefined

  /** Nobody hears of itself: the stock provider would take it for news and send it back for ever. */
  function tell() {
    timer = undefined
    const toOthers = frames.presence(presence.describe(moved) ?? nothingNew)
    const toMovers = presence.describeOthers(moved)
    for (const peer of peers) {
      const others = toMovers.get(peer)
      peer.send(others ? frames.presence(others) : toOthers)
    }
    moved.clear()
  }

  return {
    /** @throws Error when it is malformed. */
    hear(peer: Peer, update: Uint8Array) {
      if (!presence.hear(peer, update)) return
      moved.add(peer)
      timer ??= setTimeout(tell, tickMs)
    },
    /** Tells somebody who comes of those who are there. */
    greet(peer: Peer) {
      const others = presence.describe([...presence.all()].filter((other) => other !== peer))
      if (others) peer.send(frames.presence(others))
    },
    leave(peer: Peer) {
      moved.delete(peer)
      const gone = presence.leave(peer)
      if (!gone) return
      const frame = frames.presence(gone)
      for (const other of peers) if (other !== peer) other.send(frame)
    },
    close: () => clearTimeout(timer),
  }
}
