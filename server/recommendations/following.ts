import type { ClockKind } from '../../shared/clocks.ts'
import { found } from '../../shared/errors.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import type { Reader, Tx } from '../db/db.ts'
import { findAssignment } from './assignments-store.ts'
import type { AssignmentClocks } from './clocks.ts'
import { lockRecommendations } from './locks.ts'
import { readRecommendations } from './store.ts'

/** Told within the transaction in which a reply was found complete. */
export type AcceptListener = (tx: Tx, recommendation: Recommendation, assignment: Assignment) => Promise<void>

/** What whoever follows an assignment beyond its reply asks for. */
export function createFollowing({ deadlines }: { deadlines: AssignmentClocks }) {
  const recommendationOf = async (reader: Reader, assignmentId: string) =>
    found(await findAssignment(reader, assignmentId), 'no-such-assignment').recommendationId

  return {
    byIds: readRecommendations,

    /** @throws AppError `not-found`. */
    async assigned(reader: Reader, assignmentId: string): Promise<{ recommendation: Recommendation; assignment: Assignment }> {
      const [recommendation] = await readRecommendations(reader, [await recommendationOf(reader, assignmentId)])
      const assignment = recommendation?.assignments.find(({ id }) => id === assignmentId)
      return { recommendation: found(recommendation, 'no-such-recommendation'), assignment: found(assignment, 'no-such-assignment') }
    },

    /** Locks an assignment with its whole recommendation, as every move does first. */
    async lock(tx: Tx, assignmentId: string) {
      await lockRecommendations(tx, [await recommendationOf(tx, assignmentId)])
    },

    /** Until when a clock runs or ran; null when it never began. */
    dueOf: (reader: Reader, assignmentId: string, kind: ClockKind) => deadlines.dueOf(reader, assignmentId, kind),
    stopClock: (tx: Tx, assignmentId: string, kind: ClockKind) => deadlines.stop(tx, assignmentId, kind),
  }
}
