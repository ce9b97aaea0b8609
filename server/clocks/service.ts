import type { Calendar } from '../../shared/calendar.ts'
import { type ClockKind, type ClockRules, clockKinds, type Day, hallPeriods, type OwnDay, type Period } from '../../shared/clocks.ts'
import { AppError } from '../../shared/errors.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { RegionService } from '../regions/service.ts'
import { chineseCalendar } from './chinese-calendar.ts'
import * as store from './store.ts'

export type ClockService = ReturnType<typeof createClockService>

type Deps = { db: Db; audit: AuditService; regions: Pick<RegionService, 'requireRegions'> }

/** By which periods and which calendar the deadlines of a region are counted. */
export function createClockService({ db, audit, regions }: Deps) {
  const listeners: ((tx: Tx, regionCode: string) => Promise<void>)[] = []

  /** @throws AppError `not-allowed`, or `invalid-input` for what is no region. */
  async function mine(actor: Actor, regionCode: string) {
    allow(actor, 'clock:edit', { regionCodes: [regionCode] })
    await regions.requireRegions(db.reader, [regionCode])
  }

  return {
    async read(actor: Actor, { regionCode }: { regionCode: string }) {
      await mine(actor, regionCode)
      const rules = await store.listRules(db.reader, regionCode)
      const own = rules.find((one) => one.regionCode === regionCode) ?? { regionCode, ...noPeriods, version: 0 }
      return { own, holds: periodsOf(rules), days: await store.listDays(db.reader, regionCode) }
    },

    /** @throws AppError `conflict` when somebody else changed them meanwhile. */
    async setRules(actor: Actor, rules: ClockRules): Promise<ClockRules> {
      await mine(actor, rules.regionCode)
      await db.transaction(async (tx) => {
        if (!(await store.putRules(tx, rules))) throw new AppError('conflict', 'changed-meanwhile')
        const { regionCode, version: _, ...periods } = rules
        await audit.record(tx, actor, 'clock:set-rules', regionCode, periods)
      })
      return { ...rules, version: rules.version + 1 }
    },

    async setDay(actor: Actor, input: { regionCode: string; day: Day; work: boolean | null; name: string }): Promise<OwnDay[]> {
      const { regionCode, day, work, name } = input
      await mine(actor, regionCode)
      return db.transaction(async (tx) => {
        if (work === null) await store.removeDay(tx, regionCode, day)
        else await store.putDay(tx, { regionCode, day, work, name })
        await audit.record(tx, actor, 'clock:set-day', regionCode, { day, work, name })
        for (const listener of listeners) await listener(tx, regionCode)
        return store.listDays(tx, regionCode)
      })
    },

    /** Within what a department of this region signs and replies. */
    periods: async (reader: Reader, regionCode: string) => periodsOf(await store.listRules(reader, regionCode)),
    /** A nearer region's word on a day comes before that of one above it. */
    calendar: async (reader: Reader, regionCode: string): Promise<Calendar> => chineseCalendar(await store.listDays(reader, regionCode)),
    /** Told within the transaction that changes the calendar of a region and of all below it. */
    onCalendar: (listener: (tx: Tx, regionCode: string) => Promise<void>) => void listeners.push(listener),
  }
}

/** Something of each kind of clock. */
const ofEach = <T>(of: (kind: ClockKind) => T): Record<ClockKind, T> =>
  // `Object.fromEntries` forgets which keys it was given.
  Object.fromEntries(clockKinds.map((kind) => [kind, of(kind)])) as Record<ClockKind, T>

const noPeriods = ofEach(() => null)

/** Of rules from the top down, the nearest that says something. */
function periodsOf(rules: readonly ClockRules[]): Record<ClockKind, Period> {
  const nearest = (kind: ClockKind) => rules.findLast((one) => one[kind] !== null)?.[kind] ?? hallPeriods[kind]
  return ofEach(nearest)
}
