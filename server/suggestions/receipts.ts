import { desc, eq, inArray, sql } from 'drizzle-orm'
import { AppError, found } from '../../shared/errors.ts'
import { type Actor, allow, signedIn } from '../../shared/policy.ts'
import type { KeptReceipt, ReceiptStep } from '../../shared/suggestions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { GuardService } from '../guard/service.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { Counter } from './counter.ts'
import { lockPerson } from './lateness.ts'
import { receiptClaims, suggestions, supports } from './schema.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'byId'>
  guard: Pick<GuardService, 'requireLookUp' | 'missed'>
  counter: Pick<Counter, 'touch'>
  /** A suggestion's whole way, newest first. */
  stepsOf(row: store.Row): Promise<ReceiptStep[]>
  now: () => Date
}

const mostKept = 30

/**
 * Receipts that somebody keeps with an account. A receipt proves that one holds it, not that one wrote the words: claiming it
 * moves nothing, several may keep the same one, and only for that suggestion is the claimant taken for its author, who already
 * counts as wanting it. Accounts become one person in another way: when an anonymous visitor signs in, in the same browser.
 */
export function createReceipts({ db, audit, meetings, guard, counter, stepsOf, now }: Deps) {
  async function kept(row: store.Row): Promise<KeptReceipt> {
    const { title } = await meetings.byId(db.reader, row.meetingId)
    const [latest] = await stepsOf(row)
    return { suggestion: store.publicSuggestionOf(row), receipt: row.receipt, meetingTitle: title, latest: latest! }
  }

  return {
    /** @throws AppError `not-allowed` for a visitor without an account, `not-found` for a receipt that nobody was given. */
    async keepReceipt(actor: Actor, { receipt }: { receipt: string }): Promise<KeptReceipt> {
      allow(actor, 'receipt:claim')
      if (actor.anonymous) throw new AppError('not-allowed', 'needs-an-account')
      const accountId = signedIn(actor)
      // As for looking one up: nobody may find receipts by trying.
      await guard.requireLookUp(actor, receipt)
      const known = await store.findByReceipt(db.reader, receipt)
      if (!known) await guard.missed(actor)
      const row = found(known, 'no-such-receipt')
      if (row.authorId !== accountId) {
        await db.transaction(async (tx) => {
          const claimed = await tx
            .insert(receiptClaims)
            .values({ suggestionId: row.id, accountId, at: now().toISOString() })
            .onConflictDoNothing()
            .returning({ suggestionId: receiptClaims.suggestionId })
          if (claimed.length === 0) return
          await audit.record(tx, actor, 'receipt:claim', row.id, { meetingId: row.meetingId })
          tx.afterCommit(() => counter.touch(row.meetingId, [row.id]))
        })
      }
      return kept(row)
    },

    /** What somebody wrote or keeps, the one with the newest step first. */
    async myReceipts(actor: Actor): Promise<KeptReceipt[]> {
      if (actor.accountId === null || actor.anonymous) return []
      const list = await Promise.all((await listKept(db.reader, actor.accountId)).map(kept))
      return list.sort((a, b) => b.latest.at.localeCompare(a.latest.at))
    },

    /** What an anonymous visitor wrote and supported is from now on the account's; what both supported counts once. */
    async unite(tx: Tx, from: string, to: string) {
      for (const accountId of [from, to].sort()) await lockPerson(tx, accountId)
      const written = await tx
        .update(suggestions)
        .set({ authorId: to })
        .where(eq(suggestions.authorId, from))
        .returning({ id: suggestions.id, meetingId: suggestions.meetingId })
      await tx.execute(sql`
        insert into ${supports} as known (suggestion_id, account_id, supported, at, command_id)
        select suggestion_id, ${to}, supported, at, command_id from ${supports} where account_id = ${from}
        on conflict (suggestion_id, account_id) do update
          set supported = excluded.supported, at = excluded.at, command_id = excluded.command_id
          where known.command_id < excluded.command_id`)
      const supported = await tx.delete(supports).where(eq(supports.accountId, from)).returning({ id: supports.suggestionId })
      const also = await meetingsOf(
        tx,
        supported.map(({ id }) => id),
      )
      tx.afterCommit(() => {
        for (const { id, meetingId } of [...written, ...also]) counter.touch(meetingId, [id])
      })
    },
  }
}

const meetingsOf = (reader: Reader, ids: string[]) =>
  ids.length === 0
    ? []
    : reader.select({ id: suggestions.id, meetingId: suggestions.meetingId }).from(suggestions).where(inArray(suggestions.id, ids))

const listKept = (reader: Reader, accountId: string): Promise<store.Row[]> =>
  reader
    .select()
    .from(suggestions)
    .where(
      sql`${suggestions.authorId} = ${accountId} or ${suggestions.id} in (${reader
        .select({ id: receiptClaims.suggestionId })
        .from(receiptClaims)
        .where(eq(receiptClaims.accountId, accountId))})`,
    )
    .orderBy(desc(suggestions.createdAt))
    .limit(mostKept)
