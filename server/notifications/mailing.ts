import type { Logger } from 'pino'
import type { Rhythm } from '../../shared/notifications.ts'
import type { Db, Tx } from '../db/db.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { confirmLetter, noticeLetter } from './letters.ts'
import { addressesOn, hashOfToken, newToken } from './links.ts'
import type { Mailer } from './mailer.ts'
import * as store from './store.ts'

type Deps = { db: Db; jobs: Jobs; mailer: Mailer | null; publicUrl: string | undefined; now: () => Date; log: Logger }

const dayMs = 86_400_000
const tokenLastsMs = 2 * dayMs
const atOnceJob = 'notice-letters'
const confirmJob = 'confirm-letter'
/** At eight in the morning, China's time. */
const everyMorning = '0 8 * * *'

/** Brings notices to people's mailboxes: at once, or gathered in one letter a day or a week. */
export function createMailing({ db, jobs, mailer, publicUrl, now, log }: Deps) {
  const addressOf = addressesOn(publicUrl)

  /** Everything that waits for somebody, in one letter. What comes while the server of letters is away is in it too. */
  async function write(accountId: string, rhythm: Rhythm) {
    if (!mailer) return
    await db.transaction(async (tx) => {
      const waiting = await store.lockUnmailed(tx, accountId, rhythm)
      if (waiting.length === 0) return
      const { email, language } = await store.readSettings(tx, accountId)
      await store.markMailed(
        tx,
        waiting.map(({ id }) => id),
        now().toISOString(),
      )
      // Sent before the commit: what dies between the two is written twice rather than never.
      if (email !== null) await mailer.send({ to: email, ...noticeLetter(waiting, { language, addressOf }) })
    })
  }

  async function gather() {
    const at = now()
    const monday = new Date(at.getTime() + 8 * 3_600_000).getUTCDay() === 1
    const due = [
      ...(await store.listWaiting(db.reader, 'daily')).map(({ accountId }) => ({ accountId, rhythm: 'daily' as const })),
      // Where no program ran on a Monday, the week's letter comes on the next morning.
      ...(await store.listWaiting(db.reader, 'weekly'))
        .filter(({ since }) => monday || at.getTime() - Date.parse(since) > 7 * dayMs)
        .map(({ accountId }) => ({ accountId, rhythm: 'weekly' as const })),
    ]
    await db.transaction(async (tx) => {
      for (const one of due) await jobs.send(tx, atOnceJob, { accountIds: [one.accountId], rhythm: one.rhythm })
    })
    log.info({ letters: due.length }, 'letters of the morning')
  }

  jobs.work<{ accountIds: string[]; rhythm: Rhythm }>(atOnceJob, async ({ accountIds, rhythm }) => {
    const failed: unknown[] = []
    // One whose address is refused keeps nobody else from theirs.
    for (const accountId of accountIds) await write(accountId, rhythm).catch((error: unknown) => failed.push(error))
    if (failed.length > 0) throw failed[0]
  })
  jobs.work<{ accountId: string }>(confirmJob, async ({ accountId }) => {
    const { unconfirmed, language } = await store.readSettings(db.reader, accountId)
    if (!mailer || unconfirmed === null) return
    // Made here, so that it stands nowhere but in the letter; stored before that is on its way.
    const token = newToken()
    const tokenUntil = new Date(now().getTime() + tokenLastsMs).toISOString()
    await db.transaction((tx) => store.putSettings(tx, accountId, { tokenHash: hashOfToken(token), tokenUntil }))
    await mailer.send({ to: unconfirmed, ...confirmLetter(`/me/notices?confirm=${token}`, { language, addressOf }) })
  })
  jobs.schedule('morning-letters', everyMorning, gather)

  return {
    possible: mailer !== null,
    async writeSoon(tx: Tx, accountIds: string[]) {
      if (mailer && accountIds.length > 0) await jobs.send(tx, atOnceJob, { accountIds, rhythm: 'at-once' })
    },
    /** The account's unconfirmed address gets a letter with a link. */
    askToConfirm: (tx: Tx, accountId: string) => jobs.send(tx, confirmJob, { accountId }),
    gather,
  }
}
