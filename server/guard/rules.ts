import { AppError } from '../../shared/errors.ts'
import type { FlagKind, GuardRules } from '../../shared/guard.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db } from '../db/db.ts'
import type { RegionService } from '../regions/service.ts'
import { hasForeignLink } from './links.ts'
import { isNoise } from './noise.ts'
import { personalIn } from './personal.ts'
import { skeletonOf } from './skeleton.ts'
import * as store from './store.ts'
import { createWordFinder } from './words.ts'

type Deps = { db: Db; audit: AuditService; regions: Pick<RegionService, 'requireRegions'>; onChange(): void }

/** The rules of regions, which their secretaries keep. */
export function createRules({ db, audit, regions, onChange }: Deps) {
  return {
    async rules(actor: Actor, { regionCode }: { regionCode: string }): Promise<GuardRules[]> {
      allow(actor, 'guard:rules', { regionCodes: [regionCode] })
      await regions.requireRegions(db.reader, [regionCode])
      const known = await store.listRules(db.reader, [regionCode])
      const own = known.some((rules) => rules.regionCode === regionCode)
      return own ? known : [...known, { regionCode, words: [], links: null, domains: [], version: 0 }]
    },

    /** @throws AppError `conflict` when somebody else changed them meanwhile. */
    async setRules(actor: Actor, input: GuardRules): Promise<GuardRules> {
      allow(actor, 'guard:rules', { regionCodes: [input.regionCode] })
      await regions.requireRegions(db.reader, [input.regionCode])
      // A single character is in too many words; what is nothing but signs is found in none.
      if (input.words.some((word) => skeletonOf(word).length < 2))
        throw new AppError('invalid-input', 'word-too-short', { words: 'word-too-short' })
      const rules = { ...input, words: [...new Set(input.words)], domains: [...new Set(input.domains)] }
      await db.transaction(async (tx) => {
        if (!(await store.putRules(tx, rules))) throw new AppError('conflict', 'changed-meanwhile')
        const { regionCode, links, domains, words } = rules
        await audit.record(tx, actor, 'guard:set-rules', regionCode, { links, domains, words: words.length })
        tx.afterCommit(onChange)
      })
      return { ...rules, version: rules.version + 1 }
    },
  }
}

export type Look = (text: string) => FlagKind[]

/**
 * What a meeting's suggestions are looked at by. Words and domains add up over the co-hosting regions and all above them. Of
 * links, the nearest region that says something has the word in its line; of several co-hosting regions the strictest.
 */
export function lookOf(rules: readonly GuardRules[], regionCodes: readonly string[]): Look {
  const hasWord = createWordFinder(rules.flatMap(({ words }) => words))
  const domains = rules.flatMap((one) => one.domains)
  const flagsLinks = regionCodes.some((code) => linkRuleOf(rules, code) === 'flag')
  return (text) => [
    ...(hasWord(text) ? (['words'] as const) : []),
    ...(flagsLinks && hasForeignLink(text, domains) ? (['link'] as const) : []),
    ...personalIn(text),
    ...(isNoise(text) ? (['noise'] as const) : []),
  ]
}

function linkRuleOf(rules: readonly GuardRules[], regionCode: string): 'flag' | 'allow' {
  const line = rules.filter(({ regionCode: code, links }) => links !== null && regionCode.startsWith(code))
  const nearest = line.sort((a, b) => b.regionCode.length - a.regionCode.length)[0]
  return nearest?.links ?? 'flag'
}
