import { AppError, found } from '../../shared/errors.ts'
import type { BarredDevice } from '../../shared/guard.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow, can, signedIn, stranger } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader } from '../db/db.ts'
import type { IdentityService } from '../identity/service.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { Publish } from '../transport/publish.ts'
import * as store from './store.ts'
import type { Trace } from './traces.ts'

/** Whose a suggestion is; given by the suggestions, which come later. */
export type AuthorSource = (
  reader: Reader,
  suggestionId: string,
) => Promise<{ meetingId: string; accountId: string; name: string } | undefined>

type Deps = {
  db: Db
  audit: AuditService
  identity: Pick<IdentityService, 'grantsOf'>
  meetings: Pick<MeetingService, 'require' | 'byId'>
  publish: Publish
  now: () => Date
  authorOf: AuthorSource
  traceOf(accountId: string): Promise<Trace | undefined>
  onChange(meetingId: string): void
}

/** Devices that may not take part in a meeting any more. */
export function createBars({ db, audit, identity, meetings, publish, now, authorOf, traceOf, onChange }: Deps) {
  return {
    /** @throws AppError `conflict` for somebody of the room: those are sent out by the chair, not barred by their device. */
    async bar(actor: Actor, { id, suggestionId, reason }: { id: string; suggestionId: string; reason: string }): Promise<BarredDevice> {
      signedIn(actor)
      const author = found(await authorOf(db.reader, suggestionId), 'no-such-suggestion')
      const meeting = await meetings.require(db.reader, actor, 'guard:defend', author.meetingId)
      const { meetingId, accountId, name } = author
      const grants = await identity.grantsOf(accountId)
      if (can({ ...stranger, accountId, grants }, 'suggestion:read-all', subjectOfMeeting(meeting)))
        throw new AppError('conflict', 'of-the-room')
      const deviceId = (await traceOf(accountId))?.deviceId ?? null
      const row = {
        id,
        meetingId,
        accountId,
        deviceId,
        name,
        reason,
        at: now().toISOString(),
        byName: actor.name,
        liftedAt: null,
        liftedByName: null,
      }
      return db.transaction(async (tx) => {
        if (!(await store.insertBarred(tx, row))) return sameBar(await store.findBarred(tx, id), row)
        await audit.record(tx, actor, 'guard:bar', suggestionId, { meetingId, barredDeviceId: id, reason })
        const barred = store.barredDeviceOf(row)
        publish(tx, meetingId, ['chair'], 'guard:barred', barred)
        tx.afterCommit(() => onChange(meetingId))
        return barred
      })
    },

    async unbar(actor: Actor, { barredDeviceId }: { barredDeviceId: string }): Promise<BarredDevice> {
      signedIn(actor)
      const { meetingId, ...known } = found(await store.findBarred(db.reader, barredDeviceId), 'no-such-bar')
      await meetings.require(db.reader, actor, 'guard:defend', meetingId)
      return db.transaction(async (tx) => {
        const lifted = await store.liftBarred(tx, barredDeviceId, now().toISOString(), actor.name)
        if (!lifted) return store.barredDeviceOf((await store.findBarred(tx, barredDeviceId)) ?? { meetingId, ...known })
        await audit.record(tx, actor, 'guard:unbar', barredDeviceId, { meetingId })
        publish(tx, meetingId, ['chair'], 'guard:barred', store.barredDeviceOf(lifted))
        tx.afterCommit(() => onChange(meetingId))
        return store.barredDeviceOf(lifted)
      })
    },

    async barred(actor: Actor, { meetingId }: { meetingId: string }): Promise<BarredDevice[]> {
      allow(actor, 'guard:defend', subjectOfMeeting(await meetings.byId(db.reader, meetingId)))
      return (await store.listBarred(db.reader, meetingId)).map(store.barredDeviceOf)
    },
  }
}

function sameBar(known: store.BarredRow | undefined, row: store.BarredRow): BarredDevice {
  if (known?.meetingId !== row.meetingId || known.accountId !== row.accountId) throw new AppError('conflict', 'id-taken')
  return store.barredDeviceOf(known)
}
