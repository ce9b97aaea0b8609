import { found } from '../../shared/errors.ts'
import { resultOf } from '../../shared/evaluation-rules.ts'
import type { Evaluation, EvaluationOutcome } from '../../shared/evaluations.ts'
import { type Actor, can } from '../../shared/policy.ts'
import type { Reader } from '../db/db.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import * as store from './store.ts'

type Deps = { recommendations: Pick<RecommendationService, 'assigned' | 'dueOf'> }

/** Evaluations as somebody may see them: before they close only how many have judged, and of oneself what one said. */
export function createReading({ recommendations }: Deps) {
  return {
    async byId(reader: Reader, actor: Actor, evaluationId: string): Promise<Evaluation> {
      const { assignmentId } = found(await store.findEvaluation(reader, evaluationId), 'no-such-evaluation')
      const all = await ofAssignment(reader, actor, assignmentId)
      return found(
        all.find(({ id }) => id === evaluationId),
        'no-such-evaluation',
      )
    },
    ofAssignment,
  }

  async function ofAssignment(reader: Reader, actor: Actor, assignmentId: string): Promise<Evaluation[]> {
    const rows = await store.listEvaluations(reader, assignmentId)
    if (rows.length === 0) return []
    const { assignment } = await recommendations.assigned(reader, assignmentId)
    const ids = rows.map(({ id }) => id)
    const [people, draws] = [await store.listEvaluators(reader, ids), await store.listDraws(reader, ids)]
    const manages = can(actor, 'evaluation:manage', { regionCodes: [assignment.regionCode] })
    const dueAt = await recommendations.dueOf(reader, assignmentId, 'evaluation')
    return rows.map((row) => {
      const own = people.filter(({ evaluationId }) => evaluationId === row.id)
      const draw = draws.find(({ evaluationId }) => evaluationId === row.id)
      const { id, round, openedAt, closedAt } = row
      return {
        ...{ id, assignmentId, round, openedAt, closedAt, dueAt: dueAt ?? openedAt },
        turnout: store.bySide(own).map(({ side, own }) => ({ side, evaluators: own.length, given: own.filter(hasGiven).length })),
        mine: own
          .filter((evaluator) => isTheirs(actor, evaluator))
          .map((evaluator) => ({ evaluatorId: evaluator.id, side: evaluator.side, ballot: store.ballotOf(evaluator) })),
        draw: draw ? { id: draw.id, drawn: draw.drawnAt !== null } : null,
        evaluators: manages ? own.map(listed) : null,
        outcome: outcomeOf(row, own),
      }
    })
  }
}

export const hasGiven = ({ givenAt }: store.EvaluatorRow) => givenAt !== null

/** Whether somebody judges as this evaluator: as the account itself, or as one of the department. Who was drawn has a link instead. */
export function isTheirs(actor: Actor, { accountId, organizationId }: store.EvaluatorRow): boolean {
  if (organizationId !== null) return can(actor, 'evaluation:give', { organizationId })
  return accountId !== null && can(actor, 'evaluation:give', { ownerId: accountId })
}

const listed = (evaluator: store.EvaluatorRow) => {
  const { id, side, category, name, token, mailedAt } = evaluator
  const given = hasGiven(evaluator)
  return { id, side, category, name, given, token: given ? null : token, mailed: mailedAt !== null }
}

function outcomeOf({ conclusion, because }: store.EvaluationRow, people: readonly store.EvaluatorRow[]): EvaluationOutcome | null {
  if (conclusion === null || because === null) return null
  const words = people.flatMap((one) =>
    one.grade !== null && one.words !== '' ? [{ side: one.side, grade: one.grade, words: one.words }] : [],
  )
  return {
    conclusion,
    because,
    results: store.bySide(people).map(({ side, own }) => resultOf(side, own.map(store.ballotOf))),
    // By the words themselves: the order of the evaluators would tell who said what.
    words: words.toSorted((one, other) => (one.words < other.words ? -1 : 1)),
  }
}
