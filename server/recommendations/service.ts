import { v7 } from 'uuid'
import { type AssignmentMove, mayMove, refusals, rightFor, ruleOf } from '../../shared/assignment-machine.ts'
import { dayOf } from '../../shared/calendar.ts'
import type { Clock, ClockKind, Period } from '../../shared/clocks.ts'
import { AppError, found } from '../../shared/errors.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow, can, type Grant, rules, signedIn } from '../../shared/policy.ts'
import type { Recommendation, Reply } from '../../shared/recommendations.ts'
import type { AuditService } from '../audit/service.ts'
import type { ClockService } from '../clocks/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { RegionService } from '../regions/service.ts'
import type { SuggestionService } from '../suggestions/service.ts'
import type { Publish } from '../transport/publish.ts'
import { createAssignmentClocks, isPaused } from './clocks.ts'
import { listNear, type Sought } from './near.ts'
import { createPublicity } from './publicity.ts'
import * as store from './store.ts'

export type RecommendationService = ReturnType<typeof createRecommendationService>

type Deps = {
  db: Db
  audit: AuditService
  meetings: MeetingService
  regions: RegionService
  suggestions: Pick<SuggestionService, 'addStepSource'>
  clocks: ClockService
  publish: Publish
  now: () => Date
}

type Accepted = store.Links & { id: string; meetingId: string; regionCode: string; title: string; body: string; proposerId: string }
type Extend = { id: string; assignmentId: string; kind: ClockKind; period: Period; reason: string }
type SendBack = { assignmentId: string; reason: string; proposedId: string | null }
type Answer = { id: string; assignmentId: string; text: string; items: Reply['items'] }

