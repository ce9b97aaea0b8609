import { AppError, found } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import { isOpen, type Suggestion } from '../../shared/suggestions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { Counter } from './counter.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  counter: Pick<Counter, 'touch'>
  now: () => Date
  requireModerator: (tx: Tx, actor: Actor, row: store.Row | undefined) => Promise<void>
  tell: (tx: Tx, row: store.Row, was: Pick<Suggestion, 'status'>) => void
}

/**
 * Merging makes one suggestion follow another. Each keeps the one that it was merged into by hand, so that merges form trees:
 * `mergedIntoId` names the root, the only one that people still see. Supports and stances stay where they were given.
 */
export function createMerging({ db, audit, counter, now, requireModerator, tell }: Deps) {
  /** What is merged is told to the room and to its author, and is no longer for the public. */
  async function moveTo(tx: Tx, ids: string[], survivorId: string) {
    for (const row of await store.redirect(tx, ids, survivorId)) tell(tx, row, row)
  }

  return {
    /** @throws AppError `conflict` unless both are open, of one meeting, and two. */
    merge: (actor: Actor, { suggestionId, intoId }: { suggestionId: string; intoId: string }): Promise<Suggestion> =>
      db.transaction(async (tx) => {
        const known = await store.findSuggestion(tx, suggestionId)
        await requireModerator(tx, actor, known)
        const { meetingId } = found(known, 'no-such-suggestion')
        await store.lockMerging(tx, meetingId)
        const rows = await store.lockSuggestions(tx, [suggestionId, intoId])
        const rowOf = (id: string) =>
          found(
            rows.find((row) => row.id === id && row.meetingId === meetingId),
            'no-such-suggestion',
          )
        const [before, into] = [rowOf(suggestionId), rowOf(intoId)]
        if (before.id === into.id || !isOpen(before) || !isOpen(into)) throw new AppError('conflict', 'suggestion-closed')
        const followers = await store.lockMergedInto(tx, suggestionId)
        await moveTo(
          tx,
          followers.map((row) => row.id),
          intoId,
        )
        const after = await store.updateSuggestion(tx, suggestionId, {
          status: 'merged',
          mergedIntoId: intoId,
          mergedDirectlyId: intoId,
          statusBeforeMerge: before.status,
        })
        await store.insertStep(tx, { suggestionId, at: now().toISOString(), kind: 'merged', words: into.text })
        await audit.record(tx, actor, 'suggestion:merge', suggestionId, { meetingId, intoId })
        tell(tx, after, before)
        tx.afterCommit(() => counter.touch(meetingId, [suggestionId, intoId]))
        return store.suggestionOf(after)
      }),

    /** It is what it was before, with all that had been merged into it. @throws AppError `conflict` when it is not merged. */
    unmerge: (actor: Actor, { suggestionId }: { suggestionId: string }): Promise<Suggestion> =>
      db.transaction(async (tx) => {
        const known = await store.findSuggestion(tx, suggestionId)
        await requireModerator(tx, actor, known)
        const { meetingId } = found(known, 'no-such-suggestion')
        await store.lockMerging(tx, meetingId)
        const [before] = await store.lockSuggestions(tx, [suggestionId])
        if (!before?.mergedIntoId || !before.statusBeforeMerge) throw new AppError('conflict', 'not-merged')
        const fromId = before.mergedIntoId
        const after = await store.updateSuggestion(tx, suggestionId, {
          status: before.statusBeforeMerge,
          mergedIntoId: null,
          mergedDirectlyId: null,
          statusBeforeMerge: null,
        })
        await moveTo(tx, followersOf(suggestionId, await store.lockMergedInto(tx, fromId)), suggestionId)
        await store.insertStep(tx, { suggestionId, at: now().toISOString(), kind: 'unmerged', words: '' })
        await audit.record(tx, actor, 'suggestion:unmerge', suggestionId, { meetingId, fromId })
        tell(tx, after, before)
        tx.afterCommit(() => counter.touch(meetingId, [suggestionId, fromId]))
        return store.suggestionOf(after)
      }),
  }
}

/** All below one suggestion in its tree of merges. */
export function followersOf(rootId: string, rows: readonly Pick<store.Row, 'id' | 'mergedDirectlyId'>[]): string[] {
  const direct = rows.filter((row) => row.mergedDirectlyId === rootId).map((row) => row.id)
  return direct.flatMap((id) => [id, ...followersOf(id, rows)])
}
