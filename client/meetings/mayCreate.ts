import { type Actor, rules } from '../../shared/policy.ts'

/** Whether there is any region in which this person may create a meeting. The server decides for the regions chosen. */
export const mayCreateSomewhere = (actor: Actor) =>
  actor.grants.some(({ role, scope }) => scope.kind === 'region' && rules['meeting:create'].roles.some((allowed) => allowed === role))
