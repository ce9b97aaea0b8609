import { bundlePath } from '../../../shared/bundle.ts'
import { canonicalJson } from '../../../shared/canonical.ts'
import { AppError, found } from '../../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../../shared/meetings.ts'
import type { MinutesNode } from '../../../shared/minutes.ts'
import { editionInForce, editionOf, type PublishedEdition, publishedPath } from '../../../shared/minutes-published.ts'
import type { MinutesSignature } from '../../../shared/minutes-stages.ts'
import { type Actor, allow, can } from '../../../shared/policy.ts'
import { renderDocx } from '../docx/render.ts'
import { renderHtml } from '../html.ts'
import { minutesPaper } from '../minutes-paper.ts'
import type { Paper } from '../paper.ts'
import type { PdfConverter } from '../pdf.ts'
import { picturesOf } from '../pictures.ts'
import { type ExportedFile, formTypes } from '../service.ts'
import { words } from '../words.ts'
import { createRecent } from './recent.ts'

export const publishedForms = ['docx', 'pdf', 'html', 'json'] as const
export type PublishedForm = (typeof publishedForms)[number]

type Deps = {
  meetingOf(meetingId: string): Promise<Meeting>
  /** By its short code or the code of one of its sites; null for any other. */
  meetingByCode(code: string): Promise<Meeting | null>
  signing: {
    editions(actor: Actor, input: { meetingId: string }): Promise<PublishedEdition[]>
    /** Whether there is such an edition, whoever may read it. */
    hasEdition(meetingId: string, edition: number | undefined): Promise<boolean>
    /** @throws AppError `not-found`. */
    edition(meetingId: string, edition: number): Promise<{ document: MinutesNode; signatures: MinutesSignature[] }>
  }
  committeesOf(meeting: Meeting): Promise<string[]>
  /** A picture of a meeting's minutes as JPEG, or null where it is gone or not the public's. */
  pictureOf(meetingId: string, photoId: string): Promise<Buffer | null>
  pdf: Pick<PdfConverter, 'available' | 'convert'>
  fingerprint: string
}

/** What the page of an edition shows. */
export type Reading = {
  meeting: Meeting
  edition: PublishedEdition
  editions: PublishedEdition[]
  inForce: PublishedEdition | undefined
  signatures: MinutesSignature[]
  paper: Paper
  forms: PublishedForm[]
  /** For whoever may take it out. */
  bundle: string | null
  fingerprint: string
}

type Wish = { meeting: Meeting; edition: number | undefined }
type Content = { document: MinutesNode; signatures: MinutesSignature[]; paper: Paper }

export type ReadingService = ReturnType<typeof createReadingService>

/** The signed minutes of a meeting for everybody, edition by edition. What is signed does not change, so it is made once. */
export function createReadingService({ meetingOf, meetingByCode, signing, committeesOf, pictureOf, pdf, fingerprint }: Deps) {
  const contents = createRecent<Content>(30)
  const files = createRecent<Buffer>(10)
  const keyOf = (meeting: Meeting, { edition }: PublishedEdition, form = '') => `${meeting.id} ${edition} ${form}`

  /** @throws AppError `not-found`: `no-such-edition` where there is none, or not that one; `minutes-for-participants` for others. */
  async function find(actor: Actor, { meeting, edition }: Wish) {
    allow(actor, 'minutes:read-published', subjectOfMeeting(meeting))
    const editions = await signing.editions(actor, { meetingId: meeting.id })
    const readable = editionOf(editions, edition)
    if (!readable && (await signing.hasEdition(meeting.id, edition)))
      throw new AppError(actor.anonymous ? 'not-signed-in' : 'not-allowed', 'minutes-for-participants')
    return { editions, inForce: editionInForce(editions), edition: found(readable, 'no-such-edition') }
  }

  const contentOf = (meeting: Meeting, edition: PublishedEdition) =>
    contents(keyOf(meeting, edition), async (): Promise<Content> => {
      const { document, signatures } = await signing.edition(meeting.id, edition.edition)
      const pictures = await picturesOf(document, (photoId) => pictureOf(meeting.id, photoId))
      const { standings, form, lockedAt } = edition
      const state = { stage: 'signed' as const, edition: edition.edition, lockedAt }
      // How the time was shared out is no part of what was signed.
      const times = { persons: [], sites: [], regions: [], running: null }
      const bodies = await committeesOf(meeting)
      return { document, signatures, paper: minutesPaper({ meeting, document, pictures, standings, times, form, state, bodies }) }
    })

  const makers: Record<PublishedForm, (content: Content) => Promise<Buffer>> = {
    docx: ({ paper }) => renderDocx(paper),
    pdf: async ({ paper }) => pdf.convert(await renderDocx(paper)),
    html: async ({ paper }) => Buffer.from(renderHtml(paper)),
    // Exactly what was hashed and signed.
    json: async ({ document }) => Buffer.from(canonicalJson(document)),
  }

  return {
    /** The meeting of a link, by its code or its id. @throws AppError `not-found`. */
    async meeting(codeOrId: string): Promise<Meeting> {
      if (codeOrId.length === 36) return meetingOf(codeOrId)
      return found(await meetingByCode(codeOrId.toUpperCase()), 'no-such-meeting')
    },

    async read(actor: Actor, wish: Wish): Promise<Reading> {
      const { meeting } = wish
      const { editions, inForce, edition } = await find(actor, wish)
      const { paper, signatures } = await contentOf(meeting, edition)
      const forms = (await pdf.available()) ? [...publishedForms] : publishedForms.filter((form) => form !== 'pdf')
      const mayBundle = edition === inForce && can(actor, 'export:bundle', subjectOfMeeting(meeting))
      const bundle = mayBundle ? bundlePath(meeting.id) : null
      return { meeting, edition, editions, inForce, signatures, paper, forms, bundle, fingerprint }
    },

    async file(actor: Actor, wish: Wish, form: PublishedForm): Promise<ExportedFile> {
      const { meeting } = wish
      const { edition } = await find(actor, wish)
      if (form === 'pdf' && !(await pdf.available())) throw new AppError('unavailable', 'pdf-not-here')
      const bytes = await files(keyOf(meeting, edition, form), async () => makers[form](await contentOf(meeting, edition)))
      return { name: `${words.minutes}-${meeting.title}-${edition.edition}.${form}`, type: formTypes[form], bytes }
    },

    /** A picture that stands in an edition. @throws AppError `not-found`. */
    async picture(actor: Actor, wish: Wish, photoId: string): Promise<Buffer> {
      const { edition } = await find(actor, wish)
      const { paper } = await contentOf(wish.meeting, edition)
      const image = paper.blocks.find((block) => block.kind === 'image' && block.image?.photoId === photoId)
      return found(image?.kind === 'image' ? image.image?.bytes : undefined, 'no-such-photo')
    },
  }
}

export const pathOf = ({ meeting, edition }: Pick<Reading, 'meeting' | 'edition'>) => publishedPath(meeting.code, edition.edition)
