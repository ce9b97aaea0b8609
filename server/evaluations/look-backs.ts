import { AppError, found } from '../../shared/errors.ts'
import { type Followed, type LookBack, type LookBackStage, lookBackClocks, lookBackStages } from '../../shared/look-backs.ts'
import { type Actor, allow, rules, signedIn } from '../../shared/policy.ts'
import type { Topic } from '../../shared/topics.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader } from '../db/db.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import type { TopicService } from '../topics/topic-service.ts'
import * as store from './followed-store.ts'

type Deps = {
  db: Db
  audit: Pick<AuditService, 'record'>
  recommendations: Pick<RecommendationService, 'assigned' | 'byIds' | 'follow' | 'get' | 'lock' | 'stopClock'>
  topics: Pick<TopicService, 'raise'>
  now: () => Date
}
type Finding = Pick<LookBack, 'id' | 'stage' | 'finding' | 'words'> & { assignmentId: string }

/** 回头看 and 登记造册: whether what was promised was done, and what is left until it is. */
export function createLookBacks({ db, audit, recommendations, topics, now }: Deps) {
  const read = async (reader: Reader, place: store.Place): Promise<Followed> =>
    found((await followed(reader, [place]))[0], 'no-such-assignment')

  async function followed(reader: Reader, places: readonly store.Place[]): Promise<Followed[]> {
    const ids = places.map(({ assignmentId }) => assignmentId)
    const all = new Map(
      (await recommendations.byIds(reader, [...new Set(places.map((place) => place.recommendationId))])).map((one) => [one.id, one]),
    )
    const [done, next, concluded] = [
      await store.readLookBacks(reader, ids),
      await store.readNext(reader, ids),
      await store.readConcluded(reader, ids),
    ]
    return places.flatMap(({ assignmentId, recommendationId }) => {
      const recommendation = all.get(recommendationId)
      const assignment = recommendation?.assignments.find(({ id }) => id === assignmentId)
      if (!recommendation || !assignment) return []
      const { id, number, title, suggestions } = recommendation
      const clock = next.find((one) => one.assignmentId === assignmentId)
      const textOf = (suggestionId: string) => suggestions.find((one) => one.id === suggestionId)?.text ?? ''
      return {
        assignmentId,
        recommendation: { id, number, title },
        organizationName: assignment.organizationName,
        regionPath: assignment.regionPath,
        status: assignment.status,
        concludedAt: concluded.get(assignmentId) ?? null,
        notAdopted: (assignment.reply?.items ?? [])
          .filter(({ outcome }) => outcome === 'not-adopted')
          .map(({ suggestionId, text }) => ({ suggestion: textOf(suggestionId), reason: text })),
        lookBacks: done.filter((one) => one.assignmentId === assignmentId).map(shown),
        next: clock ? { stage: stageOf(clock.kind), dueAt: clock.dueAt } : null,
      }
    })
  }

  return {
    async register(actor: Actor, { settled, limit }: { settled: 'no' | 'yes'; limit: number }): Promise<Followed[]> {
      signedIn(actor)
      return followed(db.reader, await store.listRegistered(db.reader, scopesOf(actor), settled === 'yes', limit))
    },

    async toDo(actor: Actor, { limit }: { limit: number }): Promise<Followed[]> {
      signedIn(actor)
      return followed(db.reader, await store.listToLookBack(db.reader, scopesOf(actor), limit))
    },

    async ofAssignment(actor: Actor, { assignmentId }: { assignmentId: string }): Promise<LookBack[]> {
      signedIn(actor)
      const { assignment } = await recommendations.assigned(db.reader, assignmentId)
      await recommendations.get(actor, assignment)
      return (await store.readLookBacks(db.reader, [assignmentId])).map(shown)
    },

    /** @throws AppError `conflict` before it is done with, and for a stage that has its finding already. */
    async record(actor: Actor, { id, assignmentId, stage, finding, words }: Finding): Promise<Followed> {
      signedIn(actor)
      return db.transaction(async (tx) => {
        await recommendations.lock(tx, assignmentId)
        const { assignment } = await recommendations.assigned(tx, assignmentId)
        allow(actor, 'evaluation:manage', { regionCodes: [assignment.regionCode] })
        const { status, recommendationId } = assignment
        const place = { assignmentId, recommendationId }
        if ((await store.readLookBacks(tx, [assignmentId])).some((one) => one.id === id)) return read(tx, place)
        if (status !== 'closed' && status !== 'registered') throw new AppError('conflict', 'not-concluded')
        const lookBack = { id, assignmentId, stage, finding, words, at: now().toISOString(), byName: actor.name }
        if (!(await store.insertLookBack(tx, lookBack))) throw new AppError('conflict', 'already-looked-back')
        await recommendations.stopClock(tx, assignmentId, lookBackClocks[stage])
        await audit.record(tx, actor, 'look-back:record', assignmentId, { stage, finding, words })
        if (finding === 'kept' && status === 'registered') await recommendations.follow(tx, actor, assignmentId, 'settle', words)
        if (finding === 'not-kept' && status === 'closed') await recommendations.follow(tx, actor, assignmentId, 'lapse', words)
        return read(tx, place)
      })
    },

    /** @throws AppError `conflict` before anybody has looked back. */
    async raise(actor: Actor, { id, assignmentId, title }: { id: string; assignmentId: string; title: string }): Promise<Topic> {
      signedIn(actor)
      return db.transaction(async (tx) => {
        const { recommendation, assignment } = await recommendations.assigned(tx, assignmentId)
        allow(actor, 'evaluation:manage', { regionCodes: [assignment.regionCode] })
        if ((await store.readLookBacks(tx, [assignmentId])).length === 0) throw new AppError('conflict', 'no-look-back-yet')
        const suggestionIds = recommendation.suggestions.map((suggestion) => suggestion.id)
        const topic = await topics.raise(tx, actor, { id, regionCode: assignment.hostCode, title, suggestionIds })
        await store.linkTopic(tx, id, assignmentId)
        return topic
      })
    },
  }
}

const shown = ({ assignmentId: _, ...lookBack }: LookBack & { assignmentId: string }): LookBack => lookBack

const stageOf = (kind: string): LookBackStage => lookBackStages.find((stage) => lookBackClocks[stage] === kind) ?? 'first'

const scopesOf = (actor: Actor): string[] =>
  actor.grants.flatMap(({ role, scope }) =>
    scope.kind === 'region' && rules['evaluation:manage'].roles.some((allowed) => allowed === role) ? [scope.regionCode] : [],
  )
