import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { AppError } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { limitsOf, type MinutesRecorder, sectionsOf } from '../../shared/minutes-sections.ts'
import { type Actor, can, stranger } from '../../shared/policy.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import { roleGrants } from '../identity/schema.ts'
import { readAccounts } from '../identity/store.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { Publish } from '../transport/publish.ts'
import { minutesSections } from './schema.ts'
import type { MinutesService } from './service.ts'

type Deps = {
  db: Db
  audit: Pick<AuditService, 'record'>
  meetings: Pick<MeetingService, 'require'>
  minutes: Pick<MinutesService, 'closeWriter' | 'stored'>
  publish: Publish
}
type Wish = { meetingId: string; accountId: string; agendaItemIds: string[] }

export type SectionService = ReturnType<typeof createSectionService>

/** Which recorder writes which sections of a meeting's minutes. */
export function createSectionService({ db, audit, meetings, minutes, publish }: Deps) {
  return {
    async recorders(actor: Actor, { meetingId }: { meetingId: string }): Promise<MinutesRecorder[]> {
      return listRecorders(db.reader, await meetings.require(db.reader, actor, 'minutes:edit', meetingId))
    },

    /** @throws AppError `not-found` for whoever is no recorder of the meeting, and for an item that is not on its agenda. */
    assign: (actor: Actor, { meetingId, accountId, agendaItemIds }: Wish): Promise<MinutesRecorder> =>
      db.transaction(async (tx) => {
        const meeting = await meetings.require(tx, actor, 'minutes:assign', meetingId)
        const wished = meeting.agenda.map(({ id }) => id).filter((id) => agendaItemIds.includes(id))
        if (wished.length < new Set(agendaItemIds).size) throw new AppError('not-found', 'no-such-agenda-item')
        const recorder = (await listRecorders(tx, meeting, accountId))[0]
        if (!recorder) throw new AppError('not-found', 'no-such-recorder')
        if (recorder.agendaItemIds.join() === wished.join()) return recorder
        const version = await putSections(tx, { meetingId, accountId, agendaItemIds: wished })
        const changed = { ...recorder, agendaItemIds: wished, version }
        await audit.record(tx, actor, 'minutes:assign-sections', meetingId, { accountId, agendaItemIds: wished })
        publish(tx, meetingId, ['room'], 'minutes:sections-changed', changed)
        tx.afterCommit(() => minutes.closeWriter(meetingId, accountId))
        return changed
      }),

    /** For what is decided on a passage elsewhere than in the text. @throws AppError `not-allowed` for one of another's section. */
    async requirePassage(reader: Reader, actor: Actor, meeting: Meeting, blockId: string | null) {
      const own = limitsOf(actor, meeting, await findAssigned(reader, meeting.id, actor.accountId))
      if (!own) return
      const blocks = (await minutes.stored(reader, meeting.id))?.document.content ?? []
      const section = sectionsOf(blocks)[blocks.findIndex(({ attrs }) => attrs?.blockId === blockId)]
      if (!section || !own.has(section)) throw new AppError('not-allowed', 'outside-sections')
    },
  }
}

/** The agenda items that somebody is assigned to; none for whoever writes everywhere. */
export async function findAssigned(reader: Reader, meetingId: string, accountId: string | null): Promise<readonly string[]> {
  if (accountId === null) return []
  const [row] = await reader
    .select({ agendaItemIds: minutesSections.agendaItemIds })
    .from(minutesSections)
    .where(and(eq(minutesSections.meetingId, meetingId), eq(minutesSections.accountId, accountId)))
  return row?.agendaItemIds ?? []
}

/** Who writes the minutes and does not compile them, those who came to it first first. */
async function listRecorders(reader: Reader, meeting: Meeting, accountId?: string): Promise<MinutesRecorder[]> {
  const scopes = ['', ...meeting.regions.flatMap(({ code }) => lineageOf(code))]
  const granted = await reader
    .selectDistinct({ id: roleGrants.accountId })
    .from(roleGrants)
    .where(
      and(
        eq(roleGrants.role, 'recorder'),
        accountId === undefined ? undefined : eq(roleGrants.accountId, accountId),
        or(
          and(eq(roleGrants.scopeKind, 'meeting'), eq(roleGrants.scopeId, meeting.id)),
          and(eq(roleGrants.scopeKind, 'region'), inArray(roleGrants.scopeId, scopes)),
        ),
      ),
    )
  const subject = subjectOfMeeting(meeting)
  const ids = granted.map(({ id }) => id)
  const people = (await readAccounts(reader, ids)).filter(
    ({ id, grants }) => !can({ ...stranger, accountId: id, grants }, 'minutes:compile', subject),
  )
  const rows = await reader.select().from(minutesSections).where(eq(minutesSections.meetingId, meeting.id))
  return people.map(({ id, name }) => {
    const { agendaItemIds, version } = rows.find((row) => row.accountId === id) ?? { agendaItemIds: [], version: 0 }
    return { meetingId: meeting.id, accountId: id, name, agendaItemIds, version }
  })
}

/** Gives the version that this made. */
async function putSections(tx: Tx, { meetingId, accountId, agendaItemIds }: Wish): Promise<number> {
  const [row] = await tx
    .insert(minutesSections)
    .values({ meetingId, accountId, agendaItemIds, version: 1 })
    .onConflictDoUpdate({
      target: [minutesSections.meetingId, minutesSections.accountId],
      set: { agendaItemIds, version: sql`${minutesSections.version} + 1` },
    })
    .returning({ version: minutesSections.version })
  return row!.version
}
