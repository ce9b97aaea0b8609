import { type Action, type Actor, rules } from '../../shared/policy.ts'

/** The regions in which this person manages stations, or may do something else; `''` is the whole country. */
export function managedRegions(actor: Actor, action: Action = 'station:manage'): string[] {
  const rule = rules[action]
  const may = (role: string) => 'roles' in rule && rule.roles.some((allowed) => allowed === role)
  return [...new Set(actor.grants.flatMap(({ role, scope }) => (scope.kind === 'region' && may(role) ? [scope.regionCode] : [])))]
}
