import { and, desc, eq, isNotNull, ne, sql } from 'drizzle-orm'
import { canonicalHash } from '../../shared/canonical.ts'
import { AppError } from '../../shared/errors.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { MinutesForm, PaperNumber } from '../../shared/minutes-form.ts'
import { dateOnPaper } from '../../shared/on-paper.ts'
import type { Actor } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import { meetingRegions } from '../meetings/schema.ts'
import type { MeetingService } from '../meetings/service.ts'
import { lockState } from '../minutes/stages.ts'
import { minutesForms } from './schema.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require'>
  /** Ends the signatures that stand, and tells of the new state. */
  formChanged(tx: Tx, actor: Actor, meetingId: string): Promise<void>
  now: () => Date
}
type OfMeeting = { meetingId: string }

export type FormService = ReturnType<typeof createFormService>

/** What stands around the text of the minutes on the paper: its number, to whom it goes, and who may read it. */
export function createFormService({ db, audit, meetings, formChanged, now }: Deps) {
  async function stateOf(reader: Reader, meeting: Meeting) {
    const own = await findForm(reader, meeting.id)
    return { form: own?.form ?? null, proposed: await proposedFor(reader, meeting, Number.parseInt(dateOnPaper(now().toISOString()), 10)) }
  }

  return {
    async get(actor: Actor, { meetingId }: OfMeeting) {
      return stateOf(db.reader, await meetings.require(db.reader, actor, 'minutes:read', meetingId))
    },

    /** @throws AppError `conflict`: `minutes-locked` once every region has signed, `number-taken` when another paper has the number. */
    set: (actor: Actor, { meetingId, form }: OfMeeting & { form: MinutesForm }) =>
      db.transaction(async (tx) => {
        const meeting = await meetings.require(tx, actor, 'minutes:edit', meetingId)
        const { stage } = await lockState(tx, meetingId)
        if (stage === 'signed') throw new AppError('conflict', 'minutes-locked')
        const hash = await canonicalHash(form)
        if ((await findForm(tx, meetingId))?.hash === hash) return stateOf(tx, meeting)
        if (form.number) await requireFree(tx, meetingId, form.number)
        const row = { form, hash, ...(form.number ?? { prefix: null, year: null, serial: null }) }
        await tx
          .insert(minutesForms)
          .values({ meetingId, ...row })
          .onConflictDoUpdate({ target: minutesForms.meetingId, set: row })
        await audit.record(tx, actor, 'minutes:set-form', meetingId, { form, hash })
        await formChanged(tx, actor, meetingId)
        return stateOf(tx, meeting)
      }),
  }
}

export async function findForm(reader: Reader, meetingId: string): Promise<{ form: MinutesForm; hash: string } | null> {
  const [row] = await reader
    .select({ form: minutesForms.form, hash: minutesForms.hash })
    .from(minutesForms)
    .where(eq(minutesForms.meetingId, meetingId))
  return row ?? null
}

/** One at a time gives out numbers of a prefix and year, until the transaction ends. */
async function requireFree(tx: Tx, meetingId: string, { prefix, year, serial }: PaperNumber) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('paper number ' || ${prefix}, ${year}))`)
  const taken = and(eq(minutesForms.prefix, prefix), eq(minutesForms.year, year), eq(minutesForms.serial, serial))
  const [other] = await tx
    .select({ meetingId: minutesForms.meetingId })
    .from(minutesForms)
    .where(and(taken, ne(minutesForms.meetingId, meetingId)))
  if (other) throw new AppError('conflict', 'number-taken', { number: 'number-taken' })
}

/** By what a region that has numbered nothing yet counts. */
const firstPrefix = '协商纪'

/** The next one of the year, by the prefix that the region whose paper it is used last. */
async function proposedFor(reader: Reader, meeting: Meeting, year: number): Promise<PaperNumber> {
  const [last] = await reader
    .select({ prefix: minutesForms.prefix })
    .from(minutesForms)
    .innerJoin(meetingRegions, and(eq(meetingRegions.meetingId, minutesForms.meetingId), eq(meetingRegions.position, 0)))
    .where(and(eq(meetingRegions.regionCode, meeting.regions[0]!.code), isNotNull(minutesForms.prefix)))
    .orderBy(desc(minutesForms.year), desc(minutesForms.serial))
    .limit(1)
  const prefix = last?.prefix ?? firstPrefix
  const [{ serial } = { serial: null }] = await reader
    .select({ serial: sql<number | null>`max(${minutesForms.serial})` })
    .from(minutesForms)
    .where(and(eq(minutesForms.prefix, prefix), eq(minutesForms.year, year)))
  return { prefix, year, serial: (serial ?? 0) + 1 }
}
