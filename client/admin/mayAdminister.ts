import { type Actor, rules } from '../../shared/policy.ts'

/** Whether there is anything on the administration page for this person: administrators, and secretariats for their organizations. */
export const mayAdminister = (actor: Actor) =>
  actor.grants.some(({ role, scope }) => scope.kind === 'region' && rules['organization:create'].roles.some((allowed) => allowed === role))
