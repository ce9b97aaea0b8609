import { v7 } from 'uuid'
import { contentHash, type MinutesNode } from '../../shared/minutes.ts'
import type { VersionKind } from '../../shared/minutes-versions.ts'
import { type Actor, stranger } from '../../shared/policy.ts'
import type { Tx } from '../db/db.ts'
import type { MinutesService } from '../minutes/service.ts'
import * as store from './store.ts'

type Deps = { minutes: Pick<MinutesService, 'stored'>; now: () => Date }
export type Kept = { document: MinutesNode; contentHash: string }

export type VersionService = ReturnType<typeof createVersionService>

/** The minutes as they were: at each change of their stage, and signed. */
export function createVersionService({ minutes, now }: Deps) {
  /** Keeps what is stored now. Null while nobody has begun the minutes. */
  async function keep(
    tx: Tx,
    meetingId: string,
    {
      id = v7(),
      kind,
      edition,
      name = null,
      by = stranger,
    }: { id?: string; kind: VersionKind; edition: number; name?: string | null; by?: Actor },
  ): Promise<Kept | null> {
    const stored = await minutes.stored(tx, meetingId)
    if (!stored) return null
    const hash = await contentHash(stored.document)
    const version = { id, meetingId, edition, kind, name, state: stored.state, contentHash: hash }
    await store.insertVersion(tx, { ...version, createdBy: by.accountId, createdByName: by.name, createdAt: now().toISOString() })
    return { document: stored.document, contentHash: hash }
  }

  return { keep }
}
