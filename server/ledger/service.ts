import type { z } from 'zod'
import { found } from '../../shared/errors.ts'
import type { LedgerLine, ledgerQueries, PastRecommendation } from '../../shared/ledger.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import type { Db } from '../db/db.ts'
import type { RegionService } from '../regions/service.ts'
import { cursorAfter } from './cursor.ts'
import { findPast } from './past.ts'
import { reachOf, regionsOf } from './reach.ts'
import * as store from './store.ts'

export type LedgerService = ReturnType<typeof createLedgerService>

type Input<K extends keyof typeof ledgerQueries> = z.output<(typeof ledgerQueries)[K]['input']>
type Deps = { db: Db; regions: Pick<RegionService, 'paths'>; now: () => Date }

/** 台账: every recommendation that somebody may read, line by line, however many there are. */
export function createLedgerService({ db, regions, now }: Deps) {
  return {
    async list(actor: Actor, { sort, after, limit, ...filter }: Input<'ledger'>): Promise<{ lines: LedgerLine[]; next: string | null }> {
      signedIn(actor)
      const wanted = { reach: reachOf(actor), filter, now: now() }
      // One more than the page holds tells whether there is another page.
      const rows = await store.listLines(db.reader, wanted, { sort, after, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const next = rows.length > limit ? cursorAfter(sort, page.at(-1)!) : null
      return { lines: await store.nameLines(db.reader, page), next }
    },

    async counts(actor: Actor, filter: Input<'ledger-counts'>) {
      signedIn(actor)
      return store.countSoon(db.reader, { reach: reachOf(actor), filter, now: now() }, regionsOf(actor))
    },

    async choices(actor: Actor, { of, text, id }: Input<'ledger-choices'>) {
      signedIn(actor)
      return store.listChoices(db.reader, reachOf(actor), of, { text, id })
    },

    /** @throws AppError `not-found` too for one that the actor may not read. */
    async past(actor: Actor, { pastId }: { pastId: string }): Promise<PastRecommendation> {
      signedIn(actor)
      const row = found(await findPast(db.reader, reachOf(actor), pastId), 'no-such-recommendation')
      const paths = await regions.paths(db.reader, [row.regionCode])
      return { ...row, regionPath: paths.get(row.regionCode) ?? [] }
    },
  }
}
