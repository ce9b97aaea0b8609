import { eq, inArray } from 'drizzle-orm'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { outcomePath, type Publicity, type PublicityOf } from '../../shared/outcomes.ts'
import { type Actor, allow, signedIn } from '../../shared/policy.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import { recommendationPublicity } from './schema.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'byId'>
  /** @throws AppError for those who may not read it. */
  get(actor: Actor, input: { recommendationId: string }): Promise<Recommendation>
  now: () => Date
}
type Classify = { recommendationId: string; publicity: Publicity; reason: string }

/** What the public reads of a recommendation, as a secretariat decides. */
export function createPublicity({ db, audit, meetings, get, now }: Deps) {
  async function read(recommendation: Recommendation): Promise<PublicityOf> {
    const [row] = await db.reader
      .select()
      .from(recommendationPublicity)
      .where(eq(recommendationPublicity.recommendationId, recommendation.id))
    const { publicity = 'public', reason = '', byName = null, at = null } = row ?? {}
    const shown = publicity !== 'withheld' && isIssued(recommendation)
    return { publicity, reason, byName, at, path: shown ? outcomePath(recommendation.id) : null }
  }

  return {
    publicityOf: async (actor: Actor, input: { recommendationId: string }) => read(await get(actor, input)),

    /** Holds at once: for the page, the list, the feeds, and what receipts tell. */
    async classify(actor: Actor, { recommendationId, publicity, reason }: Classify): Promise<PublicityOf> {
      signedIn(actor)
      const recommendation = await get(actor, { recommendationId })
      allow(actor, 'recommendation:classify', subjectOfMeeting(await meetings.byId(db.reader, recommendation.meetingId)))
      await db.transaction(async (tx) => {
        const row = { publicity, reason, byName: actor.name, at: now().toISOString() }
        await tx
          .insert(recommendationPublicity)
          .values({ recommendationId, ...row })
          .onConflictDoUpdate({ target: recommendationPublicity.recommendationId, set: row })
        await audit.record(tx, actor, 'recommendation:classify', recommendationId, { publicity, reason })
      })
      return read(recommendation)
    },
  }
}

/** What nobody answers for yet is not public. */
export const isIssued = ({ assignments }: Pick<Recommendation, 'assignments'>) =>
  assignments.some(({ status, part }) => status !== 'returned' && part === 'lead')

/** What each of these is to the public. */
export async function readPublicities(reader: Reader, ids: readonly string[]): Promise<(id: string) => Publicity> {
  const rows =
    ids.length === 0
      ? []
      : await reader
          .select()
          .from(recommendationPublicity)
          .where(inArray(recommendationPublicity.recommendationId, [...ids]))
  const known = new Map(rows.map(({ recommendationId, publicity }) => [recommendationId, publicity]))
  return (id) => known.get(id) ?? 'public'
}
