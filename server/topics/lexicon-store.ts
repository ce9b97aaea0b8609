import { eq, inArray } from 'drizzle-orm'
import { lineageOf } from '../../shared/regions.ts'
import type { Lexicon } from '../../shared/topics.ts'
import type { Reader, Tx } from '../db/db.ts'
import { regionCategories } from '../suggestions/schema.ts'
import { defaultHalfLifeDays, defaultLexicon, defaultThreshold } from './lexicon.ts'
import { lexicons } from './schema.ts'

/** The lexicon that holds in a region: its own, or that of the nearest region above that has one, or the national one. */
export async function readLexicon(reader: Reader, regionCode: string): Promise<Lexicon> {
  const rows = await reader
    .select()
    .from(lexicons)
    .where(inArray(lexicons.regionCode, lineageOf(regionCode)))
  const nearest = rows.sort((one, other) => other.regionCode.length - one.regionCode.length)[0]
  if (!nearest) {
    const settings = { threshold: defaultThreshold, halfLifeDays: defaultHalfLifeDays, version: 0 }
    return { regionCode, source: 'default', sourceCode: null, categories: defaultLexicon, ...settings }
  }
  const { categories, threshold, halfLifeDays } = nearest
  const own = nearest.regionCode === regionCode
  const version = own ? nearest.version : 0
  return {
    regionCode,
    source: own ? 'own' : 'above',
    sourceCode: own ? null : nearest.regionCode,
    categories,
    threshold,
    halfLifeDays,
    version,
  }
}

/** Stores a region's own lexicon, and its categories as what may be chosen when posting. Returns false when it is another's version. */
export async function putLexicon(
  tx: Tx,
  {
    regionCode,
    version,
    categories,
    threshold,
    halfLifeDays,
  }: Pick<Lexicon, 'regionCode' | 'version' | 'categories' | 'threshold' | 'halfLifeDays'>,
): Promise<boolean> {
  const values = { categories, threshold, halfLifeDays, version: version + 1 }
  const rows =
    version === 0
      ? await tx
          .insert(lexicons)
          .values({ regionCode, ...values })
          .onConflictDoNothing()
          .returning()
      : await tx.select().from(lexicons).where(eq(lexicons.regionCode, regionCode)).for('update')
  if (rows.length === 0 || (version !== 0 && rows[0]?.version !== version)) return false
  if (version !== 0) await tx.update(lexicons).set(values).where(eq(lexicons.regionCode, regionCode))
  const names = categories.map(({ name }) => name)
  await tx
    .insert(regionCategories)
    .values({ regionCode, categories: names })
    .onConflictDoUpdate({ target: regionCategories.regionCode, set: { categories: names } })
  return true
}
