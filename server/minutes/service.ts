import type { IncomingHttpHeaders } from 'node:http'
import type { Logger } from 'pino'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type MinutesNode, type MinutesPassage, passagesOf } from '../../shared/minutes.ts'
import { type Actor, allow, stranger } from '../../shared/policy.ts'
import type { Db, Tx } from '../db/db.ts'
import { contentOf } from './content.ts'
import { createDocuments } from './documents.ts'
import { createMinutesSockets } from './sockets.ts'
import { createMinutesStore, restore } from './store.ts'
import type { RecordEntry } from './trail.ts'

export type MinutesService = ReturnType<typeof createMinutesService>

type MinutesDeps = {
  db: Db
  audit: { record: RecordEntry }
  actorOf(headers: IncomingHttpHeaders): Promise<Actor>
  /** @throws AppError `not-found`. */
  meetingOf(meetingId: string): Promise<Meeting>
  log: Logger
  /** How long a document that nobody has open stays in memory. */
  idleMs?: number
}

/** The minutes of every meeting: edited together over websockets, stored as they are typed, read as passages. */
export function createMinutesService({ db, audit, actorOf, meetingOf, log, idleMs = 30_000 }: MinutesDeps) {
  const store = createMinutesStore(db)
  const documents = createDocuments({ store, record: audit.record, idleMs, log })
  const openListeners: ((meetingId: string) => void)[] = []
  const onOpened = (meetingId: string) => {
    for (const listener of openListeners) listener(meetingId)
  }
  const sockets = createMinutesSockets({ documents, actorOf, meetingOf, onOpened, log })

  const document = (meetingId: string): Promise<MinutesNode> => documents.read(meetingId, contentOf)

  return {
    document,
    /** Called each time somebody who writes opens a meeting's minutes. */
    onOpened: (listener: (meetingId: string) => void) => void openListeners.push(listener),

    /**
     * Writes into begun minutes for the program itself, and tells everybody who has them open. It builds on what is stored, not on
     * what is only in memory, so that the change stands whatever becomes of that. `alongside` joins the transaction.
     */
    async write(meetingId: string, change: (doc: Y.Doc) => void, alongside: (tx: Tx) => Promise<void>): Promise<void> {
      const stored = await store.load(meetingId)
      if (!stored.state) return
      const doc = new Y.Doc()
      restore(doc, stored)
      const before = Y.encodeStateVector(doc)
      doc.transact(() => change(doc))
      const update = Y.encodeStateAsUpdate(doc, before)
      doc.destroy()
      await store.append(meetingId, [{ update, actor: stranger }], alongside)
      const lease = await documents.acquire(meetingId)
      lease.live.take(update)
      lease.release()
    },

    /** @throws AppError `not-allowed` for whoever may not read the minutes. */
    async passages(actor: Actor, { meetingId }: { meetingId: string }): Promise<MinutesPassage[]> {
      const meeting = await meetingOf(meetingId)
      allow(actor, 'minutes:read', subjectOfMeeting(meeting))
      return passagesOf(await document(meetingId))
    },

    /**
     * What these blocks say now, in the order asked for.
     * @throws AppError `not-found` when one of them is not in the stored document.
     */
    async passageTexts(meetingId: string, blockIds: readonly string[]) {
      const passages = new Map(passagesOf(await document(meetingId)).map((passage) => [passage.blockId, passage.text]))
      return blockIds.map((blockId) => {
        const text = passages.get(blockId)
        if (text === undefined) throw new AppError('not-found', 'passage-not-found')
        return { blockId, text }
      })
    },

    accept: sockets.accept,
    /** Ends the connections of an account whose rights changed; they come back by themselves with the rights they have now. */
    closeAccount: sockets.closeAccount,
    closeSession: sockets.closeSession,

    async close() {
      sockets.close()
      await documents.close()
    },
  }
}
