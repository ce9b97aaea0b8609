import { type Clock, type ClockKind, isOfHandling, type Period } from '../../shared/clocks.ts'
import { AppError, found } from '../../shared/errors.ts'
import { type Actor, allow, signedIn } from '../../shared/policy.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { RegionService } from '../regions/service.ts'
import { findAssignment } from './assignments-store.ts'
import { type AssignmentClocks, isPaused } from './clocks.ts'
import { lockRecommendations } from './locks.ts'

type Deps = {
  db: Db
  audit: AuditService
  regions: Pick<RegionService, 'organization'>
  deadlines: AssignmentClocks
  byId(reader: Reader, recommendationId: string): Promise<Recommendation>
  tell(tx: Tx, recommendationId: string): Promise<Recommendation>
}
type Extend = { id: string; assignmentId: string; kind: ClockKind; period: Period; reason: string }

/** The secretariat's hand on running deadlines. */
export function createGrantingTime({ db, audit, regions, deadlines, byId, tell }: Deps) {
  /** Locks an assignment for the secretariat of its department's region, lets `change` do its work on the deadlines, and tells of the result. */
  async function granting(
    actor: Actor,
    assignmentId: string,
    change: (tx: Tx, assignment: { id: string; regionCode: string }, clocks: Clock[]) => Promise<boolean>,
  ) {
    signedIn(actor)
    return db.transaction(async (tx) => {
      const { recommendationId, organizationId } = found(await findAssignment(tx, assignmentId), 'no-such-assignment')
      const { regionCode } = await regions.organization(tx, organizationId)
      allow(actor, 'assignment:grant-time', { regionCodes: [regionCode] })
      await lockRecommendations(tx, [recommendationId])
      const assignment = { id: assignmentId, regionCode }
      return (await change(tx, assignment, await deadlines.read(tx, assignment))) ? tell(tx, recommendationId) : byId(tx, recommendationId)
    })
  }

  return {
    /** @throws AppError `conflict` for a deadline that runs no longer. */
    extend: (actor: Actor, { id, assignmentId, kind, period, reason }: Extend) =>
      granting(actor, assignmentId, async (tx, assignment, clocks) => {
        const clock = clocks.find((one) => one.kind === kind)
        if (clock?.extensions.some((one) => one.id === id)) return false
        if (!clock || clock.stoppedAt !== null) throw new AppError('conflict', 'deadline-is-over')
        await deadlines.extend(tx, assignment, kind, { id, period, reason, byName: actor.name })
        await audit.record(tx, actor, 'assignment:extend', assignmentId, { kind, period, reason })
        return true
      }),

    /** @throws AppError `conflict` once it is replied to. */
    pause: (actor: Actor, { assignmentId, reason }: { assignmentId: string; reason: string }) =>
      granting(actor, assignmentId, async (tx, assignment, clocks) => {
        const running = clocks.filter(({ kind, stoppedAt }) => stoppedAt === null && isOfHandling(kind))
        if (running.length === 0) throw new AppError('conflict', 'deadline-is-over')
        if (running.some(isPaused)) return false
        await deadlines.pause(tx, assignment, reason)
        await audit.record(tx, actor, 'assignment:pause', assignmentId, { reason })
        return true
      }),

    resume: (actor: Actor, { assignmentId }: { assignmentId: string }) =>
      granting(actor, assignmentId, async (tx, assignment, clocks) => {
        if (!clocks.some((clock) => clock.stoppedAt === null && isPaused(clock))) return false
        await deadlines.resume(tx, assignment)
        await audit.record(tx, actor, 'assignment:resume', assignmentId)
        return true
      }),
  }
}
