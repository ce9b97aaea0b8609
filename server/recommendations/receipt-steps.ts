import { and, asc, eq, inArray } from 'drizzle-orm'
import type { ReceiptStep } from '../../shared/suggestions.ts'
import type { Reader } from '../db/db.ts'
import { organizations } from '../regions/schema.ts'
import { readPublicities } from './publicity.ts'
import {
  assignmentClocks,
  assignmentSteps,
  assignments,
  recommendationSuggestions,
  recommendations,
  replies,
  replyItems,
} from './schema.ts'

type Found = { recommendationId: string; step: ReceiptStep }

/** What became of suggestions after the meeting, for whoever holds a receipt, as far as it is public. */
export async function readSteps(reader: Reader, suggestionIds: string[]): Promise<ReceiptStep[]> {
  const found = [
    ...(await recommended(reader, suggestionIds)),
    ...(await given(reader, suggestionIds)),
    ...(await answered(reader, suggestionIds)),
    ...(await followed(reader, suggestionIds)),
  ]
  const publicityOf = await readPublicities(
    reader,
    found.map(({ recommendationId }) => recommendationId),
  )
  return found.flatMap(({ recommendationId, step }) => {
    const publicity = publicityOf(recommendationId)
    if (publicity === 'withheld') return []
    return [publicity === 'reply-withheld' ? withoutWords(step) : step]
  })
}

/** That there is an answer is told, so that nobody waits for ever. */
function withoutWords(step: ReceiptStep): ReceiptStep {
  if (step.kind !== 'replied') return step
  const { at, number, organization } = step
  return { kind: 'replied-withheld', at, number, organization }
}

async function recommended(reader: Reader, suggestionIds: string[]): Promise<Found[]> {
  const rows = await reader
    .selectDistinctOn([recommendations.id], { recommendation: recommendations })
    .from(recommendationSuggestions)
    .innerJoin(recommendations, eq(recommendations.id, recommendationSuggestions.recommendationId))
    .where(inArray(recommendationSuggestions.suggestionId, suggestionIds))
    .orderBy(asc(recommendations.id))
  return rows.map(({ recommendation: { id, createdAt: at, number, title } }) => ({
    recommendationId: id,
    step: { kind: 'recommended', at, number, title },
  }))
}

/** Whoever asked is told who answers for it: not who does not, nor who only has a part in it. */
async function given(reader: Reader, suggestionIds: string[]): Promise<Found[]> {
  const rows = await reader
    .selectDistinctOn([assignments.id], {
      recommendation: recommendations,
      assignment: assignments,
      replyDueAt: assignmentClocks.dueAt,
      organization: organizations.name,
    })
    .from(recommendationSuggestions)
    .innerJoin(recommendations, eq(recommendations.id, recommendationSuggestions.recommendationId))
    .innerJoin(assignments, eq(assignments.recommendationId, recommendations.id))
    .innerJoin(assignmentClocks, and(eq(assignmentClocks.assignmentId, assignments.id), eq(assignmentClocks.kind, 'reply')))
    .innerJoin(organizations, eq(organizations.id, assignments.organizationId))
    .where(and(inArray(recommendationSuggestions.suggestionId, suggestionIds), eq(assignments.part, 'lead')))
    .orderBy(asc(assignments.id))
  return rows
    .filter(({ assignment }) => assignment.status !== 'returned')
    .flatMap(({ recommendation: { id: recommendationId, number }, assignment: { issuedAt, signedAt }, replyDueAt, organization }) => {
      const issued: Found = { recommendationId, step: { kind: 'assigned', at: issuedAt, number, organization, replyDueAt } }
      return signedAt ? [issued, { recommendationId, step: { kind: 'signed' as const, at: signedAt, number, organization } }] : [issued]
    })
}

const told = { reopen: 'second-round', register: 'registered', lapse: 'registered' } as const

/** What followed from how an answer was judged, and from looking back. */
async function followed(reader: Reader, suggestionIds: string[]): Promise<Found[]> {
  const moves = Object.keys(told) as (keyof typeof told)[]
  const rows = await reader
    .selectDistinctOn([assignmentSteps.id], { recommendation: recommendations, organization: organizations.name, step: assignmentSteps })
    .from(recommendationSuggestions)
    .innerJoin(recommendations, eq(recommendations.id, recommendationSuggestions.recommendationId))
    .innerJoin(assignments, and(eq(assignments.recommendationId, recommendations.id), eq(assignments.part, 'lead')))
    .innerJoin(assignmentSteps, and(eq(assignmentSteps.assignmentId, assignments.id), inArray(assignmentSteps.move, moves)))
    .innerJoin(organizations, eq(organizations.id, assignments.organizationId))
    .where(inArray(recommendationSuggestions.suggestionId, suggestionIds))
    .orderBy(asc(assignmentSteps.id))
  return rows.map(({ recommendation: { id, number }, organization, step: { move, at } }) => ({
    recommendationId: id,
    // Only these were asked for.
    step: { kind: told[move as keyof typeof told], at, number, organization },
  }))
}

/** Every answer that was given, also one that was completed later: what somebody has read does not vanish. */
async function answered(reader: Reader, suggestionIds: string[]): Promise<Found[]> {
  const rows = await reader
    .selectDistinctOn([replies.id], { recommendation: recommendations, organization: organizations.name, reply: replies, item: replyItems })
    .from(replyItems)
    .innerJoin(replies, eq(replies.id, replyItems.replyId))
    .innerJoin(assignments, eq(assignments.id, replies.assignmentId))
    .innerJoin(recommendations, eq(recommendations.id, assignments.recommendationId))
    .innerJoin(organizations, eq(organizations.id, assignments.organizationId))
    .where(inArray(replyItems.suggestionId, suggestionIds))
    .orderBy(asc(replies.id))
  return rows.map(({ recommendation: { id, number }, organization, reply, item }) => {
    const { outcome, grade, text: itemText } = item
    const { repliedAt: at, text } = reply
    return { recommendationId: id, step: { kind: 'replied', at, number, organization, text, outcome, grade, itemText } }
  })
}
