import * as Y from 'yjs'
import { frames } from './wire.ts'

/** The whole document, encoded, is kept for those who come at the same moment. */
const encodedMs = 1_000

export type Replica = ReturnType<typeof createReplica>

/**
 * The document in memory. Reading a long history takes a while, so it is put off until something needs it: whoever opens the
 * document first gets it as it is stored.
 */
export function createReplica(stored: Uint8Array | null) {
  const doc = new Y.Doc()
  let unread = stored
  let encoded: Buffer | null = null
  let timer: NodeJS.Timeout | undefined

  function read(): Y.Doc {
    if (unread) {
      const state = unread
      unread = null
      Y.applyUpdate(doc, state)
    }
    return doc
  }

  function forgetEncoded() {
    clearTimeout(timer)
    encoded = null
  }

  return {
    read,
    isRead: () => unread === null,
    stateVector: () => (unread ? Y.encodeStateVectorFromUpdate(unread) : Y.encodeStateVector(doc)),
    /** Whether `whole` is there without work. */
    isEncoded: () => unread !== null || encoded !== null,
    /** A frame with everything, for those who have nothing. */
    whole(): Buffer {
      encoded ??= frames.state(unread ?? Y.encodeStateAsUpdate(doc))
      clearTimeout(timer)
      timer = setTimeout(forgetEncoded, encodedMs).unref()
      return encoded
    },
    /** To be called with each change: what was encoded is not the whole any more. */
    changed: forgetEncoded,
    destroy() {
      forgetEncoded()
      doc.destroy()
    },
  }
}
