import { AppError } from '../../shared/errors.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Actor } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import { type MeetingService, requireLive } from '../meetings/service.ts'
import type { createPublisher } from '../transport/publish.ts'
import * as store from './store.ts'

export type ChairingDeps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require' | 'byId' | 'onOpen' | 'onEnd'>
  publisher: Pick<ReturnType<typeof createPublisher>, 'publish' | 'publishTo'>
  now: () => Date
}

export type Desk = ReturnType<typeof createDesk>

/** What the parts of chairing share: one lock for a meeting, and the news of what was changed under it. */
export function createDesk({ db, meetings, publisher }: ChairingDeps) {
  async function tellRoom(tx: Tx, meetingId: string) {
    const chairing = await store.readChairing(tx, meetingId)
    publisher.publish(tx, meetingId, ['room'], 'chairing:changed', chairing)
    return chairing
  }

  async function tellDesk(tx: Tx, meetingId: string) {
    await store.bumpDesk(tx, meetingId)
    const desk = await store.readDesk(tx, meetingId)
    publisher.publish(tx, meetingId, ['chair'], 'chair-desk:changed', desk)
    return desk
  }

  /** For the chair's side: locks, and gives the meeting as it is under the lock. */
  const chairing = <T>(actor: Actor, meetingId: string, change: (tx: Tx, meeting: Meeting) => Promise<T>): Promise<T> =>
    db.transaction(async (tx) => {
      await meetings.require(tx, actor, 'room:chair', meetingId)
      await store.lockChairing(tx, meetingId)
      const meeting = await meetings.byId(tx, meetingId)
      if (meeting.status === 'ended') throw new AppError('conflict', 'meeting-ended')
      return change(tx, meeting)
    })

  return {
    tellRoom,
    tellDesk,
    chairing,
    /** The same while the meeting runs. */
    chairingLive: <T>(actor: Actor, meetingId: string, change: (tx: Tx, meeting: Meeting) => Promise<T>): Promise<T> =>
      chairing(actor, meetingId, (tx, meeting) => {
        requireLive(meeting)
        return change(tx, meeting)
      }),
  }
}
