import { AppError, found } from '../../shared/errors.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { Organization, Region } from '../../shared/regions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader } from '../db/db.ts'
import * as store from './store.ts'

export type RegionService = ReturnType<typeof createRegionService>

/** The tree of administrative divisions and the organizations that belong to its nodes. */
export function createRegionService({ db, audit }: { db: Db; audit: AuditService }) {
  return {
    children: (_actor: Actor, { parentCode }: { parentCode?: string | undefined }): Promise<Region[]> =>
      store.listChildren(db.reader, parentCode),
    search: (_actor: Actor, input: { text: string; under?: string | undefined }): Promise<Region[]> =>
      store.searchRegions(db.reader, input.text, input.under),
    organizations: (_actor: Actor, { regionCode }: { regionCode: string }): Promise<Organization[]> =>
      store.listOrganizations(db.reader, regionCode),

    async createOrganization(actor: Actor, organization: Organization): Promise<Organization> {
      allow(actor, 'organization:create', { regionCodes: [organization.regionCode] })
      await requireRegions(db.reader, [organization.regionCode])
      return db.transaction(async (tx) => {
        if (await store.insertOrganization(tx, organization))
          await audit.record(tx, actor, 'organization:create', organization.id, organization)
        return found(await store.findOrganization(tx, organization.id), 'no-such-organization')
      })
    },

    /** @throws AppError `not-found`. */
    async organization(reader: Reader, organizationId: string): Promise<Organization> {
      return found(await store.findOrganization(reader, organizationId), 'no-such-organization')
    },

    paths: store.readPaths,
    requireRegions,
  }
}

/** @throws AppError `invalid-input` when one of the codes is no region. */
async function requireRegions(reader: Reader, codes: readonly string[]) {
  const unknown = await store.unknownCodes(reader, [...new Set(codes)])
  if (unknown.length > 0) throw new AppError('invalid-input', 'no-such-region', { regionCode: unknown[0]! })
}
