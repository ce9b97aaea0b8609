import { v7 } from 'uuid'
import { AppError, found } from '../../shared/errors.ts'
import { askedOf, type Ballot, conclude, type EvaluationRules, questions, resultOf } from '../../shared/evaluation-rules.ts'
import type { Evaluation, EvaluationTask, ToEvaluate } from '../../shared/evaluations.ts'
import { type Actor, allow, program, rules, signedIn } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import { createReading, hasGiven, isTheirs } from './reading.ts'
import * as store from './store.ts'

export type EvaluationService = ReturnType<typeof createEvaluationService>

type Deps = {
  db: Db
  audit: Pick<AuditService, 'record'>
  recommendations: RecommendationService
  /** When a reply is not good enough in a region. */
  rulesOf(reader: Reader, regionCode: string): Promise<EvaluationRules>
  now: () => Date
}

/** Whether the answer was any good: judged by those who asked, by people who were drawn, and in return by the departments. */
export function createEvaluationService({ db, audit, recommendations, rulesOf, now }: Deps) {
  const instant = () => now().toISOString()
  const reading = createReading({ recommendations })
  recommendations.onAccept(open)

  /** Begins with the reply that was accepted: the proposers, and every department that had a part in it. */
  async function open(tx: Tx, { proposers, assignments }: Recommendation, assignment: Assignment) {
    const id = v7()
    await store.insertEvaluation(tx, { id, assignmentId: assignment.id, round: assignment.round, openedAt: instant() })
    const departments = assignments.filter(
      ({ hostCode, part, status, id: other }) =>
        hostCode === assignment.hostCode && (other === assignment.id || (part === 'co-handler' && status === 'countersigned')),
    )
    await store.insertEvaluators(tx, [
      ...proposers.map(({ accountId, name }) => ({ id: v7(), evaluationId: id, side: 'proposer' as const, accountId, name })),
      ...departments.map(({ organizationId, organizationName }) => ({
        ...{ id: v7(), evaluationId: id, side: 'department' as const },
        ...{ organizationId, name: organizationName },
      })),
    ])
  }

  /** Stores what an evaluator says, in an evaluation that is open and cannot close meanwhile. */
  async function say(tx: Tx, actor: Actor, { id, evaluationId, side }: store.EvaluatorRow, { grade, marks, words }: Ballot) {
    const asked = askedOf[side]
    if (questions.some((question) => asked.includes(question) !== (marks[question] !== undefined)))
      throw new AppError('invalid-input', 'marks-incomplete', { marks: 'marks-incomplete' })
    const { closedAt } = found(await store.lockEvaluation(tx, evaluationId, 'share'), 'no-such-evaluation')
    if (closedAt !== null) throw new AppError('conflict', 'evaluation-closed')
    // Read under the lock: another may have taken the place a moment ago.
    const { replacedAt } = found(await store.findEvaluator(tx, id), 'no-such-evaluator')
    if (replacedAt !== null) throw new AppError('conflict', 'evaluator-replaced')
    await store.storeBallot(tx, id, { grade, marks, words }, instant())
    await audit.record(tx, actor, 'evaluation:give', id, { evaluationId, side, grade, marks, words })
  }

  async function task(token: string): Promise<EvaluationTask> {
    const evaluator = found(await store.findByToken(db.reader, token), 'no-such-evaluation-link')
    if (evaluator.replacedAt !== null) throw new AppError('conflict', 'evaluator-replaced')
    const { assignmentId, round, closedAt } = found(await store.findEvaluation(db.reader, evaluator.evaluationId), 'no-such-evaluation')
    const { recommendation, assignment } = await recommendations.assigned(db.reader, assignmentId)
    const { number, title, body, suggestions } = recommendation
    return {
      recommendation: { number, title, body },
      organizationName: assignment.organizationName,
      round,
      reply: replyOf(assignment, round),
      suggestions: suggestions.map(({ id, text }) => ({ id, text })),
      dueAt: (await recommendations.dueOf(db.reader, assignmentId, 'evaluation')) ?? instant(),
      closed: closedAt !== null,
      name: evaluator.name,
      category: evaluator.category!,
      ballot: store.ballotOf(evaluator),
    }
  }

  /**
   * Closes an evaluation once, with what follows from it: it is done with, a second round opens, or it goes to the register.
   * `requireDone` looks at it locked. The recommendation is locked first, as by every move.
   */
  async function close(actor: Actor, evaluationId: string, requireDone?: (tx: Tx, people: readonly store.EvaluatorRow[]) => Promise<void>) {
    await db.transaction(async (tx) => {
      const { assignmentId } = found(await store.findEvaluation(tx, evaluationId), 'no-such-evaluation')
      await recommendations.lock(tx, assignmentId)
      const evaluation = found(await store.lockEvaluation(tx, evaluationId, 'update'), 'no-such-evaluation')
      if (evaluation.closedAt !== null) return
      const people = await store.listEvaluators(tx, [evaluationId])
      await requireDone?.(tx, people)
      const { assignment } = await recommendations.assigned(tx, assignmentId)
      const results = store.bySide(people).map(({ side, own }) => resultOf(side, own.map(store.ballotOf)))
      const rules = await rulesOf(tx, assignment.regionCode)
      const { round } = evaluation
      const { conclusion, because } = conclude({ round, items: replyOf(assignment, round)?.items ?? [], results, rules })
      await store.closeEvaluation(tx, evaluationId, { closedAt: instant(), conclusion, because })
      await audit.record(tx, actor, 'evaluation:close', evaluationId, { assignmentId, round, conclusion, because })
      await recommendations.follow(tx, actor, assignmentId, conclusion)
    })
  }

  return {
    /** @throws AppError `not-allowed` for whoever may not read the recommendation. */
    async list(actor: Actor, { assignmentId }: { assignmentId: string }): Promise<Evaluation[]> {
      signedIn(actor)
      await recommendations.get(actor, (await recommendations.assigned(db.reader, assignmentId)).assignment)
      return reading.ofAssignment(db.reader, actor, assignmentId)
    },

    /** What somebody, or their department, has still to judge. */
    async waiting(actor: Actor): Promise<ToEvaluate[]> {
      const rows = await store.listWaiting(db.reader, signedIn(actor), departmentsOf(actor))
      const waiting = await Promise.all(
        rows.map(async ({ evaluator, assignmentId }) => {
          const { recommendation, assignment } = await recommendations.assigned(db.reader, assignmentId)
          const { id, number, title } = recommendation
          const dueAt = (await recommendations.dueOf(db.reader, assignmentId, 'evaluation')) ?? instant()
          const { organizationName } = assignment
          return { evaluatorId: evaluator.id, side: evaluator.side, recommendation: { id, number, title }, organizationName, dueAt }
        }),
      )
      return waiting.sort((one, other) => one.dueAt.localeCompare(other.dueAt))
    },

    /** @throws AppError `not-allowed` for anybody else than this evaluator, `conflict` once it has closed. */
    async give(actor: Actor, { evaluatorId, ...ballot }: { evaluatorId: string } & Ballot): Promise<Evaluation> {
      signedIn(actor)
      const evaluator = found(await store.findEvaluator(db.reader, evaluatorId), 'no-such-evaluator')
      if (!isTheirs(actor, evaluator)) throw new AppError('not-allowed', 'not-allowed')
      await db.transaction((tx) => say(tx, actor, evaluator, ballot))
      return reading.byId(db.reader, actor, evaluator.evaluationId)
    },

    /** What a link leads to. It is the right to it, as a receipt is. */
    task: (_actor: Actor, { token }: { token: string }): Promise<EvaluationTask> => task(token),

    async giveByLink(actor: Actor, { token, ...ballot }: { token: string } & Ballot): Promise<EvaluationTask> {
      const evaluator = found(await store.findByToken(db.reader, token), 'no-such-evaluation-link')
      await db.transaction((tx) => say(tx, { ...actor, name: evaluator.name }, evaluator, ballot))
      return task(token)
    },

    /** @throws AppError `conflict` while somebody has not judged yet: only its deadline closes it then. */
    async close(actor: Actor, { evaluationId }: { evaluationId: string }): Promise<Evaluation> {
      signedIn(actor)
      const { assignmentId } = found(await store.findEvaluation(db.reader, evaluationId), 'no-such-evaluation')
      const { assignment } = await recommendations.assigned(db.reader, assignmentId)
      allow(actor, 'evaluation:manage', { regionCodes: [assignment.regionCode] })
      await close(actor, evaluationId, async (tx, people) => {
        const draws = await store.listDraws(tx, [evaluationId])
        if (draws.some(({ drawnAt }) => drawnAt === null)) throw new AppError('conflict', 'draw-unfinished')
        if (!people.every(hasGiven)) throw new AppError('conflict', 'evaluators-left')
      })
      return reading.byId(db.reader, actor, evaluationId)
    },

    /** Closes what is past its deadline. Of several nodes that look at the same moment one does it. */
    async closeDue() {
      for (const { id, assignmentId } of await store.listOpen(db.reader)) {
        const dueAt = await recommendations.dueOf(db.reader, assignmentId, 'evaluation')
        if (dueAt !== null && dueAt < instant()) await close(program, id)
      }
    },

    byId: reading.byId,
  }
}

/** The departments for which somebody judges in return. */
const departmentsOf = ({ grants }: Actor): string[] =>
  grants.flatMap(({ role, scope }) =>
    scope.kind === 'organization' && rules['evaluation:give'].roles.some((allowed) => allowed === role) ? [scope.organizationId] : [],
  )

/** The reply that was judged in a round: the one that stands, or an earlier one. */
const replyOf = ({ reply, earlierReplies }: Assignment, round: number) =>
  [...earlierReplies, ...(reply ? [reply] : [])].findLast((one) => one.round === round && one.sentBack === null) ?? null
