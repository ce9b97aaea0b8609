import { type BundleSignatures, bundleFiles } from '../../../shared/bundle.ts'
import { canonicalJson } from '../../../shared/canonical.ts'
import { AppError } from '../../../shared/errors.ts'
import { type ExportForm, type ExportPaper, minutesExportSchema } from '../../../shared/exports.ts'
import { type Meeting, subjectOfMeeting } from '../../../shared/meetings.ts'
import type { MinutesForm } from '../../../shared/minutes-form.ts'
import type { MinutesState } from '../../../shared/minutes-stages.ts'
import { type Actor, allow } from '../../../shared/policy.ts'
import type { AuditService } from '../../audit/service.ts'
import type { Db } from '../../db/db.ts'
import type { ExportedFile } from '../service.ts'
import { words } from '../words.ts'
import { bytesOf, type Files, pack, sha256Of } from './pack.ts'
import { readmeText } from './readme.ts'
import type { Sealer } from './seal.ts'

type Deps = {
  db: Db
  audit: Pick<AuditService, 'record' | 'entriesOf'>
  /** @throws AppError `not-found`. */
  meetingOf(meetingId: string): Promise<Meeting>
  stateOf(actor: Actor, input: { meetingId: string }): Promise<MinutesState>
  /** What stands around their text on the paper. */
  formOf(meetingId: string): Promise<MinutesForm | null>
  exports: {
    forms(): Promise<ExportForm[]>
    write(actor: Actor, meeting: Meeting, paper: ExportPaper, forms: readonly ExportForm[]): Promise<Map<ExportForm, Buffer>>
  }
  sealer: Sealer
  now: () => Date
}

export type BundleService = ReturnType<typeof createBundleService>

/** What of the trail concerns the minutes: who opened and ended the meeting, and everything done to the document. */
const concerning = ['minutes:', 'meeting:']

/** The minutes with all that proves them, for archives. */
export function createBundleService({ db, audit, meetingOf, stateOf, formOf, exports, sealer, now }: Deps) {
  /** All of one moment: who changes the text or signs while it is gathered is asked to let it be gathered again. */
  async function gather(actor: Actor, meeting: Meeting): Promise<Files> {
    const madeAt = now().toISOString()
    const before = await stateOf(actor, { meetingId: meeting.id })
    const forms = await exports.forms()
    const written = await exports.write(actor, meeting, 'minutes', forms)
    const form = await formOf(meeting.id)
    const trail = await audit.entriesOf(meeting.id, concerning)
    const { excuse: _, unlocking: __, version, ...after } = await stateOf(actor, { meetingId: meeting.id })
    const { contentHash, formHash } = after
    const document = bytesOf(canonicalJson(minutesExportSchema.parse(JSON.parse(written.get('json')!.toString())).document))
    const hash = sha256Of(document)
    const around = form && bytesOf(canonicalJson(form))
    const moved = (contentHash !== null && contentHash !== hash) || formHash !== (around && sha256Of(around))
    if (version !== before.version || moved) throw new AppError('conflict', 'minutes-moving')
    const state: BundleSignatures = { ...after, regions: meeting.regions }
    const readme = { title: meeting.title, signatures: state, contentHash: hash, fingerprint: sealer.fingerprint, forms, madeAt }
    return {
      [bundleFiles.readme]: bytesOf(readmeText(readme)),
      ...Object.fromEntries(forms.map((form) => [`minutes.${form}`, written.get(form)!])),
      [bundleFiles.document]: document,
      ...(around && { [bundleFiles.form]: around }),
      [bundleFiles.signatures]: json(state),
      [bundleFiles.trail]: json(trail),
    }
  }

  return {
    /** By what one knows this server's bundles. */
    key: async () => ({ fingerprint: sealer.fingerprint }),

    /** @throws AppError `not-allowed` for whoever may not take the trail out, `conflict` while the minutes are being changed. */
    async file(actor: Actor, meetingId: string): Promise<ExportedFile> {
      const meeting = await meetingOf(meetingId)
      allow(actor, 'export:bundle', subjectOfMeeting(meeting))
      const bytes = pack(await gather(actor, meeting), { meetingId, title: meeting.title, madeAt: now().toISOString() }, sealer)
      await db.transaction((tx) => audit.record(tx, actor, 'export:bundle', meetingId, { sha256: sha256Of(bytes) }))
      return { name: `${words.minutes}-${meeting.title}.zip`, type: 'application/zip', bytes }
    },
  }
}

const json = (value: unknown) => bytesOf(`${JSON.stringify(value, null, 2)}\n`)
