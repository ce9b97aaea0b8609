import { and, asc, eq, inArray } from 'drizzle-orm'
import { AppError } from '../../shared/errors.ts'
import { type Actor, allow, rules, signedIn } from '../../shared/policy.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import { accounts, roleGrants } from '../identity/schema.ts'
import type { MeetingService } from '../meetings/service.ts'
import { putSupervisor } from './assignments-store.ts'
import { lockRecommendations } from './locks.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'byId'>
  byId(reader: Reader, recommendationId: string): Promise<Recommendation>
  tell(tx: Tx, recommendationId: string): Promise<Recommendation>
}
type Place = { recommendationId: string; hostCode: string }

/** Which leader sees to a region's part of a recommendation (督办). */
export function createSupervising({ db, audit, meetings, byId, tell }: Deps) {
  /** @throws AppError `not-allowed` for all but the region's secretariat, `conflict` for a region that does not co-host the meeting. */
  async function mine(actor: Actor, { recommendationId, hostCode }: Place) {
    signedIn(actor)
    allow(actor, 'assignment:issue', { regionCodes: [hostCode] })
    const { meetingId } = await byId(db.reader, recommendationId)
    const { regions } = await meetings.byId(db.reader, meetingId)
    if (!regions.some(({ code }) => code === hostCode)) throw new AppError('conflict', 'not-a-region-of-the-meeting')
  }

  return {
    async candidates(actor: Actor, place: Place) {
      await mine(actor, place)
      return listReaders(db.reader, place.hostCode)
    },

    /** @throws AppError `conflict` for somebody who could not even read it. */
    async supervise(actor: Actor, { accountId, ...place }: Place & { accountId: string | null }): Promise<Recommendation> {
      await mine(actor, place)
      const { recommendationId, hostCode } = place
      return db.transaction(async (tx) => {
        await lockRecommendations(tx, [recommendationId])
        if (accountId && (await listReaders(tx, hostCode, accountId)).length === 0) throw new AppError('conflict', 'may-not-supervise')
        if (!(await putSupervisor(tx, recommendationId, hostCode, accountId))) return byId(tx, recommendationId)
        await audit.record(tx, actor, 'assignment:supervise', recommendationId, { hostCode, accountId })
        return tell(tx, recommendationId)
      })
    },
  }
}

/** Accounts that read the recommendations of a region by a role in it or above. */
const listReaders = (reader: Reader, hostCode: string, accountId?: string): Promise<{ id: string; name: string }[]> =>
  reader
    .selectDistinctOn([accounts.name, accounts.id], { id: accounts.id, name: accounts.name })
    .from(roleGrants)
    .innerJoin(accounts, eq(accounts.id, roleGrants.accountId))
    .where(
      and(
        eq(roleGrants.scopeKind, 'region'),
        inArray(roleGrants.scopeId, ['', ...lineageOf(hostCode)]),
        inArray(roleGrants.role, [...rules['recommendation:read'].roles]),
        accountId ? eq(accounts.id, accountId) : undefined,
      ),
    )
    .orderBy(asc(accounts.name), asc(accounts.id))
    .limit(1_000)
