import { v7 } from 'uuid'
import * as Y from 'yjs'
import type { Described, Holder, Place, Shelf, Unsaved } from './shelf.ts'

type KeeperDeps = {
  shelf: Shelf
  place: Place & Holder
  /** How many changes were made on this page of which nobody has said that they are stored; 0 when all are. */
  unsaved(): number
  /** Says whether everything on the page is on the device too. */
  tell(kept: boolean): void
}

export type Keeper = ReturnType<typeof createKeeper>

/** Brings what happens on a page onto the device: what comes while one write is under way goes with the next. */
export function createKeeper({ shelf, place, unsaved, tell }: KeeperDeps) {
  const page = v7()
  let waiting: Uint8Array[] = []
  let described: Described | null = null
  let writing: Promise<void> | null = null
  let again = false
  let begun = false
  let ended = false

  async function write() {
    const updates = waiting
    waiting = []
    again = false
    try {
      const update = updates.length > 0 ? Y.mergeUpdates(updates) : null
      await shelf.keep(place, { update, page, changes: unsaved(), described })
    } catch {
      // Full, or taken away by the browser: the words stay on the page, which says so, and go with the next.
      waiting = [...updates, ...waiting]
      return tell(false)
    }
    if (again) await write()
    else tell(shelf.durable)
  }
  function flush() {
    if (!begun || ended) return
    tell(false)
    again = true
    writing ??= write().finally(() => (writing = null))
  }

  return {
    page,
    /** From now on everything is kept, after what is there already. */
    begin(whole: Uint8Array | null) {
      if (begun) return
      begun = true
      if (!whole) return tell(shelf.durable)
      waiting.push(whole)
      flush()
    },
    add(update: Uint8Array) {
      if (!begun || ended) return
      waiting.push(update)
      flush()
    },
    /** What a page without a network has to know of the meeting. */
    describe(known: Described) {
      described = known
      flush()
    },
    /** These are stored on the server. */
    async settle(settled: Unsaved) {
      await writing
      if (!ended) await shelf.settle(place, settled).catch(() => undefined)
    },
    /** Resolves once nothing is under way. */
    idle: async () => void (await writing),
    /** Nothing more is kept; resolves once nothing is under way. */
    async end() {
      ended = true
      await writing
    },
  }
}
