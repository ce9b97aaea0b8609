import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import { sha256 } from '../../shared/canonical.ts'
import { type DrawCounts, drawnOf, evaluatorCategories, orderOf, poolText } from '../../shared/draw.ts'
import { AppError, found } from '../../shared/errors.ts'
import type { Draw, Evaluation } from '../../shared/evaluations.ts'
import { type Actor, allow, signedIn } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import type { EvaluatorLetters } from './letters.ts'
import type { EvaluationPools } from './pools.ts'
import type { EvaluationService } from './service.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: Pick<AuditService, 'record'>
  recommendations: Pick<RecommendationService, 'assigned'>
  pools: Pick<EvaluationPools, 'poolOf'>
  evaluations: Pick<EvaluationService, 'byId'>
  letters: Pick<EvaluatorLetters, 'sendSoon'>
  now: () => Date
}
type Prepare = { id: string; evaluationId: string; counts: DrawCounts; announced: string }

/** Draws evaluators from outside so that everybody can check it; how, is written in `shared/draw.ts`. */
export function createDraws({ db, audit, recommendations, pools, evaluations, letters, now }: Deps) {
  const instant = () => now().toISOString()
  const newEvaluator = (evaluationId: string, { id, category, name }: store.DrawRow['pool'][number]) => ({
    ...{ id: v7(), evaluationId, side: 'external' as const, candidateId: id, category, name },
    token: randomBytes(16).toString('base64url'),
  })

  /** @throws AppError `not-allowed` for anybody but the secretariat of the department's region. */
  async function mine(reader: Reader, actor: Actor, evaluationId: string) {
    signedIn(actor)
    const { assignmentId } = found(await store.findEvaluation(reader, evaluationId), 'no-such-evaluation')
    const { assignment } = await recommendations.assigned(reader, assignmentId)
    allow(actor, 'evaluation:manage', { regionCodes: [assignment.regionCode] })
    return assignment
  }

  /** Locks an evaluation that is still open. */
  async function lockOpen(tx: Tx, evaluationId: string) {
    const { closedAt } = found(await store.lockEvaluation(tx, evaluationId, 'update'), 'no-such-evaluation')
    if (closedAt !== null) throw new AppError('conflict', 'evaluation-closed')
  }

  async function show(reader: Reader, drawId: string): Promise<Draw> {
    const draw = found(await store.findDraw(reader, drawId), 'no-such-draw')
    const evaluation = found(await store.findEvaluation(reader, draw.evaluationId), 'no-such-evaluation')
    const { recommendation, assignment } = await recommendations.assigned(reader, evaluation.assignmentId)
    const everybody = await store.listDrawn(reader, draw.evaluationId)
    const { id, counts, pool, poolHash, commitment, announced, preparedAt, drawnAt, publicSeed, secret } = draw
    const drawn = publicSeed === null ? [] : await drawnOf(pool, counts, secret, publicSeed)
    return {
      ...{ id, counts, pool, poolHash, commitment, announced, preparedAt, drawnAt, publicSeed, drawn },
      recommendation: { number: recommendation.number, title: recommendation.title },
      organizationName: assignment.organizationName,
      round: evaluation.round,
      secret: publicSeed === null ? null : secret,
      replaced: everybody.flatMap((one) => {
        const next = everybody.find((other) => other.id === one.replacedById)
        return one.replacedAt && next
          ? [{ candidateId: one.candidateId!, reason: one.replacedWhy ?? '', byCandidateId: next.candidateId! }]
          : []
      }),
    }
  }

  return {
    /** Everybody's to check: a draw is public. */
    show: (_actor: Actor, { drawId }: { drawId: string }): Promise<Draw> => show(db.reader, drawId),

    /** @throws AppError `conflict` when it has its draw already, or when there are fewer candidates than are to be drawn. */
    async prepare(actor: Actor, { id, evaluationId, counts, announced }: Prepare): Promise<Draw> {
      const { hostCode } = await mine(db.reader, actor, evaluationId)
      const secret = randomBytes(32).toString('hex')
      const commitment = await sha256(secret)
      return db.transaction(async (tx) => {
        const known = await store.findDraw(tx, id)
        if (known?.evaluationId === evaluationId) return show(tx, id)
        await lockOpen(tx, evaluationId)
        const all = await pools.poolOf(tx, hostCode)
        const pool = all.filter(({ category }) => counts[category] > 0).map(({ id, category, name }) => ({ id, category, name }))
        requireEnough(pool, counts)
        const poolHash = await sha256(poolText(pool))
        const draw = { id, evaluationId, counts, pool, poolHash, secret, commitment, announced, preparedAt: instant() }
        if (!(await store.insertDraw(tx, draw))) throw new AppError('conflict', known ? 'id-taken' : 'already-drawn')
        await audit.record(tx, actor, 'draw:prepare', id, { evaluationId, counts, poolHash, commitment, announced })
        return show(tx, id)
      })
    },

    /** @throws AppError `conflict` when it was drawn with another number. */
    async reveal(actor: Actor, { drawId, publicSeed }: { drawId: string; publicSeed: string }): Promise<Draw> {
      signedIn(actor)
      const { evaluationId } = found(await store.findDraw(db.reader, drawId), 'no-such-draw')
      await mine(db.reader, actor, evaluationId)
      return db.transaction(async (tx) => {
        await store.lockEvaluation(tx, evaluationId, 'update')
        const draw = found(await store.findDraw(tx, drawId), 'no-such-draw')
        if (draw.publicSeed === publicSeed) return show(tx, drawId)
        if (draw.publicSeed !== null) throw new AppError('conflict', 'already-drawn')
        await lockOpen(tx, evaluationId)
        const drawn = await drawnOf(draw.pool, draw.counts, draw.secret, publicSeed)
        const chosen = drawn.flatMap((id) => draw.pool.find((one) => one.id === id) ?? [])
        await store.revealDraw(tx, drawId, publicSeed, instant())
        const rows = chosen.map((one) => newEvaluator(evaluationId, one))
        await store.insertEvaluators(tx, rows)
        await letters.sendSoon(tx, rows)
        await audit.record(tx, actor, 'draw:reveal', drawId, { evaluationId, secret: draw.secret, publicSeed, drawn })
        return show(tx, drawId)
      })
    },

    /** @throws AppError `conflict` for who has judged already, and when nobody is left to take the place. */
    async replace(actor: Actor, { evaluatorId, reason }: { evaluatorId: string; reason: string }): Promise<Evaluation> {
      signedIn(actor)
      const { evaluationId, candidateId, category } = found(await store.findEvaluator(db.reader, evaluatorId), 'no-such-evaluator')
      await mine(db.reader, actor, evaluationId)
      if (candidateId === null || category === null) throw new AppError('conflict', 'not-drawn')
      return db.transaction(async (tx) => {
        await lockOpen(tx, evaluationId)
        const evaluator = found(await store.findEvaluator(tx, evaluatorId), 'no-such-evaluator')
        if (evaluator.replacedAt !== null) return evaluations.byId(tx, actor, evaluationId)
        if (evaluator.givenAt !== null) throw new AppError('conflict', 'already-evaluated')
        const [draw] = await store.listDraws(tx, [evaluationId])
        const { pool, secret, publicSeed } = found(draw, 'no-such-draw')
        const taken = new Set((await store.listDrawn(tx, evaluationId)).map((one) => one.candidateId))
        const order = await orderOf(pool, secret, publicSeed ?? '')
        const next = pool.find(({ id }) => id === order[category].find((candidate) => !taken.has(candidate)))
        if (!next) throw new AppError('conflict', 'nobody-left')
        const row = newEvaluator(evaluationId, next)
        await store.insertEvaluators(tx, [row])
        await letters.sendSoon(tx, [row])
        await store.replaceEvaluator(tx, evaluatorId, { replacedAt: instant(), replacedWhy: reason, replacedById: row.id })
        await audit.record(tx, actor, 'evaluator:replace', evaluatorId, { evaluationId, reason, by: next.id })
        return evaluations.byId(tx, actor, evaluationId)
      })
    },
  }
}

function requireEnough(pool: store.DrawRow['pool'], counts: DrawCounts) {
  if (evaluatorCategories.every((category) => counts[category] === 0))
    throw new AppError('invalid-input', 'nobody-to-draw', { counts: 'nobody-to-draw' })
  const short = evaluatorCategories.find((category) => pool.filter((one) => one.category === category).length < counts[category])
  if (short) throw new AppError('conflict', 'pool-too-small', { [`counts.${short}`]: 'pool-too-small' })
}
