import type { Logger } from 'pino'
import type { Actor } from '../../shared/policy.ts'
import type { Binding, Touch } from './authors.ts'
import type { Pace } from './pace.ts'
import { mergeInSlices } from './updates.ts'

/** Transactions at one time: while one waits for the disk, documents that are not in it need not wait. */
const atOnce = 2
const documentsPerGroup = 500
/** The first after a quiet moment is stored at once, the next ones so far apart. */
const everyMs = 25
const retryMs = { first: 100, most: 5_000 }

/** What a document has to store: changes, who made them, and to be told when it is done. */
export type Entry = {
  updates: readonly Uint8Array[]
  actors: readonly Actor[]
  bindings: readonly Binding[]
  touches: readonly Touch[]
  onStored(): void
}

/** All that one transaction stores of one document. */
export type Group = Omit<Entry, 'onStored'> & { meetingId: string }

/** The part of the journal that belongs to one document: its entries are stored in order. */
export type Lane = ReturnType<ReturnType<typeof createJournal>['lane']>

type JournalDeps = {
  /** Stores all of it or nothing, in one transaction; gives the ids of the new rows by document. */
  store(groups: readonly Group[]): Promise<Map<string, number[]>>
  pace: Pace
  log: Logger
}

type Waiting = {
  meetingId: string
  entries: Entry[]
  underWay: boolean
  failures: number
  onRows(ids: readonly number[]): void
  onSettled(): void
}
type Taken = { lane: Waiting; entries: Entry[]; group: Group }

/**
 * Group commit over all documents: what comes while transactions run goes into the next one. What cannot be stored is tried
 * again until it can, alone, so that one document's trouble is not the others'.
 */
export function createJournal({ store, pace, log }: JournalDeps) {
  const ready = new Set<Waiting>()
  let running = 0
  let scheduled = false
  let lastAt = 0

  function schedule() {
    if (scheduled || running >= atOnce || ready.size === 0) return
    scheduled = true
    const waitMs = Math.max(lastAt + everyMs - performance.now(), pace(lastAt))
    // At the end of the turn, so that everything a turn brought is stored in one transaction.
    if (waitMs < 1) setImmediate(run)
    else setTimeout(run, waitMs)
  }

  function run() {
    scheduled = false
    lastAt = performance.now()
    running += 1
    void storeAll([...ready].slice(0, documentsPerGroup).map(take)).finally(() => {
      running -= 1
      schedule()
    })
    schedule()
  }

  function take(lane: Waiting): Taken {
    ready.delete(lane)
    lane.underWay = true
    const entries = lane.entries.splice(0)
    const group: Group = {
      meetingId: lane.meetingId,
      updates: mergeInSlices(entries.flatMap((entry) => entry.updates)),
      actors: [...new Set(entries.flatMap((entry) => entry.actors))],
      bindings: entries.flatMap((entry) => entry.bindings),
      touches: entries.flatMap((entry) => entry.touches),
    }
    return { lane, entries, group }
  }

  async function storeAll(taken: readonly Taken[]): Promise<void> {
    const full = taken.filter(({ group }) => group.updates.length > 0)
    try {
      const rows = full.length > 0 ? await store(full.map(({ group }) => group)) : new Map<string, number[]>()
      for (const one of taken) settle(one, rows.get(one.lane.meetingId) ?? [])
    } catch (error) {
      if (taken.length === 1) return tryLater(taken[0]!, error)
      const middle = Math.ceil(taken.length / 2)
      await storeAll(taken.slice(0, middle))
      await storeAll(taken.slice(middle))
    }
  }

  function tryLater(one: Taken, error: unknown) {
    const { lane } = one
    log.error({ err: error, meetingId: lane.meetingId, updates: one.group.updates.length }, 'minutes cannot be stored; trying again')
    const waitMs = Math.min(retryMs.first * 2 ** lane.failures, retryMs.most)
    lane.failures += 1
    setTimeout(() => void storeAll([one]), waitMs)
  }

  function settle({ lane, entries }: Taken, ids: readonly number[]) {
    lane.underWay = false
    lane.failures = 0
    if (lane.entries.length > 0) ready.add(lane)
    lane.onRows(ids)
    for (const entry of entries) entry.onStored()
    lane.onSettled()
    schedule()
  }

  return {
    /** `onRows` hears of the rows that hold the document's changes, `onSettled` each time that something was stored. */
    lane(meetingId: string, { onRows, onSettled }: Pick<Waiting, 'onRows' | 'onSettled'>) {
      const lane: Waiting = { meetingId, entries: [], underWay: false, failures: 0, onRows, onSettled }
      return {
        append(entry: Entry) {
          lane.entries.push(entry)
          if (lane.underWay) return
          ready.add(lane)
          schedule()
        },
        /** The last attempt has failed: the database is away, or something is wrong with this document. */
        isStuck: () => lane.failures > 0,
        isIdle: () => lane.entries.length === 0 && !lane.underWay,
      }
    },
  }
}
