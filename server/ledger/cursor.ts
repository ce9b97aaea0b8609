import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { type LedgerSort, ledgerSorts } from '../../shared/ledger.ts'
import { instant } from '../../shared/text.ts'
import { ledgerLines } from './schema.ts'

type Row = typeof ledgerLines.$inferSelect

// Years that the database can read.
const place = instant.refine((at) => at >= '1900' && at < '9999-12-31T01')
const cursorSchema = z.tuple([z.enum(ledgerSorts), place, z.uuid()])

const orders = {
  newest: { by: 'createdAt', descending: true },
  oldest: { by: 'createdAt', descending: false },
  due: { by: 'dueAt', descending: false },
  changed: { by: 'changedAt', descending: true },
} as const satisfies Record<LedgerSort, { by: keyof Row; descending: boolean }>

export function orderOf(sort: LedgerSort): SQL {
  const { by, descending } = orders[sort]
  return descending ? sql`${ledgerLines[by]} desc, ${ledgerLines.id} desc` : sql`${ledgerLines[by]}, ${ledgerLines.id}`
}

/** Names the last line of a page. Nothing secret is in it, and no right: whoever makes one up begins elsewhere in what they may read. */
export const cursorAfter = (sort: LedgerSort, last: Row) =>
  Buffer.from(JSON.stringify([sort, last[orders[sort].by], last.id])).toString('base64url')

/** What comes after that line. @throws AppError `invalid-input` for what is no cursor, or one of another order. */
export function behind(sort: LedgerSort, cursor: string): SQL {
  const [of, at, id] = readCursor(cursor)
  if (of !== sort) throw wrong()
  const { by, descending } = orders[sort]
  const here = sql`(${ledgerLines[by]}, ${ledgerLines.id})`
  return descending ? sql`${here} < (${at}::timestamptz, ${id}::uuid)` : sql`${here} > (${at}::timestamptz, ${id}::uuid)`
}

function readCursor(cursor: string) {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw wrong()
  }
}

const wrong = () => new AppError('invalid-input', 'cursor-unreadable', { after: 'cursor-unreadable' })
