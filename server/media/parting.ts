import type { Logger } from 'pino'
import { type Breakout, isParted } from '../../shared/breakouts.ts'
import type { Room } from './room.ts'

/** How the people of meetings are parted, as stored. */
export type Groups = {
  latest(meetingIds: readonly string[]): Promise<Breakout[]>
  versions(meetingIds: readonly string[]): Promise<ReadonlyMap<string, number>>
}

type Deps = {
  groups: Groups
  rooms: { get(meetingId: string): Room | null; all(): Room[] }
  gate: { applyAll(room: Room): Promise<void> }
  log: Logger
}

/** Groups may be opened or called back on another node, or the news of it be lost with a process. */
const everyMs = 1_000

export type Parting = ReturnType<typeof createParting>

/** Lets the media follow the groups: what crosses from one to another ends, and what belongs together begins. */
export function createParting({ groups, rooms, gate, log }: Deps) {
  const settling = new WeakMap<Room, Promise<void>>()
  const learned = new WeakMap<Room, Promise<void>>()

  /** Nobody is heard by whom they should not be: in groups crossings end before microphones open, and back together those close first. */
  async function settle(room: Room) {
    const parted = isParted(room.breakout())
    if (!parted) await gate.applyAll(room)
    await room.part()
    if (parted) await gate.applyAll(room)
    await room.meet()
  }

  function part(breakout: Breakout): Promise<void> {
    const room = rooms.get(breakout.meetingId)
    if (!room?.learn(breakout)) return Promise.resolve()
    // One after the other, each by what holds when it is its turn.
    const next = (settling.get(room) ?? Promise.resolve()).then(() => settle(room))
    const quiet = next.catch((error: unknown) => log.warn({ err: error, meetingId: room.meetingId }, 'media did not follow the groups'))
    settling.set(room, quiet)
    return quiet
  }

  async function read(meetingIds: string[]) {
    for (const breakout of await groups.latest(meetingIds)) void part(breakout)
  }

  async function look() {
    const versions = await groups.versions(rooms.all().map(({ meetingId }) => meetingId))
    const behind = rooms.all().filter((room) => (versions.get(room.meetingId) ?? 0) > (room.breakout()?.version ?? 0))
    await read(behind.map(({ meetingId }) => meetingId))
  }

  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = look().catch((error: unknown) => log.warn({ err: error }, 'the groups could not be read; trying again'))
  }, everyMs).unref()

  return {
    part,
    /** Before the first enters a room, it is known how its people are parted. */
    before(room: Room): Promise<void> {
      const known = learned.get(room)
      if (known) return known
      const reading = read([room.meetingId])
      learned.set(room, reading)
      reading.catch(() => learned.delete(room))
      return reading
    },
    async close() {
      clearInterval(timer)
      await looking
    },
  }
}
