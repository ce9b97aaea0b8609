import { eq } from 'drizzle-orm'
import { found } from '../../shared/errors.ts'
import type { NoticeAbout, NoticeKind } from '../../shared/notifications.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import type { AuditRecord } from '../audit/service.ts'
import type { Tx } from '../db/db.ts'
import type { NotificationService } from '../notifications/service.ts'
import { readPublicities } from '../recommendations/publicity.ts'
import { assignments, recommendationProposers } from '../recommendations/schema.ts'
import { readRecommendations } from '../recommendations/store.ts'
import type { WebhookService } from '../webhooks/service.ts'
import { secretariatOf, workersOf } from './audience.ts'
import { tellAskers } from './suggestions.ts'

export type Tellers = { notifications: Pick<NotificationService, 'notify'>; webhooks: Pick<WebhookService, 'emit'> }
type Told = { department?: NoticeKind; secretariat?: NoticeKind; proposer?: NoticeKind; askers?: NoticeKind }

/** Who is told what of a move of an assignment, by the trail's names. Whoever made the move is not. */
const told: Record<string, Told> = {
  'assignment:issue': { department: 'department-issued', proposer: 'recommendation-issued', askers: 'suggestion-recommended' },
  'assignment:insist': { department: 'department-issued', proposer: 'recommendation-moved' },
  'assignment:sign': { proposer: 'recommendation-moved' },
  'assignment:return': { secretariat: 'secretariat-returned', proposer: 'recommendation-moved' },
  'assignment:reply': { secretariat: 'secretariat-replied', proposer: 'recommendation-replied', askers: 'suggestion-replied' },
  // Not said yet, but among those of the department itself.
  'assignment:draft': { department: 'department-moved' },
  'assignment:redraft': { department: 'department-moved' },
  'assignment:extend': { department: 'department-deadline' },
  'assignment:pause': { department: 'department-deadline' },
  'assignment:resume': { department: 'department-deadline' },
  'assignment:remind': { department: 'department-reminded' },
}
/** Of a move that stands nowhere above everybody concerned hears that there is one. */
const ofAnyOther: Told = { department: 'department-moved', secretariat: 'secretariat-moved', proposer: 'recommendation-moved' }

/** What happens to an assignment. */
export async function tellOfMove(tx: Tx, { notifications, webhooks }: Tellers, { actor, action, subjectId, details }: AuditRecord) {
  if (!action.startsWith('assignment:')) return
  const { department, secretariat, proposer, askers } = told[action] ?? ofAnyOther
  const facts = await factsOf(tx, subjectId)
  if (!facts) return
  const { recommendation, assignment } = facts
  const about: NoticeAbout = {
    link: `/recommendations/${recommendation.id}`,
    number: recommendation.number,
    title: recommendation.title,
    organization: assignment.organizationName,
    ...(typeof details.reason === 'string' ? { words: details.reason } : {}),
  }
  // Whoever is concerned in several ways is told once, in the first of them.
  const known = new Set([actor.accountId])
  const tell = async (kind: NoticeKind | undefined, all: () => Promise<string[]>) => {
    if (!kind) return
    const to = (await all()).filter((id) => !known.has(id))
    for (const id of to) known.add(id)
    await notifications.notify(tx, { to, kind, about })
  }
  await tell(department, () => workersOf(tx, assignment.organizationId))
  await tell(secretariat, () => secretariatOf(tx, assignment.regionCode))
  await tell(proposer, () => proposersOf(tx, recommendation.id))
  await webhooks.emit(tx, assignment, action.replace(':', '.'), contentOf(recommendation, assignment))
  // It became a recommendation once, to however many departments it is given.
  if (!askers || (action === 'assignment:issue' && recommendation.assignments.length > 1)) return
  // What is withheld whole is not told to those who asked either.
  if ((await readPublicities(tx, [recommendation.id]))(recommendation.id) === 'withheld') return
  await tellAskers(
    tx,
    notifications,
    recommendation.suggestions.map(({ id }) => id),
    askers,
    { except: known, number: recommendation.number, title: recommendation.title, organization: assignment.organizationName },
  )
}

async function factsOf(tx: Tx, assignmentId: string) {
  const [row] = await tx
    .select({ recommendationId: assignments.recommendationId })
    .from(assignments)
    .where(eq(assignments.id, assignmentId))
  if (!row) return null
  const recommendation = found((await readRecommendations(tx, [row.recommendationId]))[0], 'no-such-recommendation')
  const assignment = found(
    recommendation.assignments.find(({ id }) => id === assignmentId),
    'no-such-assignment',
  )
  return { recommendation, assignment }
}

/** Who proposed it, and who signed it too. */
async function proposersOf(tx: Tx, recommendationId: string): Promise<string[]> {
  const rows = await tx
    .select({ accountId: recommendationProposers.accountId })
    .from(recommendationProposers)
    .where(eq(recommendationProposers.recommendationId, recommendationId))
  return rows.map(({ accountId }) => accountId)
}

/** What other systems are told: numbers, states and dates, and no words of anybody. */
export const contentOf = (recommendation: Recommendation, assignment: Assignment) => ({
  recommendation: { id: recommendation.id, number: recommendation.number },
  assignment: {
    id: assignment.id,
    organization: { id: assignment.organizationId, name: assignment.organizationName },
    regionCode: assignment.regionCode,
    status: assignment.status,
    signDueAt: assignment.signDueAt,
    replyDueAt: assignment.replyDueAt,
  },
})
