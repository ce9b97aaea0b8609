import { and, asc, eq, isNull } from 'drizzle-orm'
import type { MinutesSignature, MinutesState } from '../../shared/minutes-stages.ts'
import type { Reader, Tx } from '../db/db.ts'
import type { StateRow } from '../minutes/stages.ts'
import { findForm } from './form.ts'
import { minutesConsents, minutesSignatures } from './schema.ts'

type Signature = typeof minutesSignatures.$inferInsert
type Consent = typeof minutesConsents.$inferInsert
type EndedBy = NonNullable<Signature['endedBy']>

const standing = (meetingId: string) => and(eq(minutesSignatures.meetingId, meetingId), isNull(minutesSignatures.endedAt))

export const signatureColumns = {
  regionCode: minutesSignatures.regionCode,
  accountId: minutesSignatures.accountId,
  name: minutesSignatures.name,
  contentHash: minutesSignatures.contentHash,
  signedAt: minutesSignatures.signedAt,
}

export const listSignatures = (reader: Reader, meetingId: string): Promise<MinutesSignature[]> =>
  reader
    .select(signatureColumns)
    .from(minutesSignatures)
    .where(standing(meetingId))
    .orderBy(asc(minutesSignatures.signedAt), asc(minutesSignatures.id))

export const insertSignature = (tx: Tx, signature: Signature) => tx.insert(minutesSignatures).values(signature)

/** Ends the signatures that stand, all of them or one region's; says whose they were. */
export async function endSignatures(tx: Tx, meetingId: string, endedBy: EndedBy, endedAt: string, regionCode?: string): Promise<string[]> {
  const where = regionCode === undefined ? undefined : eq(minutesSignatures.regionCode, regionCode)
  const ended = await tx
    .update(minutesSignatures)
    .set({ endedAt, endedBy })
    .where(and(standing(meetingId), where))
    .returning({ regionCode: minutesSignatures.regionCode })
  return ended.map((row) => row.regionCode).sort()
}

const listConsents = (reader: Reader, meetingId: string) =>
  reader
    .select({
      regionCode: minutesConsents.regionCode,
      accountId: minutesConsents.accountId,
      name: minutesConsents.name,
      at: minutesConsents.at,
    })
    .from(minutesConsents)
    .where(eq(minutesConsents.meetingId, meetingId))
    .orderBy(asc(minutesConsents.at), asc(minutesConsents.regionCode))

export const insertConsent = (tx: Tx, consent: Consent) => tx.insert(minutesConsents).values(consent)
export const deleteConsents = (tx: Tx, meetingId: string) => tx.delete(minutesConsents).where(eq(minutesConsents.meetingId, meetingId))

/** The state as it travels, with its signatures and what is being asked. */
export async function wholeState(reader: Reader, row: StateRow): Promise<MinutesState> {
  const { meetingId, stage, edition, contentHash, lockedAt, excuse, unlockReason, unlockAskedAt, version } = row
  const signatures = await listSignatures(reader, meetingId)
  const formHash = (await findForm(reader, meetingId))?.hash ?? null
  const asked = unlockReason !== null && unlockAskedAt !== null
  const unlocking = asked ? { reason: unlockReason, askedAt: unlockAskedAt, consents: await listConsents(reader, meetingId) } : null
  return { meetingId, stage, edition, contentHash, formHash, signatures, lockedAt, excuse, unlocking, version }
}
