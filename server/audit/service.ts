import { and, asc, desc, eq, isNotNull, isNull, like, lt, or, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { AuditEntry } from '../../shared/audit.ts'
import { AppError } from '../../shared/errors.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { Db, Tx } from '../db/db.ts'
import { insertMany } from '../db/insert-many.ts'
import { hashOf } from './entry-hash.ts'
import { auditEntries } from './schema.ts'

export type AuditService = ReturnType<typeof createAuditService>

const sealEveryMs = 1_000
const sealAtOnce = 500
/** Any constant will do, so long as nothing else locks it: only one node seals at a time. */
const sealerLock = 0x79697368

const insertEntries = insertMany(auditEntries, ['at', 'actorId', 'actorName', 'action', 'subjectId', 'details'])

type Entry = typeof auditEntries.$inferSelect
export type AuditRecord = { actor: Actor; action: string; subjectId: string; details: Record<string, unknown> }
type Sealed = { id: number; place: number; previousHash: string; hash: string }

/**
 * The trail of who did what. Entries are written inside each change's transaction without waiting for one another;
 * the sealer chains what was committed, seconds later, each entry's hash taking in the one before.
 */
export function createAuditService({ db, now, log }: { db: Db; now: () => Date; log: Logger }) {
  const listeners: ((tx: Tx, record: AuditRecord) => Promise<void>)[] = []
  let timer: NodeJS.Timeout | undefined
  let sealing: Promise<unknown> = Promise.resolve()

  const record = (tx: Tx, actor: Actor, action: string, subjectId: string, details: Record<string, unknown> = {}) =>
    recordAll(tx, [{ actor, action, subjectId, details }])

  /** Several entries by one statement, in this order. */
  async function recordAll(tx: Tx, records: AuditRecord[]) {
    const at = now().toISOString()
    await insertEntries(
      tx,
      records.map(({ actor, ...entry }) => ({ at, actorId: actor.accountId, actorName: actor.name, ...entry })),
    )
    for (const listener of listeners) for (const record of records) await listener(tx, record)
  }

  /** Chains what is not yet chained, in the order of ids among what is committed. Returns how many. */
  async function seal(): Promise<number> {
    return db.transaction(async (tx) => {
      const got = await tx.execute<{ got: boolean }>(sql`select pg_try_advisory_xact_lock(${sealerLock}) as got`)
      if (!got.rows[0]?.got) return 0
      const fresh = await tx.select().from(auditEntries).where(isNull(auditEntries.place)).orderBy(asc(auditEntries.id)).limit(sealAtOnce)
      if (fresh.length === 0) return 0
      const [last] = await tx.select().from(auditEntries).where(isNotNull(auditEntries.place)).orderBy(desc(auditEntries.place)).limit(1)
      await storeSeals(tx, chain(fresh, last))
      return fresh.length
    })
  }

  async function sealAll() {
    while ((await seal()) === sealAtOnce);
  }

  return {
    record,
    recordAll,
    /** Called within the transaction of whatever is on record, after it: what is told of a change commits with it. */
    onRecord: (listener: (tx: Tx, record: AuditRecord) => Promise<void>) => void listeners.push(listener),
    sealAll,
    startSealing() {
      timer = setInterval(() => {
        sealing = sealing
          .then(sealAll)
          .catch((error: unknown) => log.warn({ err: error }, 'the audit trail could not be sealed; trying again'))
      }, sealEveryMs)
    },
    async close() {
      clearInterval(timer)
      await sealing
    },
    async list(actor: Actor, { before, limit }: { before?: number | undefined; limit: number }): Promise<AuditEntry[]> {
      allow(actor, 'audit:read')
      const upTo = before === undefined ? undefined : and(isNotNull(auditEntries.place), lt(auditEntries.place, before))
      const rows = await db.reader
        .select()
        .from(auditEntries)
        .where(upTo)
        .orderBy(sql`${auditEntries.place} desc nulls first`, desc(auditEntries.id))
        .limit(limit)
      return rows.map(({ place, at, actorId, actorName, action, subjectId, hash }) => ({
        place,
        at,
        actorId,
        actorName,
        action,
        subjectId,
        hash,
      }))
    },
    /**
     * What the trail says of one thing, as far as its actions begin with one of these words: whole, with place and hashes. Chains
     * first what waits for it.
     */
    async entriesOf(subjectId: string, prefixes: readonly string[]) {
      await sealAll()
      const ofThese = or(...prefixes.map((prefix) => like(auditEntries.action, `${prefix}%`)))
      const entries = await db.reader
        .select()
        .from(auditEntries)
        .where(and(eq(auditEntries.subjectId, subjectId), ofThese))
        .orderBy(asc(auditEntries.id))
      return entries.map(({ place, previousHash, hash, ...entry }) => {
        // Another node is at it.
        if (place === null || previousHash === null || hash === null) throw new AppError('unavailable', 'trail-not-sealed')
        return { ...entry, place, previousHash, hash }
      })
    },
    verify: () => verifyChain(db),
  }
}

async function storeSeals(tx: Tx, seals: Sealed[]) {
  const column = <K extends keyof Sealed>(key: K) => seals.map((seal) => seal[key])
  await tx.execute(sql`
    update audit_entries entry set place = seal.place, previous_hash = seal.previous_hash, hash = seal.hash
    from unnest(${sql.param(column('id'))}::bigint[], ${sql.param(column('place'))}::bigint[], ${sql.param(column('previousHash'))}::text[], ${sql.param(column('hash'))}::text[])
      as seal(id, place, previous_hash, hash)
    where entry.id = seal.id`)
}

function chain(entries: Entry[], last: Entry | undefined): Sealed[] {
  let place = last?.place ?? 0
  let previousHash = last?.hash ?? ''
  return entries.map((entry) => {
    place += 1
    const hash = hashOf({ ...entry, place, previousHash })
    const seal = { id: entry.id, place, previousHash, hash }
    previousHash = hash
    return seal
  })
}

export type Verdict = { sealed: number; unsealed: number; brokenAt: number | null }

/** Walks the chain from its beginning. `brokenAt` is the first place that does not hold, or null. */
export async function verifyChain(db: Db): Promise<Verdict> {
  const [unsealed] = await db.reader.select({ count: sql<number>`count(*)::int` }).from(auditEntries).where(isNull(auditEntries.place))
  let place = 0
  let previousHash = ''
  for (;;) {
    const page = await db.reader
      .select()
      .from(auditEntries)
      .where(and(isNotNull(auditEntries.place), sql`${auditEntries.place} > ${place}`))
      .orderBy(asc(auditEntries.place))
      .limit(2_000)
    for (const entry of page) {
      const holds = entry.place === place + 1 && entry.previousHash === previousHash && entry.hash === hashOf(entry)
      if (!holds) return { sealed: place, unsealed: unsealed?.count ?? 0, brokenAt: place + 1 }
      place += 1
      previousHash = entry.hash ?? ''
    }
    if (page.length === 0) return { sealed: place, unsealed: unsealed?.count ?? 0, brokenAt: null }
  }
}
