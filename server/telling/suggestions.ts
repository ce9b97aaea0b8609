import type { NoticeKind } from '../../shared/notifications.ts'
import { formatReceipt } from '../../shared/suggestions.ts'
import type { AuditRecord } from '../audit/service.ts'
import type { Tx } from '../db/db.ts'
import type { NotificationService } from '../notifications/service.ts'
import type { ReceiptLetters } from '../suggestions/receipt-letters.ts'
import { askersOf } from './audience.ts'

/** Which steps of a suggestion those who asked are told of, by the trail's names. */
const told: Record<string, NoticeKind> = {
  'suggestion:published': 'suggestion-published',
  'suggestion:answered': 'suggestion-answered',
  'suggestion:merge': 'suggestion-merged',
  'suggestion:hidden': 'suggestion-hidden',
}

/** A suggestion is its own title. */
const mostLetters = 60
export const shortened = (text: string) => (text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text).replace(/\s+/g, ' ')

export type AskerTellers = { notifications: Pick<NotificationService, 'notify'>; letters: Pick<ReceiptLetters, 'tell'> }

/** What goes to the addresses that people without an account left for the answer. */
const answers: readonly NoticeKind[] = ['suggestion-answered', 'suggestion-replied', 'suggestion-second-round']

type About = { number?: string; title?: string; organization?: string; words?: string }

export async function tellAskers(
  tx: Tx,
  { notifications, letters }: AskerTellers,
  suggestionIds: readonly string[],
  kind: NoticeKind,
  { except, last = false, ...about }: About & { except: ReadonlySet<string | null>; last?: boolean },
) {
  // The words are read on the receipt, which may withhold them by then.
  const { words: _, title = '', ...rest } = about
  if (answers.includes(kind)) await letters.tell(tx, suggestionIds, { kind, about: { title, ...rest }, last })
  // Each is led to the receipt of their own words.
  for (const { accountId, receipt, text } of await askersOf(tx, suggestionIds))
    if (!except.has(accountId))
      await notifications.notify(tx, {
        to: [accountId],
        kind,
        about: { title: shortened(text), ...about, link: `/r/${formatReceipt(receipt)}` },
      })
}

/** What happens to a suggestion itself. */
export async function tellOfSuggestion(tx: Tx, tellers: AskerTellers, record: AuditRecord) {
  const kind = told[record.action]
  if (!kind) return
  const { words } = record.details
  // Merged suggestions keep their own authors: only those of this one are told.
  await tellAskers(tx, tellers, [record.subjectId], kind, {
    except: new Set([record.actor.accountId]),
    ...(typeof words === 'string' && words !== '' ? { words } : {}),
  })
}
