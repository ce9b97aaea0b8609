import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { RollCall } from '../../shared/chairing.ts'
import { AppError, found } from '../../shared/errors.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import type { Reader, Tx } from '../db/db.ts'
import { participants, sites } from '../meetings/schema.ts'
import type { ChairingDeps, Desk } from './desk.ts'
import { rollCallNames, rollCalls } from './schema.ts'
import * as store from './store.ts'

/** Calling the roll: the chair begins, and each voting member answers from their own screen. */
export function createRollCalls({ db, audit, meetings, publisher, now, desk }: ChairingDeps & { desk: Desk }) {
  const meetingOf = async (reader: Reader, id: string) => {
    const [row] = await reader.select({ meetingId: rollCalls.meetingId }).from(rollCalls).where(eq(rollCalls.id, id))
    return found(row, 'no-such-roll-call').meetingId
  }

  async function tell(tx: Tx, id: string): Promise<RollCall> {
    await tx
      .update(rollCalls)
      .set({ version: sql`${rollCalls.version} + 1` })
      .where(eq(rollCalls.id, id))
    const rollCall = found((await read(tx, [id]))[0], 'no-such-roll-call')
    publisher.publish(tx, rollCall.meetingId, ['room'], 'roll-call:changed', rollCall)
    return rollCall
  }

  async function end(tx: Tx, actor: Actor, id: string): Promise<boolean> {
    const running = and(eq(rollCalls.id, id), isNull(rollCalls.endedAt))
    const ended = await tx.update(rollCalls).set({ endedAt: now().toISOString() }).where(running).returning()
    if (ended.length > 0) await audit.record(tx, actor, 'roll-call:end', id, { meetingId: ended[0]!.meetingId })
    return ended.length > 0
  }

  const running = async (reader: Reader, meetingId: string) =>
    (
      await reader
        .select({ id: rollCalls.id })
        .from(rollCalls)
        .where(and(eq(rollCalls.meetingId, meetingId), isNull(rollCalls.endedAt)))
    )[0]

  meetings.onEnd(async (tx, actor, meeting) => {
    await store.lockChairing(tx, meeting.id)
    const open = await running(tx, meeting.id)
    if (open && (await end(tx, actor, open.id))) await tell(tx, open.id)
  })

  return {
    async list(actor: Actor, { meetingId }: { meetingId: string }): Promise<RollCall[]> {
      await meetings.require(db.reader, actor, 'room:enter', meetingId)
      const rows = await db.reader
        .select({ id: rollCalls.id })
        .from(rollCalls)
        .where(eq(rollCalls.meetingId, meetingId))
        .orderBy(desc(rollCalls.startedAt))
        .limit(50)
      return read(
        db.reader,
        rows.map(({ id }) => id),
      )
    },

    /** @throws AppError `conflict` while another runs. */
    start: (actor: Actor, { id, meetingId }: { id: string; meetingId: string }): Promise<RollCall> =>
      desk.chairingLive(actor, meetingId, async (tx) => {
        const [known] = await read(tx, [id])
        if (known?.meetingId === meetingId) return known
        if (known) throw new AppError('conflict', 'id-taken')
        if (await running(tx, meetingId)) throw new AppError('conflict', 'roll-call-runs')
        await tx.insert(rollCalls).values({ id, meetingId, startedAt: now().toISOString() })
        const there = await store.presentVoters(tx, meetingId)
        if (there.length > 0) await tx.insert(rollCallNames).values(there.map((participantId) => ({ rollCallId: id, participantId })))
        await audit.record(tx, actor, 'roll-call:start', id, { meetingId })
        return tell(tx, id)
      }),

    /** @throws AppError `conflict` for somebody who is not in the room, or once it has ended. */
    answer: (actor: Actor, { rollCallId }: { rollCallId: string }): Promise<RollCall> =>
      db.transaction(async (tx) => {
        const meetingId = await meetingOf(tx, rollCallId)
        await meetings.require(tx, actor, 'vote:cast', meetingId)
        await store.lockChairing(tx, meetingId)
        const [rollCall] = await read(tx, [rollCallId])
        const self = await store.findParticipant(tx, meetingId, { accountId: signedIn(actor) })
        if (!self?.present) throw new AppError('conflict', 'not-in-the-room')
        if (rollCall?.names.some(({ participantId, answeredAt }) => participantId === self.id && answeredAt)) return rollCall
        if (rollCall?.endedAt) throw new AppError('conflict', 'roll-call-over')
        const answeredAt = now().toISOString()
        await tx
          .insert(rollCallNames)
          .values({ rollCallId, participantId: self.id, answeredAt })
          .onConflictDoUpdate({ target: [rollCallNames.rollCallId, rollCallNames.participantId], set: { answeredAt } })
        await audit.record(tx, actor, 'roll-call:answer', rollCallId, { meetingId })
        return tell(tx, rollCallId)
      }),

    end: async (actor: Actor, { rollCallId }: { rollCallId: string }): Promise<RollCall> => {
      const meetingId = await meetingOf(db.reader, rollCallId)
      return desk.chairing(actor, meetingId, async (tx) => {
        if (await end(tx, actor, rollCallId)) return tell(tx, rollCallId)
        return found((await read(tx, [rollCallId]))[0], 'no-such-roll-call')
      })
    },
  }
}

/** Roll calls whole, in the order of `ids`. */
async function read(reader: Reader, ids: string[]): Promise<RollCall[]> {
  if (ids.length === 0) return []
  const rows = await reader.select().from(rollCalls).where(inArray(rollCalls.id, ids))
  const names = await reader
    .select({
      rollCallId: rollCallNames.rollCallId,
      participantId: rollCallNames.participantId,
      name: participants.name,
      siteName: sites.name,
      answeredAt: rollCallNames.answeredAt,
    })
    .from(rollCallNames)
    .innerJoin(participants, eq(participants.id, rollCallNames.participantId))
    .leftJoin(sites, eq(sites.id, participants.siteId))
    .where(inArray(rollCallNames.rollCallId, ids))
    .orderBy(asc(participants.name), asc(participants.id))
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id)
    const own = names.filter(({ rollCallId }) => rollCallId === id).map(({ rollCallId: _, ...name }) => name)
    return row ? [{ ...row, names: own }] : []
  })
}
