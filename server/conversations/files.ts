import type { Logger } from 'pino'
import type { ConversationFile } from '../../shared/conversations.ts'
import { AppError, found } from '../../shared/errors.ts'
import type { FileKind } from '../../shared/file-rules.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import type { Storage } from '../storage/storage.ts'
import { kindOf } from './file-kinds.ts'
import * as store from './store.ts'

type Deps = { db: Db; audit: AuditService; storage: Storage; now: () => Date; log: Logger }

/** Files that a person may have waiting for a message. */
const mostLoose = 12
/** A file that no message came for is thrown away after this. */
const looseHours = 24
const sweepEveryMs = 3_600_000
const sweptAtOnce = 100

const keyOf = (fileId: string) => `conversations/${fileId}`
const endings: Record<FileKind, RegExp> = { pdf: /\.pdf$/i, docx: /\.docx$/i, xlsx: /\.xlsx$/i, jpeg: /\.jpe?g$/i, png: /\.png$/i }
/** Under its own ending, so that what opens it is what belongs to it. */
const named = (name: string, kind: FileKind) => (endings[kind].test(name) ? name : `${name}.${kind}`)

/** The files that come with what is said. They are kept as they were sent. */
export function createConversationFiles({ db, audit, storage, now, log }: Deps) {
  /** The row of an upload that may go on, or the file where it has been kept before. */
  async function begin(accountId: string, assignmentId: string, id: string, name: string): Promise<ConversationFile | null> {
    if (!(await store.findFile(db.reader, id)) && (await store.countLoose(db.reader, accountId)) >= mostLoose)
      throw new AppError('conflict', 'too-many-files')
    await store.insertFile(db.reader, { id, assignmentId, accountId, name, createdAt: now().toISOString() })
    const row = found(await store.findFile(db.reader, id), 'no-such-file')
    if (row.accountId !== accountId || row.assignmentId !== assignmentId) throw new AppError('conflict', 'id-taken')
    return store.shownFile(row)[0] ?? null
  }

  /** Throws away what no message came for. Returns how many. */
  async function sweep(): Promise<number> {
    const before = new Date(now().getTime() - looseHours * 3_600_000).toISOString()
    return db.transaction(async (tx) => {
      const ids = (await store.lockLeft(tx, before, sweptAtOnce)).map(({ id }) => id)
      if (ids.length === 0) return 0
      for (const id of ids) await storage.delete(keyOf(id))
      await store.deleteFiles(tx, ids)
      return ids.length
    })
  }
  const sweepSoon = () => sweep().catch((error: unknown) => log.warn({ err: error }, 'files left over were not thrown away; trying again'))
  const timer = setInterval(() => void sweepSoon(), sweepEveryMs).unref()

  return {
    /**
     * Keeps a file for somebody who takes part in the conversation. `read` gives what was sent and is called only where it is wanted:
     * the same id again is answered with the first file.
     * @throws AppError `invalid-input` for what is none of the kinds, `conflict` for another's id or too many that wait
     */
    async add(actor: Actor, assignmentId: string, id: string, name: string, read: () => Promise<Uint8Array>): Promise<ConversationFile> {
      const known = await begin(signedIn(actor), assignmentId, id, name)
      if (known) return known
      const bytes = await read()
      const kind = kindOf(bytes)
      if (!kind) throw new AppError('invalid-input', 'not-a-kind-of-file')
      try {
        await storage.put(keyOf(id), bytes)
      } catch (error) {
        log.error({ err: error, fileId: id }, 'the storage did not take a file')
        throw new AppError('unavailable', 'storage-unavailable')
      }
      await db.transaction(async (tx) => {
        if (await store.completeFile(tx, id, { kind, bytes: bytes.length }))
          await audit.record(tx, actor, 'conversation:add-file', id, { assignmentId, name, kind, bytes: bytes.length })
      })
      return found(store.shownFile(found(await store.findFile(db.reader, id), 'no-such-file'))[0], 'no-such-file')
    },

    /** A file that was kept, with the name under which it is given out. Unsent, it is its sender's alone. */
    async find(actor: Actor, assignmentId: string, id: string) {
      const row = await store.findFile(db.reader, id)
      const [file] = row ? store.shownFile(row) : []
      const isSeen = row && (row.messageId !== null || row.accountId === actor.accountId)
      if (!file || !isSeen || row.assignmentId !== assignmentId) throw new AppError('not-found', 'no-such-file')
      return { ...file, name: named(file.name, file.kind), key: keyOf(id) }
    },

    storage,
    sweep,
    close: () => clearInterval(timer),
  }
}
