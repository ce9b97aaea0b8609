import { eq } from 'drizzle-orm'
import { isDone, leadOf } from '../../shared/assignment-machine.ts'
import { found } from '../../shared/errors.ts'
import type { NoticeAbout, NoticeKind } from '../../shared/notifications.ts'
import { rules } from '../../shared/policy.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import type { AuditRecord } from '../audit/service.ts'
import type { Tx } from '../db/db.ts'
import { readPublicities } from '../recommendations/publicity.ts'
import { assignments } from '../recommendations/schema.ts'
import { readRecommendations } from '../recommendations/store.ts'
import type { WebhookService } from '../webhooks/service.ts'
import { secretariatOf, workersOf } from './audience.ts'
import { type AskerTellers, tellAskers } from './suggestions.ts'

export type Tellers = AskerTellers & { webhooks: Pick<WebhookService, 'emit'> }
type Audience = 'heads' | 'department' | 'lead' | 'secretariat' | 'supervisor' | 'proposers' | 'askers'
type Told = Partial<Record<Audience, NoticeKind>>

/** Who is told what of a move of an assignment, by the trail's names. Whoever made the move is not. */
const told: Record<string, Told> = {
  'assignment:issue': { department: 'department-issued', proposers: 'recommendation-issued', askers: 'suggestion-recommended' },
  'assignment:insist': { department: 'department-issued', proposers: 'recommendation-moved' },
  'assignment:sign': { proposers: 'recommendation-moved' },
  'assignment:draft': { heads: 'department-draft' },
  'assignment:redraft': { department: 'department-moved' },
  'assignment:countersign': { lead: 'department-countersigned' },
  'assignment:reply': {
    secretariat: 'secretariat-replied',
    supervisor: 'secretariat-replied',
    proposers: 'recommendation-replied',
    askers: 'suggestion-replied',
  },
  'assignment:incomplete': { department: 'department-incomplete', proposers: 'recommendation-moved' },
  'assignment:accept': { department: 'department-moved', proposers: 'recommendation-moved' },
  'assignment:return': { secretariat: 'secretariat-returned', proposers: 'recommendation-moved' },
  'assignment:recall': { department: 'department-recalled' },
  'assignment:reopen': { department: 'department-reopened', proposers: 'recommendation-moved', askers: 'suggestion-second-round' },
  'assignment:close': { department: 'department-moved', proposers: 'recommendation-moved' },
  'assignment:extend': { department: 'department-deadline' },
  'assignment:pause': { department: 'department-deadline' },
  'assignment:resume': { department: 'department-deadline' },
  'assignment:remind': { department: 'department-reminded' },
}
/** Of a move that stands nowhere above everybody concerned hears that there is one. */
const ofAnyOther: Told = { department: 'department-moved', secretariat: 'secretariat-moved', proposers: 'recommendation-moved' }

type Facts = { recommendation: Recommendation; assignment: Assignment }

const audienceOf: Record<Exclude<Audience, 'askers'>, (tx: Tx, facts: Facts) => Promise<string[]>> = {
  heads: (tx, { assignment }) => workersOf(tx, assignment.organizationId, rules['assignment:answer'].roles),
  department: (tx, { assignment }) => workersOf(tx, assignment.organizationId),
  lead: async (tx, { assignment, recommendation }) => {
    const lead = leadOf(assignment, recommendation.assignments)
    return lead ? workersOf(tx, lead.organizationId) : []
  },
  secretariat: (tx, { assignment }) => secretariatOf(tx, assignment.regionCode),
  supervisor: async (_tx, { assignment }) => (assignment.supervisor ? [assignment.supervisor.id] : []),
  proposers: async (_tx, { recommendation }) => recommendation.proposers.map(({ accountId }) => accountId),
}
const inThisOrder = Object.keys(audienceOf) as (keyof typeof audienceOf)[]

/** What happens to an assignment. */
export async function tellOfMove(tx: Tx, { webhooks, ...tellers }: Tellers, { actor, action, subjectId, details }: AuditRecord) {
  if (!action.startsWith('assignment:')) return
  const facts = await factsOf(tx, subjectId)
  if (!facts) return
  const { recommendation, assignment } = facts
  const who = told[action] ?? ofAnyOther
  const words = details.reason
  const about: NoticeAbout = {
    link: `/recommendations/${recommendation.id}`,
    number: recommendation.number,
    title: recommendation.title,
    organization: assignment.organizationName,
    ...(typeof words === 'string' && words !== '' ? { words } : {}),
  }
  // Whoever is concerned in several ways is told once, in the first of them.
  const known = new Set([actor.accountId])
  for (const audience of inThisOrder) {
    const kind = who[audience]
    if (!kind) continue
    const to = (await audienceOf[audience](tx, facts)).filter((id) => !known.has(id))
    for (const id of to) known.add(id)
    await tellers.notifications.notify(tx, { to, kind, about })
  }
  await webhooks.emit(tx, assignment, action.replace(':', '.'), contentOf(recommendation, assignment))
  if (who.askers && isForAskers(action, facts)) await tellThem(tx, tellers, facts, who.askers, known)
}

/** It became a recommendation once, to however many departments it is given; and who only has a part in it answers nobody. */
const isForAskers = (action: string, { recommendation, assignment }: Facts) =>
  assignment.part === 'lead' &&
  (action !== 'assignment:issue' || recommendation.assignments.filter(({ part }) => part === 'lead').length === 1)

async function tellThem(
  tx: Tx,
  tellers: AskerTellers,
  { recommendation, assignment }: Facts,
  kind: NoticeKind,
  except: ReadonlySet<string | null>,
) {
  const { id, number, title, suggestions } = recommendation
  // What is withheld whole is not told to those who asked either.
  if ((await readPublicities(tx, [id]))(id) === 'withheld') return
  const ids = suggestions.map((suggestion) => suggestion.id)
  const last = recommendation.assignments.every(({ part, status }) => part !== 'lead' || status === 'returned' || isDone(status))
  await tellAskers(tx, tellers, ids, kind, { except, last, number, title, organization: assignment.organizationName })
}

/** A leader is asked to see to a region's part. */
export async function tellOfSupervisor(
  tx: Tx,
  { notifications }: Pick<Tellers, 'notifications'>,
  { actor, action, subjectId, details }: AuditRecord,
) {
  if (action !== 'assignment:supervise' || typeof details.accountId !== 'string' || details.accountId === actor.accountId) return
  const { id, number, title } = found((await readRecommendations(tx, [subjectId]))[0], 'no-such-recommendation')
  await notifications.notify(tx, {
    to: [details.accountId],
    kind: 'supervisor-named',
    about: { link: `/recommendations/${id}`, number, title },
  })
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
