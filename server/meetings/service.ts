import type { Audience, Connection } from '../../shared/commands.ts'
import { AppError, found } from '../../shared/errors.ts'
import { type Meeting, type MeetingSummary, subjectOfMeeting } from '../../shared/meetings.ts'
import { type Action, type Actor, allow, can, type Subject } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { RegionService } from '../regions/service.ts'
import { sqlState } from '../transport/failures.ts'
import type { Publish } from '../transport/publish.ts'
import { codeLengths, randomCode } from './codes.ts'
import * as store from './store.ts'

export type MeetingService = ReturnType<typeof createMeetingService>

type Deps = { db: Db; audit: AuditService; regions: RegionService; publish: Publish; now: () => Date }

/** Called within the transaction that opens or ends a meeting, so that what runs in it begins and ends with it. */
export type EndListener = (tx: Tx, actor: Actor, meeting: Meeting) => Promise<void>

/** Called within the transaction that changes a meeting's plan. */
export type PlanListener = (tx: Tx, meetingId: string) => Promise<void>

/** Consultation meetings: their plan, and their way from scheduled over live to ended. */
export function createMeetingService({ db, audit, regions, publish, now }: Deps) {
  const endListeners: EndListener[] = []
  const openListeners: EndListener[] = []
  const planListeners: PlanListener[] = []

  async function byId(reader: Reader, meetingId: string): Promise<Meeting> {
    return found((await store.readMeetings(reader, [meetingId]))[0], 'no-such-meeting')
  }

  /** Checks a right on a meeting, and gives the meeting. */
  async function require(reader: Reader, actor: Actor, action: Action, meetingId: string): Promise<Meeting> {
    const meeting = await byId(reader, meetingId)
    allow(actor, action, subjectOfMeeting(meeting))
    return meeting
  }

  /** Locks a meeting, checks the right, lets `change` do its work, and tells of the result. */
  async function changing(
    actor: Actor,
    action: Action,
    name: string,
    meetingId: string,
    change: (tx: Tx, meeting: Meeting) => Promise<boolean>,
  ) {
    return db.transaction(async (tx) => {
      await store.lockMeeting(tx, meetingId)
      const meeting = await require(tx, actor, action, meetingId)
      if (!(await change(tx, meeting))) return meeting
      const changed = await byId(tx, meetingId)
      await audit.record(tx, actor, name, meetingId, { version: changed.version })
      publish(tx, meetingId, ['public', 'room'], 'meeting:changed', changed)
      return changed
    })
  }

  /** A planner may only involve regions that exist, and sites and agenda items that are the meeting's own. */
  async function checkPlan(tx: Tx, plan: store.Plan) {
    await regions.requireRegions(tx, [...plan.regionCodes, ...plan.sites.map((site) => site.regionCode)])
    for (const [field, ids] of [
      ['regionCodes', plan.regionCodes],
      ['agenda', plan.agenda.map((item) => item.id)],
      ['sites', plan.sites.map((site) => site.id)],
    ] as const) {
      if (new Set(ids).size !== ids.length) throw new AppError('invalid-input', 'invalid-input', { [field]: 'twice' })
    }
  }

  return {
    byId,
    require,
    /** By one query for all of them: for what is stored in groups. Meetings that do not exist are left out. */
    factsOf: store.readFacts,
    /** Told within the transaction that changes a meeting's plan, and with it whose meeting it is. */
    onPlan: (listener: PlanListener) => void planListeners.push(listener),
    onOpen: (listener: EndListener) => void openListeners.push(listener),
    onEnd: (listener: EndListener) => void endListeners.push(listener),

    list: (_actor: Actor, filter: { status?: Meeting['status'] | undefined; limit: number }): Promise<MeetingSummary[]> =>
      store.listMeetings(db.reader, filter),
    get: (actor: Actor, { meetingId }: { meetingId: string }) => require(db.reader, actor, 'meeting:read', meetingId),
    /** What the code of a meeting or of one of its sites leads to. */
    async findByCode(reader: Reader, code: string): Promise<{ meeting: Meeting; siteId: string | null } | null> {
      const way = await store.findByCode(reader, code)
      return way && { meeting: await byId(reader, way.meetingId), siteId: way.siteId }
    },
    listOfRegions: store.listMeetingsOfRegions,

    /** @throws AppError `not-allowed` for whoever may create meetings in none of the co-hosting regions. */
    async create(actor: Actor, { id, ...plan }: { id: string } & store.Plan): Promise<Meeting> {
      allow(actor, 'meeting:create', { regionCodes: plan.regionCodes })
      return db.transaction(async (tx) => {
        await checkPlan(tx, plan)
        const inserted = await store.insertMeeting(tx, { id, code: randomCode(codeLengths.meeting), createdBy: actor.accountId! }, plan)
        // The same id again is a retry of what is stored already; only its planner may learn so.
        if (!inserted) return require(tx, actor, 'meeting:edit', id)
        await requireOwnParts(tx, id, plan)
        await audit.record(tx, actor, 'meeting:create', id, { title: plan.title })
        return byId(tx, id)
      })
    },

    /** @throws AppError `conflict` when somebody else changed the plan meanwhile, or what is removed is already in use. */
    update: (actor: Actor, { meetingId, version, ...plan }: { meetingId: string; version: number } & store.Plan): Promise<Meeting> =>
      changing(actor, 'meeting:edit', 'meeting:update', meetingId, async (tx, meeting) => {
        if (meeting.version !== version) throw new AppError('conflict', 'changed-meanwhile')
        if (meeting.status === 'ended') throw new AppError('conflict', 'meeting-ended')
        // Nobody may plan a meeting away from the regions whose rights they act on.
        allow(actor, 'meeting:edit', { meetingId, regionCodes: plan.regionCodes })
        await checkPlan(tx, plan)
        const kept = plan.agenda.some((item) => item.id === meeting.currentAgendaItemId)
        if (meeting.currentAgendaItemId && !kept) throw new AppError('conflict', 'agenda-item-in-use')
        const { title, startsAt, suggestionPolicy } = plan
        await store.updateMeeting(tx, meetingId, { title, startsAt, suggestionPolicy })
        await replaceParts(tx, meetingId, plan)
        await requireOwnParts(tx, meetingId, plan)
        for (const listener of planListeners) await listener(tx, meetingId)
        return true
      }),

    open: (actor: Actor, { meetingId }: { meetingId: string }): Promise<Meeting> =>
      changing(actor, 'meeting:run', 'meeting:open', meetingId, async (tx, meeting) => {
        if (meeting.status === 'live') return false
        if (meeting.status === 'ended') throw new AppError('conflict', 'meeting-ended')
        const currentAgendaItemId = meeting.agenda[0]?.id ?? null
        await store.updateMeeting(tx, meetingId, { status: 'live', openedAt: now().toISOString(), currentAgendaItemId })
        for (const listener of openListeners) await listener(tx, actor, meeting)
        return true
      }),

    end: (actor: Actor, { meetingId }: { meetingId: string }): Promise<Meeting> =>
      changing(actor, 'meeting:run', 'meeting:end', meetingId, async (tx, meeting) => {
        if (meeting.status === 'ended') return false
        if (meeting.status !== 'live') throw new AppError('conflict', 'meeting-not-live')
        await store.updateMeeting(tx, meetingId, { status: 'ended', endedAt: now().toISOString() })
        for (const listener of endListeners) await listener(tx, actor, meeting)
        return true
      }),

    goTo: (actor: Actor, { meetingId, agendaItemId }: { meetingId: string; agendaItemId: string }): Promise<Meeting> =>
      changing(actor, 'meeting:run', 'agenda:go', meetingId, async (tx, meeting) => {
        requireLive(meeting)
        if (!meeting.agenda.some((item) => item.id === agendaItemId)) throw new AppError('not-found', 'no-such-agenda-item')
        if (meeting.currentAgendaItemId === agendaItemId) return false
        await store.updateMeeting(tx, meetingId, { currentAgendaItemId: agendaItemId })
        return true
      }),

    async watch(actor: Actor, { meetingId }: { meetingId: string }, connection: Connection): Promise<{ audience: Audience }> {
      const audience = audienceOf(actor, subjectOfMeeting(await byId(db.reader, meetingId)))
      connection.watch(meetingId, audience)
      return { audience }
    },
  }

  async function requireOwnParts(tx: Tx, meetingId: string, plan: store.Plan) {
    // An id of another meeting's item is left alone by the store, and so is missing here.
    const meeting = await byId(tx, meetingId)
    const whole = meeting.agenda.length === plan.agenda.length && meeting.sites.length === plan.sites.length
    if (!whole) throw new AppError('invalid-input', 'foreign-id')
  }
}

/** @throws AppError `conflict` unless the meeting is live. */
export function requireLive(meeting: Pick<Meeting, 'status'>) {
  if (meeting.status !== 'live') throw new AppError('conflict', 'meeting-not-live')
}

export const audienceOf = (actor: Actor, subject: Subject): Audience =>
  can(actor, 'room:chair', subject) ? 'chair' : can(actor, 'suggestion:read-all', subject) ? 'room' : 'public'

async function replaceParts(tx: Tx, meetingId: string, plan: store.Plan) {
  try {
    await store.replaceParts(tx, meetingId, plan)
  } catch (error) {
    // SQLSTATE 23503: a suggestion, a speech or somebody present still refers to what was to be removed.
    if (sqlState(error) === '23503') throw new AppError('conflict', 'still-in-use')
    throw error
  }
}
