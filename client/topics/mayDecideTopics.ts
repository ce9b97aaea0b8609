import { type Actor, rules } from '../../shared/policy.ts'

/** Whether there is any region in which this person decides on topics. */
export const mayDecideTopics = (actor: Actor) =>
  actor.grants.some(({ role, scope }) => scope.kind === 'region' && rules['topic:decide'].roles.some((allowed) => allowed === role))
