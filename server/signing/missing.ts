import { AppError } from '../../shared/errors.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { MinutesNode } from '../../shared/minutes.ts'
import { isExcused, missingParts, sortedParts } from '../../shared/minutes-parts.ts'
import type { MinutesExcuse } from '../../shared/minutes-stages.ts'
import type { Actor } from '../../shared/policy.ts'
import { readChairing } from '../chairing/store.ts'
import type { Reader } from '../db/db.ts'

/** What these minutes lack, by what has to be there and what only should be. */
export const readMissing = async (reader: Reader, meeting: Meeting, document: MinutesNode) =>
  sortedParts(missingParts(document, meeting), await readChairing(reader, meeting.id))

type Asking = { actor: Actor; despiteMissing: string | undefined; at: string }

/**
 * Nothing to excuse gives null, whatever was said.
 * @throws AppError `conflict` when a required part is missing and nobody says why it goes without.
 */
export async function excuseFor(
  reader: Reader,
  meeting: Meeting,
  document: MinutesNode,
  { actor, despiteMissing, at }: Asking,
): Promise<MinutesExcuse | null> {
  const { required: parts } = await readMissing(reader, meeting, document)
  if (parts.length === 0) return null
  if (despiteMissing === undefined) throw new AppError('conflict', 'parts-missing')
  return { reason: despiteMissing, name: actor.name, at, parts }
}

/** An amendment may take something away that was there when the text was settled. @throws AppError `conflict`. */
export async function requireParts(reader: Reader, meeting: Meeting, document: MinutesNode, excuse: MinutesExcuse | null) {
  const { required } = await readMissing(reader, meeting, document)
  if (required.some((part) => !isExcused(part, excuse?.parts ?? []))) throw new AppError('conflict', 'parts-missing')
}
