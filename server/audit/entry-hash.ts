import { createHash } from 'node:crypto'
import { canonicalJson } from '../../shared/canonical.ts'

export type HashedEntry = {
  place: number | null
  previousHash: string | null
  id: number
  at: string
  actorId: string | null
  actorName: string
  action: string
  subjectId: string
  details: Record<string, unknown>
}

/** SHA-256, in hexadecimal, over the entry's content and the hash before it, as JSON with sorted keys: the database does not keep their order. */
export function hashOf(entry: HashedEntry): string {
  const { place, previousHash, id, at, actorId, actorName, action, subjectId, details } = entry
  return createHash('sha256')
    .update(canonicalJson({ place, previousHash, id, at, actorId, actorName, action, subjectId, details }))
    .digest('hex')
}
