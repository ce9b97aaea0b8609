import { AppError, found } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import { lineageOf } from '../../shared/regions.ts'
import { addUp, type SpeakingTimes } from '../../shared/speaking-times.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { RegionService } from '../regions/service.ts'
import * as store from './store.ts'

type Deps = { db: Db; audit: AuditService; meetings: MeetingService; regions: Pick<RegionService, 'paths'> }

export type SpeakingTimeService = ReturnType<typeof createSpeakingTimes>

/** How the time was shared out: what persons, sites and regions have used, and what sites may use. */
export function createSpeakingTimes({ db, audit, meetings, regions }: Deps) {
  async function of(reader: Reader, meeting: Meeting): Promise<SpeakingTimes> {
    const speeches = await store.listSpeeches(reader, meeting.id)
    const budgets = await store.readBudgets(
      reader,
      meeting.sites.map((site) => site.id),
    )
    const names = await namesOf(reader, meeting)
    const sites = meeting.sites.map(({ id, name, regionCode }) => ({
      siteId: id,
      name,
      regionCode,
      budgetMinutes: budgets.get(id) ?? null,
    }))
    return addUp(speeches, sites, names)
  }

  async function namesOf(reader: Reader, meeting: Meeting): Promise<ReadonlyMap<string, string>> {
    const codes = [...new Set(meeting.sites.flatMap((site) => lineageOf(site.regionCode)))]
    const paths = await regions.paths(reader, codes)
    return new Map(codes.map((code) => [code, paths.get(code)?.at(-1) ?? code]))
  }

  return {
    /** For other parts of the server, which have asked for rights themselves. */
    of: (meeting: Meeting): Promise<SpeakingTimes> => of(db.reader, meeting),

    async get(actor: Actor, { meetingId }: { meetingId: string }): Promise<SpeakingTimes> {
      return of(db.reader, await meetings.require(db.reader, actor, 'room:enter', meetingId))
    },

    /** @throws AppError `not-found` for a site of another meeting. */
    setBudget: (
      actor: Actor,
      { meetingId, siteId, minutes }: { meetingId: string; siteId: string; minutes: number | null },
    ): Promise<SpeakingTimes> =>
      db.transaction(async (tx) => {
        const meeting = await meetings.byId(tx, meetingId)
        allow(actor, 'meeting:run', subjectOfMeeting(meeting))
        if (meeting.status === 'ended') throw new AppError('conflict', 'meeting-ended')
        found(
          meeting.sites.find((site) => site.id === siteId),
          'no-such-site',
        )
        await store.putBudget(tx, siteId, minutes)
        await audit.record(tx, actor, 'floor:budget', siteId, { meetingId, minutes })
        return of(tx, meeting)
      }),
  }
}
