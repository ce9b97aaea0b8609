import { and, eq, inArray, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { type Actor, allow, signedIn } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { GuardService } from '../guard/service.ts'
import { type MeetingService, requireLive } from '../meetings/service.ts'
import type { Counter } from './counter.ts'
import { isLate, lockPerson } from './lateness.ts'
import { supports } from './schema.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'byId'>
  guard: Pick<GuardService, 'admit'>
  counter: Pick<Counter, 'touch'>
  now: () => Date
}
type Support = { suggestionId: string; supported: boolean; commandId?: string | undefined }

/** Who supports what. Support counts for a suggestion and for whatever it is merged into. */
export function createSupports({ db, audit, meetings, guard, counter, now }: Deps) {
  return {
    /** Taking support back takes it from all that are merged together, since that is what the person sees as one. */
    support: (actor: Actor, { suggestionId, supported, commandId = v7() }: Support) =>
      db.transaction(async (tx) => {
        allow(actor, 'suggestion:support')
        const accountId = signedIn(actor)
        const { suggestion, group } = await store.requirePeoples(tx, suggestionId)
        requireLive(await meetings.byId(tx, suggestion.meetingId))
        await guard.admit(tx, actor, suggestion.meetingId)
        await lockPerson(tx, accountId)
        const mine = await readMine(tx, accountId, group)
        const had = mine.filter((row) => row.supported).map((row) => row.suggestionId)
        const followed = mine.map((row) => row.commandId)
        if (isLate(followed, commandId, now())) return { suggestionId, supported: had.length > 0 }
        const given = supported ? [suggestionId] : [...new Set([suggestionId, ...had])]
        await putSupports(tx, given, { accountId, supported, commandId, at: now().toISOString() })
        const suggestionIds = given.filter((id) => had.includes(id) !== supported)
        if (suggestionIds.length === 0) return { suggestionId, supported }
        const { meetingId } = suggestion
        await audit.record(tx, actor, 'suggestion:support', suggestionId, { meetingId, supported, suggestionIds })
        tx.afterCommit(() => counter.touch(meetingId, suggestionIds))
        return { suggestionId, supported }
      }),

    async mySupports(actor: Actor, { meetingId }: { meetingId: string }): Promise<string[]> {
      if (actor.accountId === null) return []
      const { rows } = await db.reader.execute<{ id: string }>(sql`
        select distinct coalesce(suggestion.merged_into_id, suggestion.id) as id
        from supports support join suggestions suggestion on suggestion.id = support.suggestion_id
        where support.account_id = ${actor.accountId} and support.supported and suggestion.meeting_id = ${meetingId}`)
      return rows.map(({ id }) => id)
    },
  }
}

const readMine = (reader: Reader, accountId: string, suggestionIds: string[]) =>
  reader
    .select()
    .from(supports)
    .where(and(eq(supports.accountId, accountId), inArray(supports.suggestionId, suggestionIds)))

async function putSupports(tx: Tx, suggestionIds: string[], change: Omit<typeof supports.$inferInsert, 'suggestionId'>) {
  await tx
    .insert(supports)
    .values(suggestionIds.map((suggestionId) => ({ suggestionId, ...change })))
    .onConflictDoUpdate({ target: [supports.suggestionId, supports.accountId], set: change })
}
