import { type Actor, covers, type Role, type Subject } from '../../shared/policy.ts'

/** Under which of several roles somebody appears on a tile: the one that says most about what they do here. */
const order: readonly Role[] = ['moderator', 'recorder', 'secretary', 'expert', 'head', 'handler', 'member', 'admin', 'observer', 'citizen']

export function roleInMeeting(actor: Actor, subject: Subject): Role {
  const held = new Set(actor.grants.filter((grant) => covers(grant.scope, subject)).map((grant) => grant.role))
  return order.find((role) => held.has(role)) ?? 'observer'
}
