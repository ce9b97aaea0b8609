import { type ExportForm, type ExportPaper, exportForms, type MinutesExport, type RecommendationsExport } from '../../shared/exports.ts'
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
import type { MinutesForm } from '../../shared/minutes-form.ts'
import type { CitationStanding } from '../../shared/minutes-published.ts'
import type { MinutesState } from '../../shared/minutes-stages.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import type { SpeakingTimes } from '../../shared/speaking-times.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import type { MinutesService } from '../minutes/service.ts'
import { renderDocx } from './docx/render.ts'
import { renderHtml } from './html.ts'
import { renderMarkdown } from './markdown.ts'
import { minutesPaper } from './minutes-paper.ts'
import type { Paper } from './paper.ts'
import type { PdfConverter } from './pdf.ts'
import { picturesOf } from './pictures.ts'
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
  /** A photo as JPEG, or null where it is gone or not for these eyes. */
  photoOf(actor: Actor, photoId: string): Promise<Buffer | null>
  stateOf(actor: Actor, input: { meetingId: string }): Promise<MinutesState>
  /** The committees of the co-hosting regions by name, the first region's first. */
  committeesOf(meeting: Meeting): Promise<string[]>
  /** What stands behind the suggestions that these minutes cite: now, or as it was when they were signed. */
  standingsOf(meetingId: string, document: MinutesNode): Promise<CitationStanding[]>
  /** What stands around the text on the paper; null where nobody has filled it in. */
  formOf(meetingId: string): Promise<MinutesForm | null>
  pdf: Pick<PdfConverter, 'available' | 'convert'>
  now: () => Date
}

/** What each form is called on the way to a browser. */
export const formTypes: Record<ExportForm, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

type Source = { paper(): Promise<Paper>; data(): Promise<MinutesExport | RecommendationsExport> }

/** A meeting's papers as files, for archives and for other systems. */
export function createExportService(deps: ExportDeps) {
  const { db, audit, meetingOf, minutes, recommendations, speakingTimesOf, photoOf, stateOf, committeesOf, standingsOf, formOf, pdf, now } =
    deps
  const recommendationsOf = (actor: Actor, meeting: Meeting) => recommendations.list(actor, { meetingId: meeting.id, limit: 200 })

  /** Every form but JSON is made of the same paper. */
  const renderers: Record<Exclude<ExportForm, 'json'>, (paper: Paper) => Promise<Buffer>> = {
    docx: renderDocx,
    pdf: async (paper) => pdf.convert(await renderDocx(paper)),
    html: async (paper) => Buffer.from(renderHtml(paper)),
    md: async (paper) => Buffer.from(renderMarkdown(paper)),
  }

  /** What the forms of a paper are made of, read once. */
  const sources: Record<ExportPaper, (actor: Actor, meeting: Meeting) => Promise<Source>> = {
    async minutes(actor, meeting) {
      const document = await minutes.document(meeting.id)
      const times = await speakingTimesOf(meeting)
      return {
        async paper() {
          const pictures = await picturesOf(document, (photoId) => photoOf(actor, photoId))
          const state = await stateOf(actor, { meetingId: meeting.id })
          const standings = await standingsOf(meeting.id, document)
          const form = await formOf(meeting.id)
          return minutesPaper({ meeting, document, pictures, standings, times, form, state, bodies: await committeesOf(meeting) })
        },
        data: async () => ({ ...minutesExport(meeting, document, await recommendationsOf(actor, meeting), now()), speakingTimes: times }),
      }
    },
    async recommendations(actor, meeting) {
      const made = await recommendationsOf(actor, meeting)
      const exportedAt = now().toISOString()
      return {
        paper: async () => recommendationsPaper(meeting, made, await committeesOf(meeting)),
        data: async () => ({
          format: 'yishi-recommendations',
          version: 1,
          exportedAt,
          meeting: publicPart(meeting),
          recommendations: made,
        }),
      }
    },
  }

  /** A paper in several forms, all of one reading of it. Decides no right. */
  async function write(actor: Actor, meeting: Meeting, paper: ExportPaper, forms: readonly ExportForm[]): Promise<Map<ExportForm, Buffer>> {
    const source = await sources[paper](actor, meeting)
    const written = new Map<ExportForm, Buffer>()
    for (const form of forms) written.set(form, form === 'json' ? asJson(await source.data()) : await renderers[form](await source.paper()))
    return written
  }

  return {
    write,

    /**
     * @throws AppError `not-allowed` for whoever may not export from this meeting, `unavailable` where a PDF cannot be made.
     */
    async file(actor: Actor, meetingId: string, paper: ExportPaper, form: ExportForm): Promise<ExportedFile> {
      const meeting = await meetingOf(meetingId)
      allow(actor, 'export:read', subjectOfMeeting(meeting))
      const bytes = (await write(actor, meeting, paper, [form])).get(form)!
      await db.transaction((tx) => audit.record(tx, actor, `export:${paper}`, meetingId, { form }))
      return { name: `${words[paper]}-${meeting.title}.${form}`, type: formTypes[form], bytes }
    },

    /** The forms that can be written here. */
    forms: async (): Promise<ExportForm[]> => ((await pdf.available()) ? [...exportForms] : exportForms.filter((form) => form !== 'pdf')),
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
