import type { IncomingHttpHeaders } from 'node:http'
import type { Logger } from 'pino'
import { AppError } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type MinutesNode, type MinutesPassage, passagesOf } from '../../shared/minutes.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { Db } from '../db/db.ts'
import { contentOf } from './content.ts'
import { createDocuments } from './documents.ts'
import { createMinutesSockets } from './sockets.ts'
import { createMinutesStore } from './store.ts'
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
  const documents = createDocuments({ store: createMinutesStore(db), record: audit.record, idleMs, log })
  const sockets = createMinutesSockets({ documents, actorOf, meetingOf, log })

  const document = (meetingId: string): Promise<MinutesNode> => documents.read(meetingId, contentOf)

  return {
    document,

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
