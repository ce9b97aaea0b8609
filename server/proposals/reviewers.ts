import { found } from '../../shared/errors.ts'
import { type Actor, allow, type Grant } from '../../shared/policy.ts'
import type { Reviewer } from '../../shared/reviewers.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { IdentityService } from '../identity/service.ts'
import { findAccountByUsername, listHolders } from '../identity/store.ts'
import type { RegionService } from '../regions/service.ts'

export type ReviewerService = ReturnType<typeof createReviewerService>

type Deps = {
  db: Db
  audit: Pick<AuditService, 'record'>
  identity: Pick<IdentityService, 'grantWithin' | 'revokeWithin'>
  regions: Pick<RegionService, 'requireRegions'>
}

const grantIn = (regionCode: string): Grant => ({ role: 'reviewer', scope: { kind: 'region', regionCode } })

/** Who reviews proposals of a region beside its secretariat, as that decides. */
export function createReviewerService({ db, audit, identity, regions }: Deps) {
  /** @throws AppError `not-allowed`, or `invalid-input` for what is no region. */
  async function mine(actor: Actor, regionCode: string) {
    allow(actor, 'reviewer:appoint', { regionCodes: [regionCode] })
    await regions.requireRegions(db.reader, [regionCode])
  }

  async function changed(regionCode: string, change: (tx: Tx) => Promise<void>): Promise<Reviewer[]> {
    return db.transaction(async (tx) => {
      await change(tx)
      return listHolders(tx, grantIn(regionCode))
    })
  }

  return {
    async list(actor: Actor, { regionCode }: { regionCode: string }): Promise<Reviewer[]> {
      await mine(actor, regionCode)
      return listHolders(db.reader, grantIn(regionCode))
    },

    /** Whoever is a reviewer already stays one. @throws AppError `not-found` when nobody has this user name. */
    async appoint(actor: Actor, { id, regionCode, username }: { id: string; regionCode: string; username: string }) {
      await mine(actor, regionCode)
      return changed(regionCode, async (tx) => {
        const accountId = found(await findAccountByUsername(tx, username), 'no-such-account')
        if (await identity.grantWithin(tx, id, accountId, grantIn(regionCode)))
          await audit.record(tx, actor, 'reviewer:appoint', accountId, { regionCode })
      })
    },

    /** What they have claimed runs out, or is taken over. */
    async dismiss(actor: Actor, { regionCode, accountId }: { regionCode: string; accountId: string }) {
      await mine(actor, regionCode)
      return changed(regionCode, async (tx) => {
        if (await identity.revokeWithin(tx, accountId, grantIn(regionCode)))
          await audit.record(tx, actor, 'reviewer:dismiss', accountId, { regionCode })
      })
    },
  }
}
