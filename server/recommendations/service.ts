import { type AssignmentPart, issueHindrance, rightFor } from '../../shared/assignment-machine.ts'
import { dayOf } from '../../shared/calendar.ts'
import type { Clock } from '../../shared/clocks.ts'
import { AppError, found } from '../../shared/errors.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow, can, type Grant, rules, signedIn } from '../../shared/policy.ts'
import type { Assignment, Recommendation, ReplyDraft } from '../../shared/recommendations.ts'
import type { AuditService } from '../audit/service.ts'
import type { ClockService } from '../clocks/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { RegionService } from '../regions/service.ts'
import type { SuggestionService } from '../suggestions/service.ts'
import type { Publish } from '../transport/publish.ts'
import * as assignmentsStore from './assignments-store.ts'
import { createAssignmentClocks } from './clocks.ts'
import { type AcceptListener, createFollowing } from './following.ts'
import { createGrantingTime } from './granting-time.ts'
import { createHandling } from './handling.ts'
import { lockRecommendations } from './locks.ts'
import { createMoves } from './moves.ts'
import { listNear, type Sought } from './near.ts'
import { createPublicity } from './publicity.ts'
import { readSteps } from './receipt-steps.ts'
import { findDraft } from './replies-store.ts'
import * as store from './store.ts'
import { createSupervising } from './supervising.ts'
import { worklistIds } from './worklist-store.ts'

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

/** Told of every change of a recommendation or of its assignments, within the transaction. */
export type ChangeListener = (tx: Tx, recommendation: Recommendation) => Promise<void>

type Accepted = store.Links & { id: string; meetingId: string; regionCode: string; title: string; body: string; proposerId: string }
type Issue = { id: string; recommendationId: string; organizationId: string; part: AssignmentPart }

