import type { ExportForm, ExportPaper, MinutesExport, RecommendationsExport } from '../../shared/exports.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import {
  groupCitationSchema,
  type MinutesNode,
  passagesOf,
  pollCitationSchema,
  speechCitationSchema,
  suggestionCitationSchema,
  voteCitationSchema,
} from '../../shared/minutes.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import type { SpeakingTimes } from '../../shared/speaking-times.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import type { MinutesService } from '../minutes/service.ts'
import { renderDocx } from './docx.ts'
import { minutesPaper } from './minutes-paper.ts'
import { recommendationsPaper } from './recommendations-paper.ts'
import { words } from './words.ts'

export type ExportService = ReturnType<typeof createExportService>
export type ExportedFile = { name: string; type: string; bytes: Buffer }

type ExportDeps = {
  db: Db
  audit: AuditService
  /** @throws AppError `not-found`. */
  meetingOf(meetingId: string): Promise<Meeting>
  minutes: Pick<MinutesService, 'document'>
  recommendations: { list(actor: Actor, filter: { meetingId: string; limit: number }): Promise<Recommendation[]> }
  speakingTimesOf(meeting: Meeting): Promise<SpeakingTimes>
  now: () => Date
}

const types = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  json: 'application/json; charset=utf-8',
} as const

/** A meeting's papers as files, for archives and for other systems. */
export function createExportService({ db, audit, meetingOf, minutes, recommendations, speakingTimesOf, now }: ExportDeps) {
  const recommendationsOf = (actor: Actor, meeting: Meeting) => recommendations.list(actor, { meetingId: meeting.id, limit: 200 })

  const writers: Record<ExportPaper, Record<ExportForm, (actor: Actor, meeting: Meeting) => Promise<Buffer>>> = {
    minutes: {
      docx: async (_actor, meeting) =>
        renderDocx(minutesPaper(meeting, await minutes.document(meeting.id), await speakingTimesOf(meeting))),
      async json(actor, meeting) {
        const [document, made] = await Promise.all([minutes.document(meeting.id), recommendationsOf(actor, meeting)])
        return asJson({ ...minutesExport(meeting, document, made, now()), speakingTimes: await speakingTimesOf(meeting) })
      },
    },
    recommendations: {
      docx: async (actor, meeting) => renderDocx(recommendationsPaper(meeting, await recommendationsOf(actor, meeting))),
      async json(actor, meeting) {
        const exported: RecommendationsExport = {
          format: 'yishi-recommendations',
          version: 1,
          exportedAt: now().toISOString(),
          meeting: publicPart(meeting),
          recommendations: await recommendationsOf(actor, meeting),
        }
        return asJson(exported)
      },
    },
  }

  return {
    /** @throws AppError `not-allowed` for whoever may not export from this meeting. */
    async file(actor: Actor, meetingId: string, paper: ExportPaper, form: ExportForm): Promise<ExportedFile> {
      const meeting = await meetingOf(meetingId)
      allow(actor, 'export:read', subjectOfMeeting(meeting))
      const bytes = await writers[paper][form](actor, meeting)
      await db.transaction((tx) => audit.record(tx, actor, `export:${paper}`, meetingId, { form }))
      return { name: `${words[paper]}-${meeting.title}.${form}`, type: types[form], bytes }
    },
  }
}

const asJson = (exported: MinutesExport | RecommendationsExport) => Buffer.from(`${JSON.stringify(exported, null, 2)}\n`)

/** What of a meeting is not of the moment. */
function publicPart({ version: _version, currentAgendaItemId: _item, suggestionPolicy: _policy, ...meeting }: Meeting) {
  return meeting
}

function minutesExport(
  meeting: Meeting,
  document: MinutesNode,
  made: readonly Recommendation[],
  at: Date,
): Omit<MinutesExport, 'speakingTimes'> {
  const blocks = new Map((document.content ?? []).map((block) => [block.attrs?.blockId, block]))
  const passages = passagesOf(document).map((passage) => ({
    ...passage,
    suggestionIds: citedIn(blocks.get(passage.blockId), suggestionCitationSchema).map((cited) => cited.suggestionId),
    speechIds: citedIn(blocks.get(passage.blockId), speechCitationSchema).map((cited) => cited.speechId),
    recommendationIds: made.filter((one) => one.passages.some(({ blockId }) => blockId === passage.blockId)).map((one) => one.id),
  }))
  const citations = {
    suggestions: uniqueBy(citedIn(document, suggestionCitationSchema), (cited) => cited.suggestionId),
    speeches: uniqueBy(citedIn(document, speechCitationSchema), (cited) => cited.speechId),
    votes: uniqueBy(citedIn(document, voteCitationSchema), (cited) => cited.voteId),
    polls: uniqueBy(citedIn(document, pollCitationSchema), (cited) => cited.pollId),
    groups: uniqueBy(citedIn(document, groupCitationSchema), (cited) => cited.groupId),
  }
  return { format: 'yishi-minutes', version: 1, exportedAt: at.toISOString(), meeting: publicPart(meeting), document, passages, citations }
}

/** The citations of one kind in a node and below it: what has the attributes of one is one. */
function citedIn<T>(node: MinutesNode | undefined, schema: { safeParse(value: unknown): { data?: T | undefined } }): T[] {
  if (!node) return []
  const own = schema.safeParse(node.attrs).data
  return [...(own === undefined ? [] : [own]), ...(node.content ?? []).flatMap((child) => citedIn(child, schema))]
}

const uniqueBy = <T>(things: readonly T[], keyOf: (thing: T) => string): T[] => [
  ...new Map(things.map((thing) => [keyOf(thing), thing])).values(),
]
