import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import { writeCsv } from './csv.ts'
import { vote } from './matrix.ts'
import * as store from './store.ts'

export const conversationFiles = ['comments', 'votes'] as const
export type ConversationFile = (typeof conversationFiles)[number]
export type OpinionExport = ReturnType<typeof createOpinionExport>

const headers: Record<ConversationFile, string[]> = {
  comments: ['timestamp', 'datetime', 'comment-id', 'author-id', 'agrees', 'disagrees', 'moderated', 'comment-body'],
  votes: ['timestamp', 'datetime', 'comment-id', 'voter-id', 'vote'],
}
/** So many suggestions' votes are in memory at a time. */
const atATime = 5

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'byId'>
  /** Refuses whoever may not see results yet. */
  requireOpen: (actor: Actor, meeting: Meeting) => Promise<void>
}
type Numbered = { judged: store.Judged[]; numberOf: Map<string, number> }

/**
 * A meeting's conversation in Pol.is' CSV form, as `npm run opinion` reads it. People are numbers, the same in both files; times are
 * told to the minute: who saw somebody vote shall not find them in the file.
 */
export function createOpinionExport({ db: { reader, transaction }, audit, meetings, requireOpen }: Deps) {
  async function* comments(meetingId: string, { judged, numberOf }: Numbered) {
    const rows = await store.listComments(reader, meetingId)
    const byId = new Map(rows.map((row) => [row.id, row]))
    for (const [number, { id }] of judged.entries()) {
      const { authorId, at, agrees, disagrees, text } = byId.get(id)!
      yield [[...time(at), number, numberOf.get(authorId)!, agrees, disagrees, 1, text]]
    }
  }

  async function* votes(_meetingId: string, { judged, numberOf }: Numbered) {
    const commentOf = new Map(judged.map(({ id }, number) => [id, number]))
    for (let first = 0; first < judged.length; first += atATime) {
      const given = await store.listVotesOn(reader, judged.slice(first, first + atATime), 0)
      yield given.map(({ accountId, suggestionId, stance, at }) => [
        ...time(at),
        commentOf.get(suggestionId)!,
        numberOf.get(accountId)!,
        vote[stance],
      ])
    }
  }
  const writers = { comments, votes }

  return {
    /** @throws AppError `not-allowed` for whoever may not export from this meeting, or has not voted on enough. */
    async file(actor: Actor, meetingId: string, file: ConversationFile): Promise<{ title: string; parts: AsyncIterable<string> }> {
      const meeting = await meetings.byId(reader, meetingId)
      allow(actor, 'export:read', subjectOfMeeting(meeting))
      await requireOpen(actor, meeting)
      await transaction((tx) => audit.record(tx, actor, `export:${file}`, meetingId, { form: 'csv' }))
      const [judged, people] = await Promise.all([store.listJudged(reader, meetingId), store.listPeople(reader, meetingId)])
      const numbered = { judged, numberOf: new Map(people.map((id, number) => [id, number])) }
      return { title: meeting.title, parts: asText(headers[file], writers[file](meetingId, numbered)) }
    },
  }
}

async function* asText(header: string[], parts: AsyncIterable<(string | number)[][]>): AsyncGenerator<string> {
  yield writeCsv([header])
  for await (const rows of parts) yield writeCsv(rows)
}

/** In seconds, as Pol.is counts them, and in words. */
function time(at: number): [number, string] {
  const minute = Math.floor(at / 60_000) * 60_000
  return [minute / 1_000, new Date(minute).toISOString()]
}