/** What a meeting recommends, whom it is given to, and what they answer. */
export function createRecommendationService({ db, audit, meetings, regions, suggestions, clocks, publish, now }: Deps) {
  const instant = () => now().toISOString()
  const acceptListeners: AcceptListener[] = []
  const deadlines = createAssignmentClocks({ clocks, now })
  const changeListeners: ChangeListener[] = []
  const byId = async (reader: Reader, id: string) => found((await store.readRecommendations(reader, [id]))[0], 'no-such-recommendation')

  suggestions.addStepSource(readSteps)
  clocks.onCalendar(async (tx, regionCode) => {
    for (const id of await deadlines.recount(tx, regionCode)) await tell(tx, id)
  })

  async function tell(tx: Tx, id: string): Promise<Recommendation> {
    await store.touch(tx, id)
    const recommendation = await byId(tx, id)
    for (const listener of changeListeners) await listener(tx, recommendation)
    publish(tx, recommendation.meetingId, ['room'], 'recommendation:changed', recommendation)
    return recommendation
  }

  const { move, follow } = createMoves({ db, audit, deadlines, byId, tell, now })
  const { candidates, supervise } = createSupervising({ db, audit, meetings, byId, tell })

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
    onChange: (listener: ChangeListener) => void changeListeners.push(listener),

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
    async issue(actor: Actor, { id, recommendationId, organizationId, part }: Issue) {
      signedIn(actor)
      const { meetingId } = await byId(db.reader, recommendationId)
      const meeting = await meetings.require(db.reader, actor, 'recommendation:read', meetingId)
      const { kind, regionCode } = await regions.organization(db.reader, organizationId)
      allow(actor, 'assignment:issue', { regionCodes: [regionCode] })
      const hostCode = hostOf(meeting.regions, regionCode)
      if (hostCode === undefined || kind !== 'department') throw new AppError('conflict', 'not-a-department-of-the-meeting')
      return db.transaction(async (tx) => {
        await lockRecommendations(tx, [recommendationId])
        const { assignments } = await byId(tx, recommendationId)
        if (assignments.some((one) => one.id === id && one.organizationId === organizationId)) return byId(tx, recommendationId)
        if (assignments.some((one) => one.organizationId === organizationId)) throw new AppError('conflict', 'already-issued')
        const hindered = issueHindrance(part, { hostCode }, assignments)
        if (hindered) throw new AppError('conflict', hindered)
        const issuedAt = instant()
        const row = { id, recommendationId, organizationId, part, hostCode, issuedAt, issuedBy: signedIn(actor) }
        if (!(await assignmentsStore.insertAssignment(tx, row))) throw new AppError('conflict', 'id-taken')
        await deadlines.start(tx, { id, regionCode }, ['sign', 'reply'], issuedAt)
        await audit.record(tx, actor, 'assignment:issue', id, { recommendationId, organizationId, part })
        return tell(tx, recommendationId)
      })
    },

    /** An assignment whole, for parts that stand beside it. They ask for rights themselves. */
    async assignment(reader: Reader, assignmentId: string): Promise<Assignment> {
      const { recommendationId } = found(await assignmentsStore.findAssignment(reader, assignmentId), 'no-such-assignment')
      const { assignments } = await byId(reader, recommendationId)
      return found(
        assignments.find(({ id }) => id === assignmentId),
        'no-such-assignment',
      )
    },

    /** The accounts of those who proposed it. */
    proposers: (reader: Reader, recommendationId: string) => store.listProposers(reader, recommendationId),

    supervise,
    supervisors: candidates,
    follow,
    ...createFollowing({ deadlines }),
    onAccept: (listener: AcceptListener) => void acceptListeners.push(listener),
    ...createHandling({ move, regions, acceptListeners, now }),
    ...createGrantingTime({ db, audit, regions, deadlines, byId, tell }),

    /** Whoever reads the recommendation may know how its dates came about. */
    async clocksOf(actor: Actor, { assignmentId }: { assignmentId: string }): Promise<Clock[]> {
      const assignment = found(await assignmentsStore.findAssignment(db.reader, assignmentId), 'no-such-assignment')
      await get(actor, assignment)
      const { regionCode } = await regions.organization(db.reader, assignment.organizationId)
      return deadlines.read(db.reader, { id: assignmentId, regionCode })
    },

    /** For the department, those who counter-sign, and whoever reviews the answer. */
    async draftOf(actor: Actor, { assignmentId }: { assignmentId: string }): Promise<{ draft: ReplyDraft | null }> {
      const { recommendationId } = found(await assignmentsStore.findAssignment(db.reader, assignmentId), 'no-such-assignment')
      const { assignments } = await get(actor, { recommendationId })
      if (!maySeeDraft(actor, assignmentId, assignments)) throw new AppError('not-allowed', 'not-allowed')
      const draft = await findDraft(db.reader, assignmentId)
      if (!draft) return { draft }
      const { drafterId: _, ...shown } = draft
      return { draft: shown }
    },

    async worklist(actor: Actor): Promise<Recommendation[]> {
      return store.readRecommendations(db.reader, await worklistIds(db.reader, signedIn(actor), actor.grants))
    },
  }
}

/** The actor's grants by which recommendations are read: by the rule for it, or as the department that has one. */
export function readingGrants(actor: Actor): Grant[] {
  const readers: readonly string[] = rules['recommendation:read'].roles
  return actor.grants.filter((grant) => readers.includes(grant.role) && (grant.scope.kind !== 'organization' || isOfDepartment(grant)))
}

const isOfDepartment = ({ role }: Grant) => rules['assignment:handle'].roles.some((allowed) => allowed === role)

/** The co-hosting region that a department is of; the nearest, where one lies within another. */
const hostOf = (regions: readonly { code: string }[], regionCode: string): string | undefined =>
  regions
    .map(({ code }) => code)
    .filter((code) => regionCode.startsWith(code))
    .sort((one, other) => other.length - one.length)[0]

function maySeeDraft(actor: Actor, assignmentId: string, assignments: readonly Assignment[]): boolean {
  const lead = assignments.find(({ id }) => id === assignmentId)
  if (!lead) return false
  const review = rightFor('accept', lead)
  if (can(actor, review.action, review.subject)) return true
  const beside = assignments.filter(({ hostCode, status }) => hostCode === lead.hostCode && status !== 'returned')
  return beside.some(({ organizationId }) => can(actor, 'assignment:handle', { organizationId }))
}
