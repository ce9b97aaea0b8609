import { and, desc, eq, isNull, or, sql } from 'drizzle-orm'
import { type PublishedEdition, publishedPath } from '../../shared/minutes-published.ts'
import type { MinutesSignature } from '../../shared/minutes-stages.ts'
import type { ReceiptStep } from '../../shared/suggestions.ts'
import type { Reader, Tx } from '../db/db.ts'
import { meetings } from '../meetings/schema.ts'
import { minutesEditions, minutesSignatures } from './schema.ts'
import { signatureColumns } from './store.ts'

const columns = {
  edition: minutesEditions.edition,
  contentHash: minutesEditions.contentHash,
  lockedAt: minutesEditions.lockedAt,
  standings: minutesEditions.standings,
  form: minutesEditions.form,
  openedAt: minutesEditions.openedAt,
  openReason: minutesEditions.openReason,
}

/** Newest first. */
export const listEditions = (reader: Reader, meetingId: string): Promise<PublishedEdition[]> =>
  reader.select(columns).from(minutesEditions).where(eq(minutesEditions.meetingId, meetingId)).orderBy(desc(minutesEditions.edition))

export const insertEdition = (tx: Tx, edition: typeof minutesEditions.$inferInsert) => tx.insert(minutesEditions).values(edition)

export const openEdition = (tx: Tx, meetingId: string, edition: number, opened: { openedAt: string; openReason: string }) =>
  tx
    .update(minutesEditions)
    .set(opened)
    .where(and(eq(minutesEditions.meetingId, meetingId), eq(minutesEditions.edition, edition)))

/** Those under which an edition was locked: they stand, or ended only when it was unlocked. */
export const signaturesOf = (reader: Reader, meetingId: string, edition: number): Promise<MinutesSignature[]> =>
  reader
    .select(signatureColumns)
    .from(minutesSignatures)
    .where(
      and(
        eq(minutesSignatures.meetingId, meetingId),
        eq(minutesSignatures.edition, edition),
        or(isNull(minutesSignatures.endedAt), eq(minutesSignatures.endedBy, 'unlock')),
      ),
    )
    .orderBy(minutesSignatures.signedAt, minutesSignatures.id)

/** That signed minutes cite these suggestions, for whoever holds their receipts. */
export async function citedSteps(reader: Reader, suggestionIds: string[]): Promise<ReceiptStep[]> {
  const named = suggestionIds.map((suggestionId) => sql`${minutesEditions.standings} @> ${JSON.stringify([{ suggestionId }])}::jsonb`)
  const rows = await reader
    .select({ edition: minutesEditions.edition, at: minutesEditions.lockedAt, code: meetings.code })
    .from(minutesEditions)
    .innerJoin(meetings, eq(meetings.id, minutesEditions.meetingId))
    // What is for participants alone is no way for whoever holds a receipt.
    .where(and(or(...named), sql`coalesce(${minutesEditions.form}->>'audience', 'public') = 'public'`))
  return rows.map(({ edition, at, code }) => ({ kind: 'cited', at, edition, path: publishedPath(code, edition) }))
}
