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
  let dismissed = false
  let ended = false

  async function write() {
    let kept = true
    while (again && kept) {
      again = false
      kept = await writeOnce()
    }
    // In the same breath as the last look at `again`: what comes from now on begins anew.
    writing = null
    tell(kept && shelf.durable)
  }

  async function writeOnce(): Promise<boolean> {
    const updates = waiting
    waiting = []
    try {
      const update = updates.length > 0 ? Y.mergeUpdates(updates) : null
      await shelf.keep(place, { update, page, changes: unsaved(), described })
      return true
    } catch {
      // Full, or taken away by the browser: the words stay on the page, which says so, and go with the next.
      waiting = [...updates, ...waiting]
      return false
    }
  }

  function flush() {
    if (!begun || ended) return
    tell(false)
    again = true
    writing ??= write()
  }

  return {
    page,
    /** From now on everything is kept: what came so far, which waits for this, and what is to come. `whole` is the same in one. */
    begin(whole: () => Uint8Array) {
      if (begun) return
      begun = true
      if (dismissed) waiting = [whole()]
      if (waiting.length === 0) tell(shelf.durable)
      else flush()
    },
    add(update: Uint8Array) {
      if (ended || (dismissed && !begun)) return
      waiting.push(update)
      flush()
    },
    /** Unless it has begun, nothing waits any more to be kept. */
    dismiss() {
      if (begun) return
      dismissed = true
      waiting = []
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
