import { and, asc, count, eq, inArray, or, sql } from 'drizzle-orm'
import { AppError, found } from '../../shared/errors.ts'
import type { LedgerFilter, LedgerSort, LedgerView } from '../../shared/ledger.ts'
import { type Actor, allow, allowSomewhere, can, signedIn } from '../../shared/policy.ts'
import { lineageOf } from '../../shared/regions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import { readingGrants } from '../recommendations/service.ts'
import type { RegionService } from '../regions/service.ts'
import { inSubtree } from '../regions/store.ts'
import { ledgerViews } from './schema.ts'

type Deps = { db: Db; audit: AuditService; regions: Pick<RegionService, 'requireRegions'>; now: () => Date }
type Saved = { id: string; name: string; regionCode: string | null; filter: LedgerFilter; sort: LedgerSort }

/** Nobody works with more, and a program gone wrong makes no more. */
const mostViews = 50

/** Filters of the ledger that are kept under a name. */
export function createLedgerViews({ db, audit, regions, now }: Deps) {
  const select = (reader: Reader) =>
    reader
      .select({ view: ledgerViews, ownerName: accounts.name })
      .from(ledgerViews)
      .innerJoin(accounts, eq(accounts.id, ledgerViews.ownerId))

  async function find(reader: Reader, viewId: string): Promise<LedgerView | undefined> {
    const [row] = await select(reader).where(eq(ledgerViews.id, viewId))
    return row && viewOf(row)
  }

  return {
    /** One's own, and those shared in the regions where one works, above and below them. */
    async list(actor: Actor): Promise<LedgerView[]> {
      const rows = await select(db.reader)
        .where(or(eq(ledgerViews.ownerId, signedIn(actor)), sharedWith(actor)))
        .orderBy(asc(ledgerViews.name), asc(ledgerViews.id))
        .limit(200)
      return rows.map(viewOf)
    },

    /** @throws AppError `not-allowed` for sharing it where one has no say, `conflict` for somebody else's id or one too many. */
    async save(actor: Actor, saved: Saved): Promise<LedgerView> {
      allowSomewhere(actor, 'recommendation:read')
      const ownerId = signedIn(actor)
      const { id, name, regionCode, filter, sort } = saved
      if (regionCode !== null) {
        allow(actor, 'ledger:share', { regionCodes: [regionCode] })
        await regions.requireRegions(db.reader, [regionCode])
      }
      return db.transaction(async (tx) => {
        // Two of the same person's at once would each count without the other.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('ledger views ' || ${ownerId}, 0))`)
        const [before] = await tx.select().from(ledgerViews).where(eq(ledgerViews.id, id)).for('update')
        if (before && before.ownerId !== ownerId) throw new AppError('conflict', 'id-taken')
        const [own] = await tx.select({ views: count() }).from(ledgerViews).where(eq(ledgerViews.ownerId, ownerId))
        if (!before && own!.views >= mostViews) throw new AppError('conflict', 'too-many-views')
        const row = { name, regionCode, filter, sort }
        await tx
          .insert(ledgerViews)
          .values({ id, ownerId, createdAt: now().toISOString(), ...row })
          .onConflictDoUpdate({ target: ledgerViews.id, set: row })
        await audit.record(tx, actor, 'ledger-view:save', id, row)
        return found(await find(tx, id), 'no-such-view')
      })
    },

    /** By its owner, or whoever has a say in the region that it is shared in. */
    async remove(actor: Actor, { viewId }: { viewId: string }) {
      allowSomewhere(actor, 'recommendation:read')
      return db.transaction(async (tx) => {
        const accountId = signedIn(actor)
        const view = await find(tx, viewId)
        const mine = view?.ownerId === accountId
        const ours = view?.regionCode != null && can(actor, 'ledger:share', { regionCodes: [view.regionCode] })
        // Of somebody else's own views nobody learns which exist.
        if (!view || !(mine || ours)) return { removed: false }
        await tx.delete(ledgerViews).where(eq(ledgerViews.id, viewId))
        await audit.record(tx, actor, 'ledger-view:remove', viewId, { name: view.name })
        return { removed: true }
      })
    },
  }
}

function sharedWith(actor: Actor) {
  const codes = readingGrants(actor).flatMap(({ scope }) => (scope.kind === 'region' ? [scope.regionCode] : []))
  if (codes.includes('')) return sql`${ledgerViews.regionCode} is not null`
  if (codes.length === 0) return undefined
  return or(inArray(ledgerViews.regionCode, codes.flatMap(lineageOf)), ...codes.map((code) => and(inSubtree(ledgerViews.regionCode, code))))
}

const viewOf = ({
  view: { createdAt: _, ...view },
  ownerName,
}: {
  view: typeof ledgerViews.$inferSelect
  ownerName: string
}): LedgerView => ({
  ...view,
  ownerName,
})
