import { v7 } from 'uuid'
import { AppError, found } from '../../shared/errors.ts'
import type { NoticeAbout, NoticeKind, NoticeLanguage } from '../../shared/notifications.ts'
import { type Actor, allow, program } from '../../shared/policy.ts'
import type { LetterState } from '../../shared/suggestions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { GuardService } from '../guard/service.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { addressesOn, hashOfToken, newToken } from '../notifications/links.ts'
import type { Mailer } from '../notifications/mailer.ts'
import { askLetter, tellLetter } from './letter-texts.ts'
import * as letters from './letters-store.ts'
import { findByReceipt } from './store.ts'

export type ReceiptLetters = ReturnType<typeof createReceiptLetters>

type Deps = {
  db: Db
  audit: Pick<AuditService, 'record'>
  guard: Pick<GuardService, 'requireLookUp' | 'missed'>
  jobs: Jobs
  mailer: Mailer | null
  publicUrl: string | undefined
  now: () => Date
}
type Told = { kind: NoticeKind; about: Omit<NoticeAbout, 'link'>; last: boolean }

const dayMs = 86_400_000
/** Within which the first letter has to be answered. */
const tokenLastsMs = 2 * dayMs
/** What nobody answered within that is forgotten, too. */
const keptMs = 366 * dayMs
const betweenLettersMs = 60_000
/** Nobody's mailbox is filled from here: letters that wait to be answered by one address, and addresses of one receipt. */
const mostUnanswered = 3
const mostAddresses = 3
const askJob = 'receipt-ask-letter'
const tellJob = 'receipt-letter'
const everyNight = '30 3 * * *'

/**
 * Whoever holds a receipt may leave an address for the answer. It counts once its owner has answered a letter, is shown to nobody, not
 * even to whoever left it, stands neither in the trail nor in a job, and is deleted with the letter that tells of the last answer.
 */
export function createReceiptLetters({ db, audit, guard, jobs, mailer, publicUrl, now }: Deps) {
  const addressOf = addressesOn(publicUrl)
  const instant = (fromNowMs = 0) => new Date(now().getTime() + fromNowMs).toISOString()

  jobs.work<{ id: string }>(askJob, async ({ id }) => {
    const row = await letters.find(db.reader, id)
    if (!mailer || !row || row.confirmedAt !== null) return
    // Made here, so that it stands nowhere but in the letter; stored before that is on its way.
    const token = newToken()
    await db.transaction((tx) => letters.update(tx, id, { tokenHash: hashOfToken(token), tokenUntil: instant(tokenLastsMs) }))
    const { email, language, stopToken } = row
    await mailer.send({ to: email, ...askLetter({ token, stopToken, language, addressOf }) })
  })
  jobs.work<Told & { id: string }>(tellJob, async ({ id, kind, about, last }) => {
    if (!mailer) return
    await db.transaction(async (tx) => {
      const row = await letters.lock(tx, id)
      if (!row?.confirmedAt) return
      const { email, language, stopToken, receipt, suggestionId } = row
      if (last) {
        await letters.remove(tx, id)
        await audit.record(tx, program, 'letters:forget', suggestionId)
      }
      // Sent before the commit: what dies between the two is written twice rather than never.
      await mailer.send({ to: email, ...tellLetter({ kind, about, receipt, last, stopToken, language, addressOf }) })
    })
  })
  const forgetOld = () =>
    db.transaction((tx) => letters.removeOld(tx, { unconfirmedBefore: instant(-tokenLastsMs), confirmedBefore: instant(-keptMs) }))
  jobs.schedule('old-receipt-letters', everyNight, forgetOld)

  async function suggestionOf(actor: Actor, receipt: string) {
    // As for looking one up: nobody may find receipts by trying.
    await guard.requireLookUp(actor, receipt)
    const known = await findByReceipt(db.reader, receipt)
    if (!known) await guard.missed(actor)
    return found(known, 'no-such-receipt')
  }

  const tooSoon = () => new AppError('too-many-requests', 'letter-just-sent', undefined, { retryAfterMs: betweenLettersMs })

  async function ask(tx: Tx, actor: Actor, suggestionId: string, email: string, language: NoticeLanguage): Promise<LetterState> {
    await letters.lockEmail(tx, email)
    const known = await letters.findOf(tx, suggestionId, email)
    if (known?.confirmedAt) return 'confirmed'
    if (known && known.askedAt > instant(-betweenLettersMs)) throw tooSoon()
    if ((await letters.countUnanswered(tx, email, instant(-dayMs))) >= mostUnanswered) throw tooSoon()
    if (!known && (await letters.countOf(tx, suggestionId)) >= mostAddresses) throw new AppError('conflict', 'enough-addresses')
    const id = known?.id ?? v7()
    const asked = { language, askedAt: instant(), tokenHash: null, tokenUntil: null }
    if (known) await letters.update(tx, id, asked)
    else await letters.insert(tx, { id, suggestionId, email, stopToken: newToken(), ...asked })
    await jobs.send(tx, askJob, { id })
    await audit.record(tx, actor, 'letters:ask', suggestionId)
    return 'unconfirmed'
  }

  return {
    forgetOld,

    async stateOf(reader: Reader, suggestionId: string): Promise<LetterState> {
      if (!mailer) return 'impossible'
      const known = await letters.listOf(reader, suggestionId)
      if (known.some(({ confirmedAt }) => confirmedAt !== null)) return 'confirmed'
      return known.length > 0 ? 'unconfirmed' : 'none'
    },

    /** @throws AppError `conflict` where no letters are sent, `not-found` for no receipt, `too-many-requests` for one letter after another. */
    async ask(actor: Actor, { receipt, email, language }: { receipt: string; email: string; language: NoticeLanguage }) {
      allow(actor, 'letters:ask')
      if (!mailer) throw new AppError('conflict', 'no-mail-here')
      const { id } = await suggestionOf(actor, receipt)
      return { letters: await db.transaction((tx) => ask(tx, actor, id, email, language)) }
    },

    /** @throws AppError `not-found` for a link that was never sent, is too old, or whose address was taken back. */
    async confirm(actor: Actor, { token }: { token: string }): Promise<{ letters: LetterState }> {
      await db.transaction(async (tx) => {
        const row = found(await letters.findByToken(tx, hashOfToken(token)), 'no-such-confirmation')
        if (row.confirmedAt !== null) return
        if (row.tokenUntil === null || row.tokenUntil < instant()) throw new AppError('not-found', 'no-such-confirmation')
        await letters.update(tx, row.id, { confirmedAt: instant() })
        await audit.record(tx, actor, 'letters:confirm', row.suggestionId)
      })
      return { letters: 'confirmed' }
    },

    /** Of a link that is known no more there is nothing left to stop. */
    async stop(actor: Actor, { token }: { token: string }): Promise<{ letters: LetterState }> {
      await db.transaction(async (tx) => {
        const row = await letters.removeByStopToken(tx, token)
        if (row) await audit.record(tx, actor, 'letters:stop', row.suggestionId)
      })
      return { letters: 'none' }
    },

    /** Within the transaction of an answer: those who left an address for these suggestions, or for what was merged into them, are told. */
    async tell(tx: Tx, suggestionIds: readonly string[], told: Told) {
      if (!mailer) return
      for (const id of await letters.listConfirmed(tx, suggestionIds)) await jobs.send(tx, tellJob, { id, ...told })
    },
  }
}
