import { v7 } from 'uuid'
import type { Actor } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Tx } from '../db/db.ts'
import { accounts } from '../identity/schema.ts'
import { stances } from '../stances/schema.ts'
import { supports } from '../suggestions/schema.ts'
import { trialMeeting } from './ids.ts'
import type { Visitor } from './visitors.ts'

export const visitorActor = (accountId: string): Actor => ({ accountId, name: '', anonymous: true, sessionId: null, grants: [] })

export const addVisitors = (tx: Tx, visitors: readonly Pick<Visitor, 'id' | 'joinedAt'>[]) =>
  tx
    .insert(accounts)
    .values(visitors.map(({ id, joinedAt }) => ({ id, name: '', email: `${id}@visitors.invalid`, isAnonymous: true, createdAt: joinedAt })))

/**
 * As the services would one by one, hundreds of them by a few statements. They are counted when the program begins to serve, as after any
 * start.
 */
export async function addPressed(tx: Tx, audit: AuditService, visitors: readonly Visitor[]) {
  const meetingId = trialMeeting.id
  const pressed = visitors.flatMap(({ id: accountId, pressed: own }) =>
    own.map(({ at, ...one }) => ({ ...one, accountId, at: at.toISOString(), commandId: v7({ msecs: at.getTime() }) })),
  )
  const wanted = pressed.filter((one) => one.supported)
  await tx.insert(stances).values(pressed.map(({ supported: _, ...row }) => row))
  await tx.insert(supports).values(wanted.map(({ stance: _, ...row }) => row))
  await audit.recordAll(tx, [
    ...pressed.map(({ accountId, suggestionId, stance, at }) => ({
      actor: visitorActor(accountId),
      action: 'stance:give',
      subjectId: suggestionId,
      details: { meetingId, stance, at },
    })),
    ...wanted.map(({ accountId, suggestionId, supported }) => ({
      actor: visitorActor(accountId),
      action: 'suggestion:support',
      subjectId: suggestionId,
      details: { meetingId, supported, suggestionIds: [suggestionId] },
    })),
  ])
}
