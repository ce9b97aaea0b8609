import { and, eq, gt } from 'drizzle-orm'
import { AppError, found } from '../../shared/errors.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import { type Claim, claimMs } from '../../shared/queue.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { Publish } from '../transport/publish.ts'
import { claims, suggestions } from './schema.ts'
import * as store from './store.ts'

type Deps = { db: Db; meetings: Pick<MeetingService, 'require'>; publish: Publish; now: () => Date }

/** Who works on which suggestion. Claims are leases that end by themselves; they leave no trace in the audit trail, what is decided does. */
export function createClaims({ db, meetings, publish, now }: Deps) {
  async function requireModerated(tx: Tx, actor: Actor, suggestionId: string): Promise<store.Row> {
    signedIn(actor)
    const [row] = await store.lockSuggestions(tx, [suggestionId])
    const suggestion = found(row, 'no-such-suggestion')
    await meetings.require(tx, actor, 'suggestion:moderate', suggestion.meetingId)
    return suggestion
  }

  /** The claim of somebody else that still holds. */
  async function othersClaim(reader: Reader, accountId: string, suggestionId: string): Promise<Claim | undefined> {
    const [claim] = await reader.select().from(claims).where(eq(claims.suggestionId, suggestionId))
    return claim && claim.accountId !== accountId && claim.until > now().toISOString() ? claim : undefined
  }

  /** @throws AppError `conflict` while somebody else works on it. */
  async function requireFree(reader: Reader, actor: Actor, suggestionId: string) {
    if (await othersClaim(reader, signedIn(actor), suggestionId)) throw new AppError('conflict', 'claimed')
  }

  return {
    requireFree,

    claim: (actor: Actor, { suggestionId, takeOver }: { suggestionId: string; takeOver: boolean }): Promise<Claim> =>
      db.transaction(async (tx) => {
        const accountId = signedIn(actor)
        const { meetingId } = await requireModerated(tx, actor, suggestionId)
        if (!takeOver) await requireFree(tx, actor, suggestionId)
        const claim = { suggestionId, accountId, name: actor.name, until: new Date(now().getTime() + claimMs).toISOString() }
        await tx.insert(claims).values(claim).onConflictDoUpdate({ target: claims.suggestionId, set: claim })
        publish(tx, meetingId, ['chair'], 'queue:claimed', claim)
        return claim
      }),

    release: (actor: Actor, { suggestionId }: { suggestionId: string }) =>
      db.transaction(async (tx) => {
        const accountId = signedIn(actor)
        const { meetingId } = await requireModerated(tx, actor, suggestionId)
        const [claim] = await tx
          .delete(claims)
          .where(and(eq(claims.suggestionId, suggestionId), eq(claims.accountId, accountId)))
          .returning()
        if (claim) publish(tx, meetingId, ['chair'], 'queue:claimed', { ...claim, until: now().toISOString() })
        return { released: claim !== undefined }
      }),

    async ofMeeting(reader: Reader, meetingId: string): Promise<Claim[]> {
      const rows = await reader
        .select({ claim: claims })
        .from(claims)
        .innerJoin(suggestions, eq(suggestions.id, claims.suggestionId))
        .where(and(eq(suggestions.meetingId, meetingId), gt(claims.until, now().toISOString())))
      return rows.map(({ claim }) => claim)
    },
  }
}