/** What a meeting recommends, whom it is given to, and what they answer. */
export function createRecommendationService({ db, audit, meetings, regions, suggestions, clocks, publish, now }: Deps) {
  const instant = () => now().toISOString()
  const deadlines = createAssignmentClocks({ clocks, now })
  const byId = async (reader: Reader, id: string) => found((await store.readRecommendations(reader, [id]))[0], 'no-such-recommendation')

  suggestions.addStepSource(store.readSteps)
  clocks.onCalendar(async (tx, regionCode) => {
    for (const id of await deadlines.recount(tx, regionCode)) await tell(tx, id)
  })

  async function tell(tx: Tx, id: string): Promise<Recommendation> {
    await store.touch(tx, id)
    const recommendation = await byId(tx, id)
    publish(tx, recommendation.meetingId, ['room'], 'recommendation:changed', recommendation)
    return recommendation
  }

  type Assigned = NonNullable<Awaited<ReturnType<typeof store.lockAssignment>>>
  type Made = { reason?: string; proposedId?: string | null; details?: Record<string, unknown>; done?: (tx: Tx) => Promise<void> }

  /**
   * Makes one move of an assignment for whoever has the right to it. `plan` looks at it as it stands, locked: null when the wish
   * was fulfilled before, as after a lost answer.
   * @throws AppError `conflict` for a move that does not begin where the assignment stands
   */
  async function move(
    actor: Actor,
    assignmentId: string,
    name: AssignmentMove,
    plan: (tx: Tx, assignment: Assigned) => Promise<Made | null>,
  ): Promise<Recommendation> {
    signedIn(actor)
    return db.transaction(async (tx) => {
      const { recommendationId, organizationId } = found(await store.findAssignment(tx, assignmentId), 'no-such-assignment')
      const { regionCode } = await regions.organization(tx, organizationId)
      const right = rightFor(name, { organizationId, regionCode })
      allow(actor, right.action, right.subject)
      const assignment = found(await store.lockAssignment(tx, assignmentId), 'no-such-assignment')
      const made = await plan(tx, assignment)
      if (!made) return byId(tx, recommendationId)
      if (!mayMove(assignment.status, name)) throw new AppError('conflict', refusals[assignment.status])
      const { to, starts, stops } = ruleOf(name)
      await made.done?.(tx)
      await store.updateAssignment(tx, assignmentId, { status: to })
      if (starts) await deadlines.start(tx, assignmentId, regionCode, instant())
      for (const kind of stops ?? []) await deadlines.stop(tx, assignmentId, kind)
      const { reason = '', proposedId = null, details } = made
      await store.insertStep(tx, { id: v7(), assignmentId, move: name, at: instant(), byName: actor.name, reason, proposedId })
      await audit.record(tx, actor, `assignment:${name}`, assignmentId, details)
      return tell(tx, recommendationId)
    })
  }

  /** Locks an assignment for the secretariat of its department's region, lets `change` do its work on the deadlines, and tells of the result. */
  async function grantingTime(
    actor: Actor,
    assignmentId: string,
    change: (tx: Tx, assignment: { id: string; regionCode: string }, clocks: Clock[]) => Promise<boolean>,
  ) {
    signedIn(actor)
    return db.transaction(async (tx) => {
      const { recommendationId, organizationId } = found(await store.findAssignment(tx, assignmentId), 'no-such-assignment')
      const { regionCode } = await regions.organization(tx, organizationId)
      allow(actor, 'assignment:grant-time', { regionCodes: [regionCode] })
      await store.lockAssignment(tx, assignmentId)
      const assignment = { id: assignmentId, regionCode }
      return (await change(tx, assignment, await deadlines.read(tx, assignment))) ? tell(tx, recommendationId) : byId(tx, recommendationId)
    })
  }

  async function get(actor: Actor, { recommendationId }: { recommendationId: string }): Promise<Recommendation> {
    signedIn(actor)
    const recommendation = await byId(db.reader, recommendationId)
    const meeting = await meetings.byId(db.reader, recommendation.meetingId)
    const given = recommendation.assignments.some(({ organizationId }) => can(actor, 'assignment:handle', { organizationId }))
    if (!given) allow(actor, 'recommendation:read', subjectOfMeeting(meeting))
    return recommendation
  }

  return {
    async list(actor: Actor, { meetingId, limit }: { meetingId?: string | undefined; limit: number }): Promise<Recommendation[]> {
      signedIn(actor)
      return store.readRecommendations(db.reader, await store.listIds(db.reader, readingGrants(actor), meetingId, limit))
    },

    get,
    ...createPublicity({ db, audit, meetings, get, now }),

    byId,
    meetingOf: store.findMeetingId,

    /**
     * Takes in what was reviewed and accepted, under the next number of its region. The lock of the number is held until all is
     * stored, so that none is left out.
     */
    async accept(tx: Tx, actor: Actor, { proposerId, ...accepted }: Accepted, numberOf: (year: number, n: number) => string) {
      const year = Number(dayOf(instant()).slice(0, 4))
      const serial = await store.nextSerial(tx, accepted.regionCode, year)
      const numbered = { year, serial, number: numberOf(year, serial), createdBy: proposerId, createdAt: instant() }
      await store.insertRecommendation(tx, { ...accepted, ...numbered })
      const { id, meetingId, title, suggestionIds } = accepted
      await audit.record(tx, actor, 'recommendation:create', id, { meetingId, title, number: numbered.number, suggestionIds })
      return tell(tx, id)
    },

    /** Of one that is given to nobody yet: another has been united with it, or no longer is. */
    async relink(tx: Tx, recommendationId: string, links: store.Links) {
      await store.replaceLinks(tx, recommendationId, links)
      return tell(tx, recommendationId)
    },

    /** Locks a recommendation against being issued meanwhile, and says whether it is given to a department already. */
    async isIssued(tx: Tx, recommendationId: string): Promise<boolean> {
      await store.touch(tx, recommendationId)
      return (await byId(tx, recommendationId)).assignments.length > 0
    },

    /** Those that this person may read and that resemble a title, or come from the same suggestions; the most alike first. */
    near: (actor: Actor, sought: Sought) => listNear(db.reader, readingGrants(actor), sought),

    /** @throws AppError `not-allowed` when the department is of a region whose secretariat the actor is not. */
    async issue(actor: Actor, { id, recommendationId, organizationId }: { id: string; recommendationId: string; organizationId: string }) {
      signedIn(actor)
      const { meetingId } = await byId(db.reader, recommendationId)
      const meeting = await meetings.require(db.reader, actor, 'recommendation:read', meetingId)
      const organization = await regions.organization(db.reader, organizationId)
      allow(actor, 'assignment:issue', { regionCodes: [organization.regionCode] })
      const coHosted = meeting.regions.some(({ code }) => organization.regionCode.startsWith(code))
      if (!coHosted || organization.kind !== 'department') throw new AppError('conflict', 'not-a-department-of-the-meeting')
      return db.transaction(async (tx) => {
        const at = now()
        const issuedAt = at.toISOString()
        if (await store.insertAssignment(tx, { id, recommendationId, organizationId, issuedAt })) {
          await deadlines.start(tx, id, organization.regionCode, issuedAt)
          await audit.record(tx, actor, 'assignment:issue', id, { recommendationId, organizationId })
          return tell(tx, recommendationId)
        }
        const same = await store.findAssignment(tx, id)
        if (same?.recommendationId !== recommendationId || same.organizationId !== organizationId)
          throw new AppError('conflict', 'already-issued')
        return byId(tx, recommendationId)
      })
    },

    sign: (actor: Actor, { assignmentId }: { assignmentId: string }) =>
      move(actor, assignmentId, 'sign', async (_tx, { status }) => {
        if (status === 'signed' || status === 'replied') return null
        const signed = { signedAt: instant(), signedBy: signedIn(actor) }
        return { done: (tx) => store.updateAssignment(tx, assignmentId, signed) }
      }),

    /** @throws AppError `not-found` for a proposed department that is none, `conflict` once it is replied to. */
    sendBack: (actor: Actor, { assignmentId, reason, proposedId }: SendBack) =>
      move(actor, assignmentId, 'return', async (tx, { status, organizationId }) => {
        if (status === 'returned') return null
        if (proposedId === organizationId) throw new AppError('invalid-input', 'own-department', { proposedId: 'own-department' })
        if (proposedId !== null) await regions.organization(tx, proposedId)
        return { reason, proposedId, details: { reason, proposedId } }
      }),

    insist: (actor: Actor, { assignmentId, reason }: { assignmentId: string; reason: string }) =>
      move(actor, assignmentId, 'insist', async (_tx, { status }) => {
        if (status === 'issued') return null
        return { reason, details: { reason }, done: (tx) => store.updateAssignment(tx, assignmentId, { signedAt: null, signedBy: null }) }
      }),

    /** @throws AppError `conflict` for a deadline that runs no longer. */
    extend: (actor: Actor, { id, assignmentId, kind, period, reason }: Extend) =>
      grantingTime(actor, assignmentId, async (tx, assignment, clocks) => {
        const clock = clocks.find((one) => one.kind === kind)
        if (clock?.extensions.some((one) => one.id === id)) return false
        if (!clock || clock.stoppedAt !== null) throw new AppError('conflict', 'deadline-is-over')
        await deadlines.extend(tx, assignment, kind, { id, period, reason, byName: actor.name })
        await audit.record(tx, actor, 'assignment:extend', assignmentId, { kind, period, reason })
        return true
      }),

    /** @throws AppError `conflict` once it is replied to. */
    pause: (actor: Actor, { assignmentId, reason }: { assignmentId: string; reason: string }) =>
      grantingTime(actor, assignmentId, async (tx, assignment, clocks) => {
        const running = clocks.filter(({ stoppedAt }) => stoppedAt === null)
        if (running.length === 0) throw new AppError('conflict', 'deadline-is-over')
        if (running.some(isPaused)) return false
        await deadlines.pause(tx, assignment, reason)
        await audit.record(tx, actor, 'assignment:pause', assignmentId, { reason })
        return true
      }),

    resume: (actor: Actor, { assignmentId }: { assignmentId: string }) =>
      grantingTime(actor, assignmentId, async (tx, assignment, clocks) => {
        if (!clocks.some((clock) => clock.stoppedAt === null && isPaused(clock))) return false
        await deadlines.resume(tx, assignment)
        await audit.record(tx, actor, 'assignment:resume', assignmentId)
        return true
      }),

    /** Whoever reads the recommendation may know how its dates came about. */
    async clocksOf(actor: Actor, { assignmentId }: { assignmentId: string }): Promise<Clock[]> {
      const assignment = found(await store.findAssignment(db.reader, assignmentId), 'no-such-assignment')
      await get(actor, assignment)
      const { regionCode } = await regions.organization(db.reader, assignment.organizationId)
      return deadlines.read(db.reader, { id: assignmentId, regionCode })
    },

    /** @throws AppError `conflict` before it is signed for or when it is answered already, `invalid-input` unless every suggestion has its item. */
    reply: (actor: Actor, { id, assignmentId, text, items }: Answer) =>
      move(actor, assignmentId, 'reply', async (tx, { recommendationId }) => {
        const recommendation = await byId(tx, recommendationId)
        const assignment = recommendation.assignments.find((one) => one.id === assignmentId)
        if (assignment?.reply?.id === id) return null
        if (assignment?.status === 'signed') requireEachItem(recommendation, items)
        const reply = { id, assignmentId, text, items, repliedAt: instant(), repliedBy: signedIn(actor) }
        const done = async () => {
          if (!(await store.insertReply(tx, reply))) throw new AppError('conflict', 'id-taken')
        }
        return { details: { text, items }, done }
      }),
  }
}

/** The actor's grants by which recommendations are read: by the rule for it, or as the department that has one. */
function readingGrants(actor: Actor): Grant[] {
  const readers: readonly string[] = rules['recommendation:read'].roles
  return actor.grants.filter((grant) => readers.includes(grant.role) && (grant.scope.kind !== 'organization' || grant.role === 'handler'))
}

function requireEachItem({ suggestions }: Recommendation, items: Reply['items']) {
  const wanted = suggestions.map((suggestion) => suggestion.id).sort()
  const given = items.map((item) => item.suggestionId).sort()
  if (wanted.join() !== given.join()) throw new AppError('invalid-input', 'items-incomplete', { items: 'items-incomplete' })
}
