import type { Logger } from 'pino'
import * as Y from 'yjs'
import type { Meeting } from '../../shared/meetings.ts'
import type { Actor } from '../../shared/policy.ts'
import { createLiveDocument, type LiveDocument } from './document.ts'
import { type MinutesStore, restore } from './store.ts'
import { templateOf } from './template.ts'
import { createTrail, type RecordEntry } from './trail.ts'

/** A document that is edited for hours is compacted each time this many batches were stored. */
const batchesPerSnapshot = 500

type Open = {
  opened: Promise<LiveDocument>
  /** How many hold it. At none it is saved and forgotten after a while. */
  users: number
  begun: Promise<void> | null
  batches: number
  idleTimer: NodeJS.Timeout | undefined
}

export type Documents = ReturnType<typeof createDocuments>

/** The documents that are in memory. Opening one twice at once gives the same one to both. */
export function createDocuments(deps: { store: MinutesStore; record: RecordEntry; idleMs: number; log: Logger }) {
  const { store, record, idleMs, log } = deps
  const documents = new Map<string, Open>()

  function open(meetingId: string): Open {
    const entry: Open = { opened: load(meetingId, () => entry), users: 0, begun: null, batches: 0, idleTimer: undefined }
    documents.set(meetingId, entry)
    entry.opened.catch(() => documents.delete(meetingId))
    return entry
  }

  async function load(meetingId: string, entry: () => Open) {
    const stored = await store.load(meetingId)
    if (stored.state) entry().begun = Promise.resolve()
    const doc = new Y.Doc()
    restore(doc, stored)
    const note = createTrail(record, meetingId)
    return createLiveDocument({
      doc,
      log,
      async store(edits) {
        await store.append(meetingId, edits, (tx) =>
          note(
            tx,
            edits.map((edit) => edit.actor),
          ),
        )
        entry().batches += 1
        if (entry().batches % batchesPerSnapshot === 0) await compact(meetingId)
      },
    })
  }

  /** A failure loses nothing: the updates are stored one by one, and the next compaction takes them. */
  const compact = (meetingId: string) =>
    store.compact(meetingId).catch((error: unknown) => log.error({ error, meetingId }, 'minutes cannot be compacted'))

  /** Writes the template into minutes that nobody has begun, exactly once whoever asks and however many at once. */
  function begin(entry: Open, live: LiveDocument, actor: Actor, meeting: Meeting): Promise<void> {
    entry.begun ??= store
      .begin(meeting.id, templateOf(meeting), async (tx) => void (await record(tx, actor, 'minutes:begin', meeting.id)))
      .then((state) => live.take(state))
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
    if (entry.batches > 0) await compact(meetingId)
    if (entry.users > 0 || !live.isIdle()) return
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
        release: () => release(meetingId, entry),
      }
    },

    /** Lends the stored content of a document to `look`, without keeping the document. */
    async read<T>(meetingId: string, look: (doc: Y.Doc) => T): Promise<T> {
      const entry = documents.get(meetingId)
      if (entry) {
        const live = await entry.opened
        await live.stored()
        return look(live.doc)
      }
      const doc = new Y.Doc()
      restore(doc, await store.load(meetingId))
      const seen = look(doc)
      doc.destroy()
      return seen
    },

    /** Ends every connection and waits until everything that arrived is stored. */
    async close() {
      const entries = [...documents.values()]
      documents.clear()
      for (const entry of entries) {
        clearTimeout(entry.idleTimer)
        const live = await entry.opened.catch(() => null)
        live?.closeAll()
        await live?.stored()
        live?.destroy()
      }
    },
  }
}
