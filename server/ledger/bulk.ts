import { desc, eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import { type AssignmentPart, isWorking } from '../../shared/assignment-machine.ts'
import { AppError, found } from '../../shared/errors.ts'
import type { Outcome, Reminder } from '../../shared/ledger.ts'
import { type Actor, allow, allowSomewhere } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import { findAssignment } from '../recommendations/assignments-store.ts'
import { lockRecommendations } from '../recommendations/locks.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import type { RegionService } from '../regions/service.ts'
import { assignmentReminders } from './schema.ts'

type Deps = {
  db: Db
  audit: AuditService
  regions: Pick<RegionService, 'organization'>
  recommendations: Pick<RecommendationService, 'issue' | 'get'>
  now: () => Date
  log: Logger
}
type Issue = { id: string; recommendationId: string; organizationId: string; part: AssignmentPart }

/** One thing done to many lines. Each is decided and stored for itself, and each is told of. */
export function createLedgerBulk({ db, audit, regions, recommendations, now, log }: Deps) {
  async function each<T>(items: readonly T[], idOf: (item: T) => string, work: (item: T) => Promise<unknown>): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    for (const item of items) {
      const id = idOf(item)
      try {
        await work(item)
        outcomes.push({ id, done: true, code: null, reason: null })
      } catch (error) {
        if (!(error instanceof AppError)) log.error({ err: error }, 'one of many failed')
        const { code, reason } = error instanceof AppError ? error : { code: 'internal', reason: 'internal' }
        outcomes.push({ id, done: false, code, reason })
      }
    }
    return outcomes
  }

  const remind = (actor: Actor, { id, assignmentId, words }: { id: string; assignmentId: string; words: string }) =>
    db.transaction(async (tx) => {
      const { organizationId, recommendationId } = found(await findAssignment(tx, assignmentId), 'no-such-assignment')
      const { regionCode } = await regions.organization(tx, organizationId)
      allow(actor, 'assignment:remind', { regionCodes: [regionCode] })
      await lockRecommendations(tx, [recommendationId])
      const { status } = found(await findAssignment(tx, assignmentId), 'no-such-assignment')
      if (!isWorking(status)) throw new AppError('conflict', 'nothing-to-remind-of')
      const reminder = { id, assignmentId, at: now().toISOString(), byName: actor.name, words }
      const stored = await tx.insert(assignmentReminders).values(reminder).onConflictDoNothing().returning({ id: assignmentReminders.id })
      if (stored.length > 0) await audit.record(tx, actor, 'assignment:remind', assignmentId, { reason: words })
    })

  return {
    async issueMany(actor: Actor, { items }: { items: Issue[] }): Promise<Outcome[]> {
      allowSomewhere(actor, 'assignment:issue')
      return each(
        items,
        ({ recommendationId }) => recommendationId,
        (item) => recommendations.issue(actor, item),
      )
    },

    async remindMany(
      actor: Actor,
      { id, assignmentIds, words }: { id: string; assignmentIds: string[]; words: string },
    ): Promise<Outcome[]> {
      allowSomewhere(actor, 'assignment:remind')
      return each(
        assignmentIds,
        (assignmentId) => assignmentId,
        (assignmentId) => remind(actor, { id, assignmentId, words }),
      )
    },

    /** For whoever reads the recommendation; newest first. */
    async reminders(actor: Actor, { assignmentId }: { assignmentId: string }): Promise<Reminder[]> {
      const { recommendationId } = found(await findAssignment(db.reader, assignmentId), 'no-such-assignment')
      await recommendations.get(actor, { recommendationId })
      const { id, at, byName, words } = assignmentReminders
      return db.reader
        .select({ id, at, byName, words })
        .from(assignmentReminders)
        .where(eq(assignmentReminders.assignmentId, assignmentId))
        .orderBy(desc(at), desc(id))
        .limit(100)
    },
  }
}
