import { type Actor, rules } from '../../shared/policy.ts'

/** The regions in which this person manages stations; `''` is the whole country. */
export const managedRegions = (actor: Actor): string[] => [
  ...new Set(
    actor.grants.flatMap(({ role, scope }) =>
      scope.kind === 'region' && rules['station:manage'].roles.some((allowed) => allowed === role) ? [scope.regionCode] : [],
    ),
  ),
]
