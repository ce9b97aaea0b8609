import { v7 } from 'uuid'
import { AppError, found } from '../../shared/errors.ts'
import type { Notice, NoticeKind, NoticeSettings } from '../../shared/notifications.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { createPublisher } from '../transport/publish.ts'
import { hashOfToken } from './links.ts'
import type { createMailing } from './mailing.ts'
import * as store from './store.ts'

export type NotificationService = ReturnType<typeof createNotificationService>

type Deps = {
  db: Db
  audit: AuditService
  mailing: Pick<ReturnType<typeof createMailing>, 'possible' | 'writeSoon' | 'askToConfirm'>
  publishTo: ReturnType<typeof createPublisher>['publishTo']
  now: () => Date
}

/** Between two letters that ask somebody to confirm: nobody's mailbox is filled from here. */
const betweenLettersMs = 60_000

/** Whoever has to hear of something does: in the application at once, and by e-mail as they chose. */
export function createNotificationService({ db, audit, mailing, publishTo, now }: Deps) {
  const settingsOf = async (accountId: string): Promise<NoticeSettings> => ({
    mailPossible: mailing.possible,
    ...(await store.readSettings(db.reader, accountId)),
  })

  /** @throws AppError `not-signed-in`, or `not-allowed` for a visitor, who has no place to be told in but the receipt. */
  function member(actor: Actor): string {
    const accountId = signedIn(actor)
    if (actor.anonymous) throw new AppError('not-allowed', 'needs-an-account')
    return accountId
  }

  return {
    /** Within the transaction that changes something: tells these accounts of it once that is stored. Visitors among them have their receipts. */
    async notify(tx: Tx, { to, kind, about }: { to: readonly string[]; kind: NoticeKind; about: Notice['about'] }) {
      const readers = await store.listReaders(tx, [...new Set(to)], kind)
      if (readers.length === 0) return
      const at = now().toISOString()
      const rows = readers.map(({ accountId, rhythm }) => ({ id: v7(), accountId, kind, about, at, rhythm }))
      await store.insertNotices(tx, rows)
      for (const { id, accountId } of rows) publishTo(tx, accountId, 'notice:came', { id, kind, about, at, readAt: null })
      await mailing.writeSoon(
        tx,
        readers.filter(({ rhythm }) => rhythm === 'at-once').map(({ accountId }) => accountId),
      )
    },

    async list(actor: Actor, { before, limit }: { before?: string | undefined; limit: number }) {
      const accountId = member(actor)
      const [unread, notices] = await Promise.all([
        store.countUnread(db.reader, accountId),
        store.listNotices(db.reader, accountId, before, limit),
      ])
      return { unread, notices }
    },

    async read(actor: Actor, { upTo, ids }: { upTo: string; ids?: string[] | undefined }) {
      const accountId = member(actor)
      await db.transaction((tx) => store.markRead(tx, accountId, { upTo, ids, at: now().toISOString() }))
      return { unread: await store.countUnread(db.reader, accountId) }
    },

    settings: async (actor: Actor): Promise<NoticeSettings> => settingsOf(member(actor)),

    async choose(actor: Actor, { language, rhythms }: Pick<NoticeSettings, 'language' | 'rhythms'>): Promise<NoticeSettings> {
      const accountId = member(actor)
      await db.transaction(async (tx) => {
        await store.putSettings(tx, accountId, { language, rhythms })
        await audit.record(tx, actor, 'notice:choose', accountId, { language, rhythms })
      })
      return settingsOf(accountId)
    },

    /** @throws AppError `conflict` where no server of letters is set, `too-many-requests` for a second letter within a minute. */
    async setEmail(actor: Actor, { email }: { email: string }): Promise<NoticeSettings> {
      const accountId = member(actor)
      if (!mailing.possible) throw new AppError('conflict', 'no-mail-here')
      const at = now()
      await db.transaction(async (tx) => {
        const { email: known } = await store.readSettings(tx, accountId)
        if (known === email) return store.putSettings(tx, accountId, { unconfirmed: null, tokenHash: null })
        const before = new Date(at.getTime() - betweenLettersMs).toISOString()
        if (!(await store.askForEmail(tx, accountId, email, { at: at.toISOString(), before })))
          throw new AppError('too-many-requests', 'letter-just-sent', undefined, { retryAfterMs: betweenLettersMs })
        // The trail says that it was changed; the address is nobody else's business.
        await audit.record(tx, actor, 'email:set', accountId)
        await mailing.askToConfirm(tx, accountId)
      })
      return settingsOf(accountId)
    },

    /** @throws AppError `not-found` for a link that was never sent, was used, or is older than two days. */
    async confirmEmail(actor: Actor, { token }: { token: string }) {
      const { email } = await db.transaction(async (tx) => {
        const confirmed = found(await store.confirmEmail(tx, hashOfToken(token), now().toISOString()), 'no-such-confirmation')
        await audit.record(tx, actor, 'email:confirm', confirmed.accountId)
        return confirmed
      })
      return { email }
    },

    async removeEmail(actor: Actor): Promise<NoticeSettings> {
      const accountId = member(actor)
      await db.transaction(async (tx) => {
        await store.putSettings(tx, accountId, { email: null, unconfirmed: null, tokenHash: null })
        await audit.record(tx, actor, 'email:remove', accountId)
      })
      return settingsOf(accountId)
    },
  }
}
