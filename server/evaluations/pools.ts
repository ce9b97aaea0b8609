import { and, asc, eq, isNull } from 'drizzle-orm'
import { AppError, found } from '../../shared/errors.ts'
import type { Candidate } from '../../shared/evaluations.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader } from '../db/db.ts'
import type { RegionService } from '../regions/service.ts'
import { evaluatorCandidates } from './schema.ts'

export type EvaluationPools = ReturnType<typeof createPools>

type Deps = { db: Db; audit: Pick<AuditService, 'record'>; regions: Pick<RegionService, 'requireRegions'>; now: () => Date }
type NewCandidate = Omit<Candidate, 'regionCode' | 'email'> & { email?: string | undefined }
type NewCandidates = { regionCode: string; candidates: NewCandidate[] }

const mostInPool = 2_000

/** From whom a region draws the evaluators from outside. */
export function createPools({ db, audit, regions, now }: Deps) {
  /** @throws AppError `not-allowed`, or `invalid-input` for what is no region. */
  async function mine(actor: Actor, regionCode: string) {
    allow(actor, 'evaluation:manage', { regionCodes: [regionCode] })
    await regions.requireRegions(db.reader, [regionCode])
  }

  return {
    async list(actor: Actor, { regionCode }: { regionCode: string }): Promise<Candidate[]> {
      await mine(actor, regionCode)
      return poolOf(db.reader, regionCode)
    },

    /** Those who are in it already, as after a lost answer, stay as they are. */
    async add(actor: Actor, { regionCode, candidates }: NewCandidates): Promise<Candidate[]> {
      await mine(actor, regionCode)
      return db.transaction(async (tx) => {
        const rows = candidates.map(({ email = null, ...candidate }) => ({ ...candidate, email, regionCode }))
        const added = await tx.insert(evaluatorCandidates).values(rows).onConflictDoNothing().returning({ id: evaluatorCandidates.id })
        const pool = await poolOf(tx, regionCode)
        if (pool.length > mostInPool) throw new AppError('conflict', 'pool-full')
        if (added.length > 0) await audit.record(tx, actor, 'candidate:add', regionCode, { ids: added.map(({ id }) => id) })
        return pool
      })
    },

    /** Gone for later draws; those for which the pool was fixed before keep the candidate. */
    async remove(actor: Actor, { candidateId }: { candidateId: string }): Promise<Candidate[]> {
      const known = found(await findCandidate(db.reader, candidateId, actor), 'no-such-candidate')
      await mine(actor, known.regionCode)
      return db.transaction(async (tx) => {
        const still = and(eq(evaluatorCandidates.id, candidateId), isNull(evaluatorCandidates.removedAt))
        const removed = await tx.update(evaluatorCandidates).set({ removedAt: now().toISOString(), email: null }).where(still).returning()
        if (removed.length > 0) await audit.record(tx, actor, 'candidate:remove', candidateId, { regionCode: known.regionCode })
        return poolOf(tx, known.regionCode)
      })
    },

    poolOf,
  }
}

const columns = {
  id: evaluatorCandidates.id,
  regionCode: evaluatorCandidates.regionCode,
  category: evaluatorCandidates.category,
  name: evaluatorCandidates.name,
  affiliation: evaluatorCandidates.affiliation,
  email: evaluatorCandidates.email,
}

const poolOf = (reader: Reader, regionCode: string): Promise<Candidate[]> =>
  reader
    .select(columns)
    .from(evaluatorCandidates)
    .where(and(eq(evaluatorCandidates.regionCode, regionCode), isNull(evaluatorCandidates.removedAt)))
    .orderBy(asc(evaluatorCandidates.category), asc(evaluatorCandidates.id))

/** A stranger learns nothing of which ids exist. */
async function findCandidate(reader: Reader, candidateId: string, { accountId }: Actor) {
  if (accountId === null) throw new AppError('not-signed-in', 'not-signed-in')
  const [row] = await reader.select(columns).from(evaluatorCandidates).where(eq(evaluatorCandidates.id, candidateId))
  return row
}
