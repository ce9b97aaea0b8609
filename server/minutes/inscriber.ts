import type { Logger } from 'pino'
import * as Y from 'yjs'
import type { Actor } from '../../shared/policy.ts'
import type { Tx } from '../db/db.ts'
import { blocksTouched, createAuthors, rangesOf } from './authors.ts'
import type { Documents } from './documents.ts'
import { captured, erasedIn } from './editing.ts'
import { type MinutesStore, restore } from './store.ts'

type Deps = { store: MinutesStore; documents: Documents; log: Logger }

/**
 * Writes into the stored document within a transaction. It builds on what is stored and not on what is only in memory, so that the
 * change stands whatever becomes of that. Gives what has to be called after the commit, for those who have the document open;
 * null when nothing changed or nobody has begun the minutes.
 */
export function createInscriber({ store, documents }: Deps) {
  return async function inscribe(tx: Tx, author: Actor | null, meetingId: string, change: (doc: Y.Doc) => void) {
    const stored = await store.load(meetingId, tx)
    if (!stored.snapshot) return null
    const doc = new Y.Doc()
    restore(doc, stored)
    const update = captured(doc, () => change(doc))
    const signed = update && author?.accountId ? signatureOf(doc, update, author.accountId) : { bindings: [], touches: [] }
    doc.destroy()
    if (!update) return null
    const rows = await store.appendIn(tx, { meetingId, updates: [update], ...signed })
    return async function adopt() {
      const lease = await documents.acquire(meetingId)
      for (const { clientId, fromClock, accountId } of signed.bindings)
        lease.live.authors.bind({ clientId, from: fromClock, to: fromClock }, accountId)
      lease.take(update, rows)
      lease.release()
    }
  }
}

/** Whose the words of an update are, and which passages it changed. */
function signatureOf(doc: Y.Doc, update: Uint8Array, accountId: string) {
  const decoded = Y.decodeUpdate(update)
  const ranges = rangesOf(decoded)
  const authors = createAuthors([])
  const erased = erasedIn({ update, decoded, from: null })
  const blockIds = [...blocksTouched(doc, [...ranges, ...erased])]
  return {
    bindings: ranges.flatMap((range) => authors.bind(range, accountId)),
    touches: blockIds.map((blockId) => ({ blockId, accountId })),
  }
}
