import type { IncomingHttpHeaders } from 'node:http'
import type { Logger } from 'pino'
import * as Y from 'yjs'
import { AppError } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type MinutesAuthors, type MinutesNode, type MinutesPassage, passagesOf } from '../../shared/minutes.ts'
import { contentOf } from '../../shared/minutes-content.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import { passageAuthorsOf } from './authorship.ts'
import { createDocuments, type Template } from './documents.ts'
import { createInscriber } from './inscriber.ts'
import { createRefusals } from './refusals.ts'
import { findAssigned } from './sections.ts'
import { createMinutesSockets } from './sockets.ts'
import { findStage, isOpen, requireOpen } from './stages.ts'
import { createMinutesStore, stateOf } from './store.ts'
import type { RecordEntry } from './trail.ts'

export type MinutesService = ReturnType<typeof createMinutesService>

type MinutesDeps = {
  db: Db
  audit: { record: RecordEntry }
  actorOf(headers: IncomingHttpHeaders): Promise<Actor>
  /** @throws AppError `not-found`. */
  meetingOf(meetingId: string): Promise<Meeting>
  template: Template
  log: Logger
  /** How long a document that nobody has open stays in memory. */
  idleMs?: number
}

/**
 * The minutes of every meeting: edited together over websockets, stored as they are typed, read as passages.
 * What it promises, its limits and what others may build on it: docs/minutes.md.
 */
export function createMinutesService({ db, audit, actorOf, meetingOf, template, log, idleMs = 30_000 }: MinutesDeps) {
  const store = createMinutesStore(db)
  const storedListeners: ((meetingId: string) => void)[] = []
  const onStored = (meetingId: string) => {
    for (const listener of storedListeners) listener(meetingId)
  }
  const documents = createDocuments({ store, template, record: audit.record, idleMs, onStored, log })
  const openListeners: ((meetingId: string) => void)[] = []
  const onOpened = (meetingId: string) => {
    for (const listener of openListeners) listener(meetingId)
  }
  const refusals = createRefusals({ db, record: audit.record, log })
  const stageOf = (meetingId: string) => findStage(db.reader, meetingId)
  const assignedTo = (meetingId: string, { accountId }: Actor) => findAssigned(db.reader, meetingId, accountId)
  const sockets = createMinutesSockets({ documents, actorOf, meetingOf, stageOf, assignedTo, refusals, onOpened, log })
  const inscribe = createInscriber({ store, documents, log })

  const document = (meetingId: string): Promise<MinutesNode> => documents.read(meetingId, contentOf)

  async function mayRead(actor: Actor, meetingId: string) {
    allow(actor, 'minutes:read', subjectOfMeeting(await meetingOf(meetingId)))
  }

  return {
    /** The stored document in ProseMirror's JSON form. */
    document,
    /** Called each time that something new is stored: often, while somebody writes. */
    onStored: (listener: (meetingId: string) => void) => void storedListeners.push(listener),
    /** Called each time somebody who writes opens a meeting's minutes. */
    onOpened: (listener: (meetingId: string) => void) => void openListeners.push(listener),

    /**
     * Writes into begun minutes for the program itself, and tells everybody who has them open. It builds on what is stored, not on
     * what is only in memory, so that the change stands whatever becomes of that. `alongside` joins the transaction. Once the text
     * stands (`amending`, `signed`) it writes nothing.
     */
    async write(meetingId: string, change: (doc: Y.Doc) => void, alongside: (tx: Tx) => Promise<void>): Promise<void> {
      if (!isOpen(await stageOf(meetingId))) return
      const adopt = await db.transaction(async (tx) => {
        await requireOpen(tx, meetingId)
        const inscribed = await inscribe(tx, null, meetingId, change)
        if (inscribed) await alongside(tx)
        return inscribed
      })
      await adopt?.()
    },

    /**
     * Writes within a transaction, in somebody's name, into what is stored; whoever has it open sees it after the commit. Decides
     * no right and looks at no stage: whoever calls it holds the lock of the minutes' state.
     */
    async inscribe(tx: Tx, author: Actor, meetingId: string, change: (doc: Y.Doc) => void): Promise<void> {
      const adopt = await inscribe(tx, author, meetingId, change)
      if (adopt) tx.afterCommit(() => void adopt().catch((error: unknown) => log.error({ err: error, meetingId }, 'a change is not shown')))
    },

    /** What is stored, as Yjs' state and as the document; null while nobody has begun the minutes. */
    async stored(reader: Reader, meetingId: string): Promise<{ state: Uint8Array; document: MinutesNode } | null> {
      const stored = await store.load(meetingId, reader)
      const state = stored.snapshot && stateOf(stored)
      if (!state) return null
      const doc = new Y.Doc()
      Y.applyUpdate(doc, state)
      const document = contentOf(doc)
      doc.destroy()
      return { state, document }
    },

    /** @throws AppError `not-allowed` for whoever may not read the minutes. */
    async passages(actor: Actor, { meetingId }: { meetingId: string }): Promise<MinutesPassage[]> {
      await mayRead(actor, meetingId)
      return passagesOf(await document(meetingId))
    },

    /**
     * Who wrote every character that stands in the minutes, and who changed which passage, by the accounts over whose
     * connections it came.
     * @throws AppError `not-allowed` for whoever may not read the minutes.
     */
    async authors(actor: Actor, { meetingId }: { meetingId: string }): Promise<MinutesAuthors> {
      await mayRead(actor, meetingId)
      const changes = await store.touches(meetingId)
      const passages = await documents.read(meetingId, (doc, authors) => passageAuthorsOf(doc, authors, changes))
      const named = passages.flatMap(({ runs, changes }) => [...runs, ...changes].flatMap(({ accountId }) => accountId ?? []))
      return { passages, people: await store.namesOf([...new Set(named)]) }
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

    /**
     * Changes the document in somebody's name, as if they had typed it: everybody who has it open sees it, and it counts as
     * theirs. Begins the minutes where nobody has. Decides no right. `work` changes the fragment `minutesField` of the document
     * and nothing else of it. Resolves once it is stored.
     * @throws AppError `unavailable` while nothing can be stored.
     */
    async change(actor: Actor, meetingId: string, work: (doc: Y.Doc) => void): Promise<void> {
      const meeting = await meetingOf(meetingId)
      const lease = await documents.acquire(meetingId)
      try {
        await lease.begin(actor, meeting)
        await lease.live.change(actor, work)
      } finally {
        lease.release()
      }
    },

    /**
     * Runs `work` while nobody's changes are taken: what came before is stored, what comes later waits. After it every
     * connection of these minutes ends and comes back with the rights that it has then, so what changes rights (a lock, another
     * stage) stands in `work`: what came too late is then refused, and its author told. Of several nodes it stops this one only.
     */
    async atRest<T>(meetingId: string, work: (document: MinutesNode) => Promise<T>): Promise<T> {
      const lease = await documents.acquire(meetingId)
      lease.live.freeze(true)
      try {
        return await work(await document(meetingId))
      } finally {
        sockets.closeMeeting(meetingId)
        lease.live.freeze(false)
        lease.release()
      }
    },

    accept: sockets.accept,
    /** Ends the connections of an account whose rights changed; they come back by themselves with the rights they have now. */
    closeAccount: sockets.closeAccount,
    closeSession: sockets.closeSession,
    /** Of one account in the minutes of one meeting. */
    closeWriter: sockets.closeWriter,
    /** The same for everybody in the minutes of one meeting. */
    closeMeeting: sockets.closeMeeting,

    async close() {
      sockets.close()
      await refusals.close()
      await documents.close()
    },
  }
}
