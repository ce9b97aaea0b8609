import type { Logger } from 'pino'
import type { AuditService } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { RecommendationService } from '../recommendations/service.ts'
import type { RegionService } from '../regions/service.ts'
import { createLedgerBulk } from './bulk.ts'
import { createLedgerExport } from './export.ts'
import { createLedgerImports } from './imports.ts'
import { createLedgerKeeper } from './keeper.ts'
import { createLedgerService } from './service.ts'
import { createLedgerViews } from './views.ts'

export type Ledger = ReturnType<typeof createLedger>

type Deps = {
  db: Db
  audit: AuditService
  regions: RegionService
  meetings: Pick<MeetingService, 'onPlan'>
  recommendations: RecommendationService
  now: () => Date
  log: Logger
}

/** The ledger with all that belongs to it. */
export function createLedger({ db, audit, regions, meetings, recommendations, now, log }: Deps) {
  const keeper = createLedgerKeeper({ db, now, log })
  recommendations.onChange(keeper.put)
  meetings.onPlan(keeper.moved)
  audit.onRecord(async (tx, { action, subjectId, details }) => {
    if (action === 'setting:set' && details.key === 'reminders') await keeper.rewarned(tx, subjectId)
  })
  const imports = createLedgerImports({ db, audit, regions, now })
  return {
    lists: createLedgerService({ db, regions, now }),
    bulk: createLedgerBulk({ db, audit, regions, recommendations, now, log }),
    views: createLedgerViews({ db, audit, regions, now }),
    exports: createLedgerExport({ db, audit, now }),
    imports,
    start: keeper.start,
    caughtUp: keeper.caughtUp,
    async close() {
      await imports.close()
      await keeper.close()
    },
  }
}
