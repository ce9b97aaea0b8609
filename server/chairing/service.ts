import type { Logger } from 'pino'
import type { AttendanceRow, Chairing } from '../../shared/chairing.ts'
import type { Actor } from '../../shared/policy.ts'
import type { FloorService } from '../floor/service.ts'
import type { MediaService } from '../media/service.ts'
import { createCalls } from './calls.ts'
import { type ChairingDeps, createDesk } from './desk.ts'
import type { Door } from './door.ts'
import { createLobby } from './lobby.ts'
import { createOrder } from './order.ts'
import { readRegister } from './register.ts'
import { registerFile } from './register-file.ts'
import { createRollCalls } from './roll-calls.ts'
import * as store from './store.ts'

type Deps = ChairingDeps & {
  floor: Pick<FloorService, 'onChange'>
  media: Pick<MediaService, 'hold' | 'remove'>
  door: Door
  log: Logger
}

export type ChairingService = ReturnType<typeof createChairingService>

/** The chair's hand on a meeting: its door, its order, its roll, and what people tell the chair alone. */
export function createChairingService({ floor, media, door, log, ...deps }: Deps) {
  const { db, audit, meetings, now } = deps
  const desk = createDesk(deps)
  const lobby = createLobby({ ...deps, desk, door })
  const order = createOrder({ ...deps, desk, lobby, media })

  async function register(actor: Actor, meetingId: string) {
    const meeting = await meetings.require(db.reader, actor, 'attendance:read', meetingId)
    return { meeting, rows: await readRegister(db.reader, meeting, now()) }
  }

  // Whoever is given the word is no longer silenced; to open the microphone is theirs to do.
  floor.onChange(({ current }) => {
    if (!current || current.endedAt) return
    db.transaction((tx) => media.hold(tx, [current.participantId], 'microphone', null)).catch((error: unknown) =>
      log.warn({ err: error, participantId: current.participantId }, 'the microphone of the speaker was not let go'),
    )
  })

  return {
    order,
    lobby,
    calls: createCalls({ ...deps, desk }),
    rollCalls: createRollCalls({ ...deps, desk }),

    async get(actor: Actor, { meetingId }: { meetingId: string }): Promise<Chairing> {
      await meetings.require(db.reader, actor, 'room:enter', meetingId)
      return store.readChairing(db.reader, meetingId)
    },
    async desk(actor: Actor, { meetingId }: { meetingId: string }) {
      await meetings.require(db.reader, actor, 'room:chair', meetingId)
      return store.readDesk(db.reader, meetingId)
    },
    attendance: async (actor: Actor, { meetingId }: { meetingId: string }): Promise<AttendanceRow[]> =>
      (await register(actor, meetingId)).rows,
    /** The register as a file; that it was taken out is in the audit trail. */
    async attendanceFile(actor: Actor, meetingId: string): Promise<{ name: string; text: string }> {
      const { meeting, rows } = await register(actor, meetingId)
      await db.transaction((tx) => audit.record(tx, actor, 'export:attendance', meetingId, { form: 'csv' }))
      return { name: `出席情况-${meeting.title}.csv`, text: registerFile(rows, meeting) }
    },
  }
}
