import { v7 } from 'uuid'
import {
  type AssignmentMove,
  clockInRound,
  type FollowingMove,
  followingRuleOf,
  hindrance,
  mayMove,
  refusalOf,
  rightFor,
  ruleOf,
} from '../../shared/assignment-machine.ts'
import type { ClockKind } from '../../shared/clocks.ts'
import { AppError, found } from '../../shared/errors.ts'
import { type Actor, allow, signedIn } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import * as assignmentsStore from './assignments-store.ts'
import type { AssignmentClocks } from './clocks.ts'
import { lockRecommendations } from './locks.ts'

type Deps = {
  db: Db
  audit: AuditService
  deadlines: AssignmentClocks
  byId(reader: Reader, recommendationId: string): Promise<Recommendation>
  /** Adds one to the version, and publishes the result. */
  tell(tx: Tx, recommendationId: string): Promise<Recommendation>
  now: () => Date
}

/** What a move brings with it beside the new state. */
export type Made = { reason?: string; proposedId?: string | null; details?: Record<string, unknown>; done?: (tx: Tx) => Promise<void> }
/** Looks at an assignment as it stands, locked: null when the wish was fulfilled before, as after a lost answer. */
export type Plan = (tx: Tx, assignment: Assignment, recommendation: Recommendation) => Promise<Made | null> | Made | null

export type Moves = ReturnType<typeof createMoves>

/** Makes the moves of `shared/assignment-machine.ts`: the only place where the state of an assignment changes. */
export function createMoves({ db, audit, deadlines, byId, tell, now }: Deps) {
  const instant = () => now().toISOString()

  async function stepOf(tx: Tx, actor: Actor, assignment: Assignment, name: AssignmentMove | FollowingMove, made: Made) {
    const { reason = '', proposedId = null, details } = made
    const step = { id: v7(), assignmentId: assignment.id, move: name, at: instant(), byName: actor.name, reason, proposedId }
    await assignmentsStore.insertStep(tx, step)
    await audit.record(tx, actor, `assignment:${name}`, assignment.id, details)
  }

  type Clocks = { starts?: readonly ClockKind[]; stops?: readonly ClockKind[]; resumes?: readonly ClockKind[] }
  async function setClocks(tx: Tx, { id, regionCode, round }: Assignment, { starts = [], stops = [], resumes = [] }: Clocks, reason = '') {
    const mine = (kinds: readonly ClockKind[]) => kinds.map((kind) => clockInRound(kind, round))
    if (starts.length > 0) await deadlines.start(tx, { id, regionCode }, mine(starts), instant())
    for (const kind of mine(stops)) await deadlines.stop(tx, id, kind)
    for (const kind of mine(resumes)) await deadlines.runOn(tx, { id, regionCode }, kind, reason)
  }

  /**
   * Makes one move of an assignment for whoever has the right to it.
   * @throws AppError `conflict` for a move that does not begin where the assignment stands, or that has to wait for others
   */
  async function move(actor: Actor, assignmentId: string, name: AssignmentMove, plan: Plan): Promise<Recommendation> {
    signedIn(actor)
    return db.transaction(async (tx) => {
      const { recommendationId } = found(await assignmentsStore.findAssignment(tx, assignmentId), 'no-such-assignment')
      await lockRecommendations(tx, [recommendationId])
      const recommendation = await byId(tx, recommendationId)
      const assignment = found(
        recommendation.assignments.find(({ id }) => id === assignmentId),
        'no-such-assignment',
      )
      const right = rightFor(name, assignment)
      allow(actor, right.action, right.subject)
      const made = await plan(tx, assignment, recommendation)
      if (!made) return recommendation
      requireMove(name, assignment, recommendation)
      // First whatever else changes: given another part, a department must not be a second lead for a moment.
      await made.done?.(tx)
      await assignmentsStore.updateAssignment(tx, assignmentId, { status: ruleOf(name).to })
      await setClocks(tx, assignment, ruleOf(name), made.reason)
      await stepOf(tx, actor, assignment, name, made)
      return tell(tx, recommendationId)
    })
  }

  /**
   * Makes a move that follows from something else, within the transaction of that; the recommendation is locked.
   * @throws AppError `conflict` for a move that does not begin where the assignment stands
   */
  async function follow(tx: Tx, actor: Actor, assignmentId: string, name: FollowingMove, reason = ''): Promise<Recommendation> {
    const { recommendationId } = found(await assignmentsStore.findAssignment(tx, assignmentId), 'no-such-assignment')
    const { assignments } = await byId(tx, recommendationId)
    const assignment = found(
      assignments.find(({ id }) => id === assignmentId),
      'no-such-assignment',
    )
    const rule = followingRuleOf(name)
    if (!rule.from.includes(assignment.status)) throw new AppError('conflict', 'not-concluded')
    const round = assignment.round + (rule.nextRound ? 1 : 0)
    await assignmentsStore.updateAssignment(tx, assignmentId, { status: rule.to, round })
    await setClocks(tx, assignment, rule, reason)
    await stepOf(tx, actor, assignment, name, { reason, details: { reason, round } })
    return tell(tx, recommendationId)
  }
  return { move, follow }
}

function requireMove(name: AssignmentMove, assignment: Assignment, { assignments }: Recommendation) {
  if (!mayMove(assignment.status, name, assignment.part)) throw new AppError('conflict', refusalOf(name, assignment))
  const reason = hindrance(name, assignment, assignments)
  if (reason) throw new AppError('conflict', reason)
}
