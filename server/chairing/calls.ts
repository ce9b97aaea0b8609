import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Call, Desk as DeskState } from '../../shared/chairing.ts'
import { AppError, found } from '../../shared/errors.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import type { Tx } from '../db/db.ts'
import { participants } from '../meetings/schema.ts'
import { requireLive } from '../meetings/service.ts'
import type { ChairingDeps, Desk } from './desk.ts'
import { calls } from './schema.ts'
import * as store from './store.ts'

/** What one person may have lying unanswered before the chair. */
const maxOpen = 20

/** Private words to the chair, and calls for technical help: for the chair's side and their author, nobody else. */
export function createCalls({ db, audit, meetings, publisher, now, desk }: ChairingDeps & { desk: Desk }) {
  const find = async (tx: Tx, id: string) => (await store.selectCalls(tx).where(eq(calls.id, id)))[0]

  return {
    async mine(actor: Actor, { meetingId }: { meetingId: string }): Promise<Call[]> {
      await meetings.require(db.reader, actor, 'room:enter', meetingId)
      const own = and(eq(calls.meetingId, meetingId), eq(participants.accountId, signedIn(actor)))
      return store.selectCalls(db.reader).where(own).orderBy(desc(calls.at)).limit(100)
    },

    /** @throws AppError `conflict` for somebody who never entered the room. */
    send: (actor: Actor, { id, meetingId, kind, text }: Pick<Call, 'id' | 'meetingId' | 'kind' | 'text'>): Promise<Call> =>
      db.transaction(async (tx) => {
        await meetings.require(tx, actor, 'room:enter', meetingId)
        await store.lockChairing(tx, meetingId)
        requireLive(await meetings.byId(tx, meetingId))
        const author = await store.findParticipant(tx, meetingId, { accountId: signedIn(actor) })
        if (!author) throw new AppError('conflict', 'not-in-the-room')
        const known = await find(tx, id)
        if (known?.meetingId === meetingId && known.accountId === actor.accountId) return known
        if (known) throw new AppError('conflict', 'id-taken')
        if ((await store.openCallsOf(tx, author.id)) >= maxOpen) throw new AppError('too-many-requests', 'too-many-calls')
        await tx.insert(calls).values({ id, meetingId, participantId: author.id, kind, text, at: now().toISOString() })
        await audit.record(tx, actor, 'call:send', id, { meetingId, kind })
        await desk.tellDesk(tx, meetingId)
        return found(await find(tx, id), 'no-such-call')
      }),

    done: async (actor: Actor, { callId }: { callId: string }): Promise<DeskState> => {
      const [known] = await db.reader.select({ meetingId: calls.meetingId }).from(calls).where(eq(calls.id, callId))
      const { meetingId } = found(known, 'no-such-call')
      return desk.chairing(actor, meetingId, async (tx) => {
        const settled = await tx
          .update(calls)
          .set({ doneAt: now().toISOString() })
          .where(and(eq(calls.id, callId), isNull(calls.doneAt)))
          .returning()
        if (settled.length === 0) return store.readDesk(tx, meetingId)
        await audit.record(tx, actor, 'call:done', callId, { meetingId })
        const call = found(await find(tx, callId), 'no-such-call')
        publisher.publishTo(tx, call.accountId, 'call:changed', call)
        return desk.tellDesk(tx, meetingId)
      })
    },
  }
}
