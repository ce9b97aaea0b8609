import type { Logger } from 'pino'
import * as Y from 'yjs'
import type { Meeting } from '../../shared/meetings.ts'
import { minutesClose } from '../../shared/minutes.ts'
import type { Actor } from '../../shared/policy.ts'
import { type Authors, createAuthors } from './authors.ts'
import { createLiveDocument, type LiveDocument } from './document.ts'
import { createJournal } from './journal.ts'
import { createPace } from './pace.ts'
import { type MinutesStore, restore, stateOf } from './store.ts'
import { createTrail, type RecordEntry } from './trail.ts'

/** A document that is edited for hours is compacted each time that so many rows hold what its snapshot does not. */
const rowsPerSnapshot = 500
/** How long the end of the program may be put off by compacting what is open, so that it opens quickly on the next node. */
const lastCompactionsMs = 3_000

type Open = {
  opened: Promise<LiveDocument>
  /** How many hold it. At none it is saved and forgotten after a while. */
  users: number
  begun: Promise<void> | null
  /** The snapshot that the live document holds, and the rows that it holds beside it. */
  revision: number
  rowIds: number[]
  compacting: Promise<void> | null
  idleTimer: NodeJS.Timeout | undefined
}

/** What new minutes of a meeting are begun with. */
export type Template = (meeting: Meeting) => Promise<Uint8Array>

export type Documents = ReturnType<typeof createDocuments>

type DocumentsDeps = {
  store: MinutesStore
  template: Template
  record: RecordEntry
  idleMs: number
  /** Something new of a document is stored. */
  onStored(meetingId: string): void
  log: Logger
}

/** The documents that are in memory. Opening one twice at once gives the same one to both. */
export function createDocuments(deps: DocumentsDeps) {
  const { store, template, record, idleMs, onStored, log } = deps
  const documents = new Map<string, Open>()
  const trail = createTrail(record)
  const pace = createPace()
  const journal = createJournal({ store: (groups) => store.append(groups, trail.due(groups)), pace, log })

  function open(meetingId: string): Open {
    const entry: Open = {
      opened: Promise.resolve().then(() => load(meetingId, entry)),
      users: 0,
      begun: null,
      revision: 0,
      rowIds: [],
      compacting: null,
      idleTimer: undefined,
    }
    documents.set(meetingId, entry)
    entry.opened.catch(() => documents.delete(meetingId))
    return entry
  }

  async function load(meetingId: string, entry: Open) {
    const stored = await store.load(meetingId)
    if (stored.snapshot) entry.begun = Promise.resolve()
    entry.revision = stored.snapshot?.revision ?? 0
    entry.rowIds = stored.updates.map(({ id }) => id)
    const lane = journal.lane(meetingId, { onRows: (ids) => onRows(meetingId, entry, live, ids), onSettled: () => live.resume() })
    const live: LiveDocument = createLiveDocument({ stored: stateOf(stored), lane, authors: createAuthors(stored.authors), pace, log })
    return live
  }

  function onRows(meetingId: string, entry: Open, live: LiveDocument, ids: readonly number[]) {
    entry.rowIds.push(...ids)
    if (ids.length > 0) onStored(meetingId)
    if (entry.rowIds.length >= rowsPerSnapshot) void compact(meetingId, entry, live)
  }

  /** A failure loses nothing: the updates are stored row by row, and the next compaction takes them. */
  function compact(meetingId: string, entry: Open, live: LiveDocument): Promise<void> {
    entry.compacting ??= fold(meetingId, entry, live)
      .catch((error: unknown) => log.error({ err: error, meetingId }, 'minutes cannot be compacted'))
      .finally(() => {
        entry.compacting = null
      })
    return entry.compacting
  }

  async function fold(meetingId: string, entry: Open, live: LiveDocument) {
    const { rowIds, revision } = entry
    const state = Y.encodeStateAsUpdate(live.read())
    entry.rowIds = []
    try {
      const folded = await store.compact(meetingId, { state, rowIds, revision })
      if (!folded) throw new Error('the minutes are not begun')
      entry.revision = folded.revision
      if (folded.foreign) live.take(folded.foreign)
    } catch (error) {
      entry.rowIds = [...rowIds, ...entry.rowIds]
      throw error
    }
  }

  /** Writes the template into minutes that nobody has begun, exactly once whoever asks and however many at once. */
  function begin(entry: Open, live: LiveDocument, actor: Actor, meeting: Meeting): Promise<void> {
    entry.begun ??= template(meeting)
      .then((blank) => store.begin(meeting.id, blank, async (tx) => void (await record(tx, actor, 'minutes:begin', meeting.id))))
      .then(({ state, revision }) => {
        entry.revision = revision
        live.take(state)
      })
      .catch((error: unknown) => {
        entry.begun = null
        throw error
      })
    return entry.begun
  }

  function release(meetingId: string, entry: Open) {
    entry.users -= 1
    if (entry.users === 0) entry.idleTimer = setTimeout(() => void forget(meetingId, entry), idleMs).unref()
  }

  /** Forgets a document that nobody has open, only once all of it is stored. Somebody may come back meanwhile. */
  async function forget(meetingId: string, entry: Open) {
    const live = await entry.opened
    await live.stored()
    if (entry.rowIds.length > 0 && live.isRead()) await compact(meetingId, entry, live)
    if (entry.users > 0 || !live.isIdle() || documents.get(meetingId) !== entry) return
    documents.delete(meetingId)
    live.destroy()
  }

  return {
    /** Holds a document in memory until the lease is released. */
    async acquire(meetingId: string) {
      const entry = documents.get(meetingId) ?? open(meetingId)
      entry.users += 1
      clearTimeout(entry.idleTimer)
      const live = await entry.opened
      return {
        live,
        begin: (actor: Actor, meeting: Meeting) => begin(entry, live, actor, meeting),
        /** Takes over a change that is stored already, in these rows. */
        take(update: Uint8Array, rowIds: readonly number[]) {
          live.take(update)
          onRows(meetingId, entry, live, rowIds)
        },
        release: () => release(meetingId, entry),
      }
    },

    /** Lends the stored content of a document to `look`, without keeping the document. */
    async read<T>(meetingId: string, look: (doc: Y.Doc, authors: Authors) => T): Promise<T> {
      const entry = documents.get(meetingId)
      if (entry) {
        const live = await entry.opened
        await live.stored()
        return look(live.read(), live.authors)
      }
      const stored = await store.load(meetingId)
      const doc = new Y.Doc()
      restore(doc, stored)
      const seen = look(doc, createAuthors(stored.authors))
      doc.destroy()
      return seen
    },

    /** Ends every connection, waits until everything that arrived is stored, and compacts what there is time for. */
    async close() {
      const entries = [...documents]
      documents.clear()
      const lives = await Promise.all(entries.map(([, { opened }]) => opened.catch(() => null)))
      for (const live of lives) live?.closeAll(minutesClose.unavailable, 'closing')
      const begun = performance.now()
      for (const [index, [meetingId, entry]] of entries.entries()) {
        clearTimeout(entry.idleTimer)
        const live = lives[index]
        if (!live) continue
        await live.stored()
        await entry.compacting
        const hasTime = performance.now() - begun < lastCompactionsMs
        if (hasTime && entry.rowIds.length > 0 && live.isRead()) await compact(meetingId, entry, live)
        live.destroy()
      }
    },
  }
}
