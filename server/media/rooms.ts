import { createRoom, type Room } from './room.ts'

type Deps = Omit<Parameters<typeof createRoom>[0], 'meetingId' | 'onLost'> & {
  onLost(room: Room, ...lost: Parameters<Parameters<typeof createRoom>[0]['onLost']>): void
}

export type Rooms = ReturnType<typeof createRooms>

/** The live rooms of this node, by meeting. A room begins with the first who enters and ends with the last who leaves. */
export function createRooms({ onLost, ...deps }: Deps) {
  const open = new Map<string, Room>()
  const holds = new Map<string, number>()

  function begin(meetingId: string): Room {
    const room = createRoom({ ...deps, meetingId, onLost: (lost) => onLost(room, lost) })
    open.set(meetingId, room)
    return room
  }

  function forget(room: Room) {
    if (open.get(room.meetingId) !== room) return
    open.delete(room.meetingId)
  }

  function closeIfEmpty(meetingId: string) {
    const room = open.get(meetingId)
    if (!room || holds.has(meetingId) || room.peers().length > 0) return
    forget(room)
    room.close()
  }

  return {
    get: (meetingId: string) => open.get(meetingId) ?? null,
    all: () => [...open.values()],
    closeIfEmpty,
    /** Opens the room if need be and keeps it open while the work runs. */
    async within<T>(meetingId: string, work: (room: Room) => Promise<T>): Promise<T> {
      holds.set(meetingId, (holds.get(meetingId) ?? 0) + 1)
      try {
        return await work(open.get(meetingId) ?? begin(meetingId))
      } finally {
        const left = (holds.get(meetingId) ?? 1) - 1
        if (left > 0) holds.set(meetingId, left)
        else holds.delete(meetingId)
        closeIfEmpty(meetingId)
      }
    },
    close() {
      for (const room of open.values()) room.close()
      open.clear()
    },
  }
}
