import * as Y from 'yjs'
import { blocksTouched, type Range, rangesOf } from './authors.ts'

/** A change that somebody sent, decoded: so it is well-formed, and no length in it is trusted. */
export type Edit<Author> = { update: Uint8Array; decoded: ReturnType<typeof Y.decodeUpdate>; from: Author }
/** What an edit brought that was not there before. */
export type Gain<Author> = { edit: Edit<Author>; ranges: Range[]; blockIds: Set<string> }

/**
 * Applies edits in one transaction: Yjs looks at every client that ever wrote in the document once for each transaction.
 * Gives what is new as few updates, and what each edit brought. `onFault` hears of an edit that Yjs cannot apply.
 */
export function applyAll<Author>(doc: Y.Doc, edits: readonly Edit<Author>[], onFault: (edit: Edit<Author>, error: unknown) => void) {
  const updates: Uint8Array[] = []
  const take = (update: Uint8Array) => void updates.push(update)
  const brought: { edit: Edit<Author>; ranges: Range[]; changed: Range[] }[] = []
  doc.on('update', take)
  doc.transact((transaction) => {
    for (const edit of edits) {
      const erasedBy = watchErasing(transaction, edit)
      const ranges = rangesOf(edit.decoded).map((range) => ({
        ...range,
        from: Math.max(range.from, Y.getState(doc.store, range.clientId)),
      }))
      const fresh = ranges.filter(({ from, to }) => from < to)
      const { pendingStructs, pendingDs } = doc.store
      try {
        Y.applyUpdate(doc, edit.update)
      } catch (error) {
        onFault(edit, error)
        continue
      }
      // What waits for a change that has not come makes no event, and is just as much the author's words.
      if (doc.store.pendingStructs !== pendingStructs || doc.store.pendingDs !== pendingDs) updates.push(edit.update)
      brought.push({ edit, ranges: fresh, changed: [...fresh, ...erasedBy()] })
    }
  })
  doc.off('update', take)
  const gains = brought.map(({ edit, ranges, changed }): Gain<Author> => ({ edit, ranges, blockIds: blocksTouched(doc, changed) }))
  return { updates, gains }
}

/** In order: those that `isAlone` each by itself, what is between two of them together. */
export function* inRuns<T>(all: readonly T[], isAlone: (one: T) => boolean): Generator<T[]> {
  let run: T[] = []
  for (const one of all) {
    if (run.length > 0 && isAlone(one)) {
      yield run
      run = []
    }
    run.push(one)
    if (!isAlone(one)) continue
    yield run
    run = []
  }
  if (run.length > 0) yield run
}

/** Tells afterwards what an edit erased. A client that comes back names everything that was ever erased: only what is new counts. */
function watchErasing({ deleteSet }: Y.Transaction, edit: Edit<unknown>): () => Range[] {
  const before = new Map([...edit.decoded.ds.clients.keys()].map((clientId) => [clientId, deleteSet.clients.get(clientId)?.length ?? 0]))
  return () =>
    [...before].flatMap(([clientId, count]) =>
      (deleteSet.clients.get(clientId) ?? []).slice(count).map(({ clock, len }) => ({ clientId, from: clock, to: clock + len })),
    )
}

/** Changes the document by `change`, and gives the update that says how, or null if nothing changed. */
export function captured(doc: Y.Doc, change: () => void): Uint8Array | null {
  const updates: Uint8Array[] = []
  const take = (update: Uint8Array) => void updates.push(update)
  doc.on('update', take)
  try {
    doc.transact(change)
  } finally {
    doc.off('update', take)
  }
  return updates.length > 0 ? Y.mergeUpdates(updates) : null
}

/** Everything that an edit says is erased. */
export const erasedIn = (edit: Edit<unknown>): Range[] =>
  [...edit.decoded.ds.clients].flatMap(([clientId, items]) => items.map(({ clock, len }) => ({ clientId, from: clock, to: clock + len })))
