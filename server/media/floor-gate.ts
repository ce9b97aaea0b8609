import type { Logger } from 'pino'
import { type Floor, mayBeHeard } from '../../shared/floor.ts'
import type { FloorService } from '../floor/service.ts'
import type { Peer } from './peer.ts'

/** What of a floor decides whose microphone is open. */
type Holder = Pick<Floor, 'meetingId' | 'mode' | 'version'> & { speakerId: string | null }
type RoomOfPeers = { meetingId: string; peers(): Peer[] }

type Deps = {
  floor: Pick<FloorService, 'onChange' | 'holders'>
  rooms: { get(meetingId: string): RoomOfPeers | null; all(): RoomOfPeers[] }
  /** In groups everybody may speak. */
  isParted(meetingId: string): boolean
  /** A microphone was opened or closed. */
  onChanged(peer: Peer): void
  log: Logger
}

/** The word may be given on another node, or the news of it be lost with a process: the database is asked this often. */
const everyMs = 1_000

const holderOf = ({ meetingId, mode, version, current }: Floor): Holder => ({
  meetingId,
  mode,
  version,
  speakerId: current?.participantId ?? null,
})

/**
 * Makes the floor the media: opens and closes microphones at the server as the word passes, whatever their clients wish.
 * Nobody is heard before the floor of the meeting is known. Those who give the word are always heard.
 */
export function createFloorGate({ floor, rooms, isParted, onChanged, log }: Deps) {
  const known = new Map<string, Holder>()
  const chairs = new WeakSet<Peer>()

  function mayOpen(peer: Peer): boolean {
    const holder = known.get(peer.stay.meetingId)
    if (holder === undefined) return false
    return isParted(peer.stay.meetingId) || mayBeHeard(holder, { participantId: peer.stay.participantId, presides: chairs.has(peer) })
  }

  async function apply(peer: Peer) {
    const before = peer.sender.state().microphone
    await peer.sender.setHeard(mayOpen(peer))
    if (peer.sender.state().microphone !== before) onChanged(peer)
  }

  function learn(holder: Holder) {
    const before = known.get(holder.meetingId)
    if (before && before.version >= holder.version) return
    const room = rooms.get(holder.meetingId)
    if (!room) return
    known.set(holder.meetingId, holder)
    void applyAll(room)
  }

  async function applyAll(room: RoomOfPeers) {
    // Those who are to be silent first: two shall not be heard at once.
    const peers = room.peers().sort((a, b) => Number(mayOpen(a)) - Number(mayOpen(b)))
    await Promise.all(
      peers.map((peer) =>
        apply(peer).catch((error: unknown) => {
          if (!peer.closed) log.warn({ err: error, participantId: peer.stay.participantId }, 'a microphone did not follow the floor')
        }),
      ),
    )
  }

  floor.onChange((changed) => learn(holderOf(changed)))

  async function look() {
    const ids = rooms.all().map(({ meetingId }) => meetingId)
    for (const meetingId of known.keys()) if (!ids.includes(meetingId)) known.delete(meetingId)
    for (const holder of await floor.holders(ids)) learn(holder)
  }

  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = look().catch((error: unknown) => log.warn({ err: error }, 'the floor could not be read; trying again'))
  }, everyMs).unref()

  return {
    /** Applies the floor to everybody again: people were parted, or are together again. */
    applyAll,
    /** Applies the floor to somebody who comes into the room or comes back to it. */
    async admit(peer: Peer, held: Floor, { presides }: { presides: boolean }) {
      if (presides) chairs.add(peer)
      else chairs.delete(peer)
      learn(holderOf(held))
      await apply(peer)
    },
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}
