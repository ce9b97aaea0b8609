import { asc, inArray } from 'drizzle-orm'
import type { Tx } from '../db/db.ts'
import { recommendations } from './schema.ts'

/**
 * Locked first, and in this order, by whatever changes an assignment or its deadlines: the rules look at all assignments of a
 * recommendation at once.
 */
export async function lockRecommendations(tx: Tx, recommendationIds: string[]) {
  if (recommendationIds.length === 0) return
  const mine = inArray(recommendations.id, recommendationIds)
  await tx.select({ id: recommendations.id }).from(recommendations).where(mine).orderBy(asc(recommendations.id)).for('update')
}
