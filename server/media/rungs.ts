import type { Logger } from 'pino'
import type { Connection } from '../../shared/commands.ts'
import { climb, depth, type Ladder, type Rung, type Standing, type Standings, startingLadder, stillEveryMs } from '../../shared/ladder.ts'
import type { FloorService } from '../floor/service.ts'
import { measureLine } from './line.ts'
import type { Peer } from './peer.ts'
import type { Room } from './room.ts'

/** Weak lines are looked at this often, good ones more rarely: every look costs the media worker a third of a millisecond. */
const tickMs = 1_000
const ticksOfGood = 3
/** Congestion control needs so long to find out what more a line carries. */
const feelMs = 5_000

type Deps = {
  rooms: { all(): Pick<Room, 'meetingId' | 'peers'>[] }
  floor: Pick<FloorService, 'holders'>
  tell(standings: Standings): void
  now: () => Date
  log: Logger
}

type Place = {
  down: Ladder
  up: Rung
  /** What is sent accordingly. */
  applied: Rung
  /** What was last said to be held back, and to which connection. */
  held: string
  toldTo: Connection | null
}

const nothingHeld = '[]'

export type Rungs = ReturnType<typeof createRungs>

/** Measures everybody's line, sends each what it carries, and tells the room who stands where. */
export function createRungs({ rooms, floor, tell, now, log }: Deps) {
  const places = new WeakMap<Peer, Place>()
  const told = new Map<string, { words: string; version: number }>()
  let turn = 0
  let measuring = false

  function placeOf(peer: Peer): Place {
    const known = places.get(peer)
    if (known) return known
    const place: Place = { down: startingLadder, up: 'full', applied: 'full', held: nothingHeld, toldTo: null }
    places.set(peer, place)
    return place
  }

  const isWeak = (peer: Peer) => placeOf(peer).down.rung !== 'full' || placeOf(peer).down.worseSince !== null

  async function measure(peer: Peer) {
    const place = placeOf(peer)
    const { transport } = peer.receiver
    if (transport.closed || transport.dtlsState !== 'connected') return
    // A line that is only slow, and loses nothing, is found at every other look.
    const sample = isWeak(peer) || turn % 2 === 0 ? peer.receiver.sample() : undefined
    const line = await measureLine(transport, sample, { estimateCounts: estimateCounts(place.down) })
    place.down = climb(place.down, line, performance.now())
  }

  /**
   * Congestion control feels its way up only while a video flows: an estimate from before is no reason to stay down, and a
   * moment after a step up it still is from before.
   */
  const estimateCounts = ({ rung, steppedUpAt }: Ladder) =>
    depth(rung) <= depth('one') && (steppedUpAt === null || performance.now() - steppedUpAt > feelMs)

  /** Lets the line carry what it can, and says what is held back. */
  async function settle(peer: Peer, speakerId: string | null) {
    const place = placeOf(peer)
    if (peer.closed) return
    await peer.receiver.pictures.become(place.down.rung, speakerId)
    place.applied = place.down.rung
    const consumerIds = peer.receiver.pictures.held()
    const held = JSON.stringify(consumerIds)
    if (place.held === held && (place.toldTo === peer.connection || held === nothingHeld)) return
    place.held = held
    place.toldTo = peer.connection
    peer.tell('pictures:held', { consumerIds })
  }

  /** A connection that ends while it is being measured is measured no more. */
  const quietly = (work: Promise<unknown>) => work.catch((error: unknown) => log.debug({ err: error }, 'a line could not be measured'))

  async function tick() {
    if (measuring) return
    measuring = true
    try {
      turn += 1
      const all = rooms.all().flatMap((room) => room.peers())
      await Promise.all(
        all.filter((peer, index) => isWeak(peer) || (turn + index) % ticksOfGood === 0).map((peer) => quietly(measure(peer))),
      )
      await Promise.all(all.map((peer) => quietly(peer.receiver.relieve(performance.now()))))
      const touched = all.filter((peer) => placeOf(peer).down.rung !== 'full' || placeOf(peer).applied !== 'full')
      const speakers = await speakersOf(touched)
      await Promise.all(touched.map((peer) => quietly(settle(peer, speakers.get(peer.stay.meetingId) ?? null))))
      await takeTurns(touched)
      for (const room of rooms.all()) announce(room)
      const live = new Set(rooms.all().map(({ meetingId }) => meetingId))
      for (const meetingId of told.keys()) if (!live.has(meetingId)) told.delete(meetingId)
    } finally {
      measuring = false
    }
  }

  async function speakersOf(peers: Peer[]): Promise<Map<string, string | null>> {
    const holders = await floor.holders([...new Set(peers.map(({ stay }) => stay.meetingId))])
    return new Map(holders.map(({ meetingId, speakerId }) => [meetingId, speakerId]))
  }

  /** All of a room at once: the key frame that one of them asks for then serves the others too. */
  async function takeTurns(peers: Peer[]) {
    const everyTurns = stillEveryMs / tickMs
    if (turn % everyTurns !== 0) return
    await Promise.all(peers.map((peer) => quietly(peer.receiver.pictures.takeTurn(turn / everyTurns))))
  }

  function standingsOf(room: Pick<Room, 'meetingId' | 'peers'>): Standing[] {
    return room
      .peers()
      .filter(({ stay }) => !stay.projector)
      .map((peer) => ({ participantId: peer.stay.participantId, down: placeOf(peer).down.rung, up: placeOf(peer).up }))
      .filter(({ down, up }) => down !== 'full' || up !== 'full')
  }

  /** At most once a tick, however much changes. */
  function announce(room: Pick<Room, 'meetingId' | 'peers'>) {
    const weak = standingsOf(room)
    const words = JSON.stringify(weak)
    if ((told.get(room.meetingId)?.words ?? '[]') === words) return
    // The clock makes it grow over a restart of the server too.
    const version = Math.max(now().getTime(), (told.get(room.meetingId)?.version ?? 0) + 1)
    told.set(room.meetingId, { words, version })
    tell({ meetingId: room.meetingId, weak, version })
  }

  const timer = setInterval(
    () => void tick().catch((error: unknown) => log.warn({ err: error }, 'the lines could not be measured')),
    tickMs,
  )
  timer.unref()

  return {
    /** What the client measured of its own way to the server. */
    setUplink(peer: Peer, rung: Rung) {
      placeOf(peer).up = rung
    },
    of: (room: Pick<Room, 'meetingId' | 'peers'>): Standings => ({
      meetingId: room.meetingId,
      weak: standingsOf(room),
      version: told.get(room.meetingId)?.version ?? 0,
    }),
    close: () => clearInterval(timer),
  }
}
