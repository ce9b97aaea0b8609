import { and, eq } from 'drizzle-orm'
import { AppError } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, can, signedIn } from '../../shared/policy.ts'
import type { Db } from '../db/db.ts'
import { participants } from '../meetings/schema.ts'
import { bars, chairings, lobbyEntries } from './schema.ts'

export type Door = ReturnType<typeof createDoor>

/** Who stands at the room's door for the chair. It asks the database each time: what the chair decided holds on every node at once. */
export function createDoor({ db }: { db: Db }) {
  const refuse = (reason: 'barred' | 'room-locked' | 'in-the-lobby') => new AppError('not-allowed', reason)

  /** How one account stands with one meeting, in one round trip. */
  async function standing(meetingId: string, accountId: string) {
    const mine = (table: typeof bars | typeof lobbyEntries | typeof participants) =>
      and(eq(table.meetingId, chairings.meetingId), eq(table.accountId, accountId))
    const [row] = await db.reader
      .select({
        entry: chairings.entry,
        locked: chairings.locked,
        barredAt: bars.at,
        lobby: lobbyEntries.status,
        participantId: participants.id,
      })
      .from(chairings)
      .leftJoin(bars, mine(bars))
      .leftJoin(lobbyEntries, mine(lobbyEntries))
      .leftJoin(participants, mine(participants))
      .where(eq(chairings.meetingId, meetingId))
    return row
  }

  return {
    /**
     * The chair's side always passes, and whoever is barred never. Who was in the room before may come back, unless sent out
     * since; everybody else finds the room locked, or waits in the lobby, where there is one.
     * @throws AppError `not-allowed`: `barred`, `room-locked` or `in-the-lobby`.
     */
    async check(actor: Actor, meeting: Meeting): Promise<void> {
      if (can(actor, 'room:chair', subjectOfMeeting(meeting))) return
      const how = await standing(meeting.id, signedIn(actor))
      if (!how) return
      if (how.barredAt !== null) throw refuse('barred')
      if (how.lobby === 'admitted' || (how.participantId !== null && how.lobby === null)) return
      if (how.locked) throw refuse('room-locked')
      if (how.entry === 'lobby') throw refuse('in-the-lobby')
    },
  }
}
