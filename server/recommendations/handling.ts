import { type AssignmentPart, issueHindrance } from '../../shared/assignment-machine.ts'
import { AppError } from '../../shared/errors.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import type { Assignment, Recommendation, Reply } from '../../shared/recommendations.ts'
import type { Tx } from '../db/db.ts'
import type { RegionService } from '../regions/service.ts'
import { updateAssignment } from './assignments-store.ts'
import type { AcceptListener } from './following.ts'
import type { Moves } from './moves.ts'
import { findDraft, insertReply, putDraft, removeDraft, sendBackReply } from './replies-store.ts'

type Deps = Pick<Moves, 'move'> & {
  acceptListeners: readonly AcceptListener[]
  regions: Pick<RegionService, 'organization'>
  now: () => Date
}
type Named = { assignmentId: string }
type Reasoned = Named & { reason: string }
type Answer = Named & { id: string; text: string; items: Reply['items'] }

/** What departments, their heads, the secretariat and the supervising leader do with an assignment. */
export function createHandling({ move, regions, acceptListeners, now }: Deps) {
  const instant = () => now().toISOString()

  return {
    sign: (actor: Actor, { assignmentId }: Named) =>
      move(actor, assignmentId, 'sign', (_tx, { status, signedAt }) => {
        if (signedAt && status !== 'returned') return null
        return { done: (tx) => updateAssignment(tx, assignmentId, { signedAt: instant(), signedBy: signedIn(actor) }) }
      }),

    /** @throws AppError `not-found` for a proposed department that is none, `conflict` once it is replied to. */
    sendBack: (actor: Actor, { assignmentId, reason, proposedId }: Reasoned & { proposedId: string | null }) =>
      move(actor, assignmentId, 'return', async (tx, { status, organizationId }) => {
        if (status === 'returned') return null
        if (proposedId === organizationId) throw new AppError('invalid-input', 'own-department', { proposedId: 'own-department' })
        if (proposedId !== null) await regions.organization(tx, proposedId)
        return { reason, proposedId, details: { reason, proposedId }, done: () => removeDraft(tx, assignmentId) }
      }),

    recall: (actor: Actor, { assignmentId, reason }: Reasoned) =>
      move(actor, assignmentId, 'recall', (tx, { status }) => {
        if (status === 'returned') return null
        return { reason, details: { reason }, done: () => removeDraft(tx, assignmentId) }
      }),

    /** @throws AppError `conflict` when it is to lead where another leads by now. */
    insist: (actor: Actor, { assignmentId, reason, part: wanted }: Reasoned & { part?: AssignmentPart | undefined }) =>
      move(actor, assignmentId, 'insist', (_tx, assignment, { assignments }) => {
        if (assignment.status === 'issued' && lastMove(assignment) === 'insist') return null
        const part = wanted ?? assignment.part
        const hindered = assignment.status === 'returned' && issueHindrance(part, assignment, assignments)
        if (hindered) throw new AppError('conflict', hindered)
        return {
          reason,
          details: { reason, part },
          done: (tx) => updateAssignment(tx, assignmentId, { part, signedAt: null, signedBy: null }),
        }
      }),

    draft: (actor: Actor, { id, assignmentId, text, items }: Answer) =>
      move(actor, assignmentId, 'draft', async (tx, _assignment, recommendation) => {
        if ((await findDraft(tx, assignmentId))?.id === id) return null
        requireEachItem(recommendation, items)
        const draft = { assignmentId, id, text, items, draftedBy: signedIn(actor), draftedAt: instant() }
        return { details: { text, items }, done: () => putDraft(tx, draft) }
      }),

    redraft: (actor: Actor, { assignmentId, reason }: Reasoned) =>
      move(actor, assignmentId, 'redraft', (_tx, assignment) =>
        assignment.status === 'signed' && lastMove(assignment) === 'redraft' ? null : { reason, details: { reason } },
      ),

    countersign: (actor: Actor, { assignmentId, text }: Named & { text: string }) =>
      move(actor, assignmentId, 'countersign', (_tx, { status, steps }) =>
        status === 'countersigned' && steps.at(-1)?.reason === text ? null : { reason: text, details: { text } },
      ),

    /** @throws AppError `conflict` while a counter-signature is missing, `invalid-input` unless every suggestion has its item. */
    reply: (actor: Actor, { id, assignmentId, text, items }: Answer) =>
      move(actor, assignmentId, 'reply', async (tx, { status, round, reply: standing, earlierReplies }, recommendation) => {
        if ([standing, ...earlierReplies].some((one) => one?.id === id)) return null
        if (status === 'signed' || status === 'drafted') requireEachItem(recommendation, items)
        const draft = await findDraft(tx, assignmentId)
        const repliedBy = signedIn(actor)
        const draftedBy = draft && draft.drafterId !== repliedBy ? draft.drafterId : null
        const done = async () => {
          if (!(await insertReply(tx, { id, assignmentId, round, text, items, repliedAt: instant(), repliedBy, draftedBy })))
            throw new AppError('conflict', 'id-taken')
          await removeDraft(tx, assignmentId)
        }
        return { details: { text, items }, done }
      }),

    /** The answer stays as an earlier version, and is where the next one is written from. */
    incomplete: (actor: Actor, { assignmentId, reason }: Reasoned) =>
      move(actor, assignmentId, 'incomplete', (tx, assignment) => {
        if (assignment.status === 'signed' && lastMove(assignment) === 'incomplete') return null
        const sentBack = { at: instant(), byName: actor.name, reason }
        const { round, reply } = assignment
        return { reason, details: { reason, version: reply?.version }, done: () => sendBackReply(tx, assignmentId, round, sentBack) }
      }),

    acceptReply: (actor: Actor, { assignmentId }: Named) =>
      move(actor, assignmentId, 'accept', (_tx, assignment, recommendation) => {
        if (assignment.status === 'accepted') return null
        const done = async (tx: Tx) => {
          for (const listener of acceptListeners) await listener(tx, recommendation, assignment)
        }
        return { details: { version: assignment.reply?.version }, done }
      }),
  }
}

const lastMove = ({ steps }: Assignment) => steps.at(-1)?.move

function requireEachItem({ suggestions }: Recommendation, items: Reply['items']) {
  const wanted = suggestions.map((suggestion) => suggestion.id).sort()
  const given = items.map((item) => item.suggestionId).sort()
  if (wanted.join() !== given.join()) throw new AppError('invalid-input', 'items-incomplete', { items: 'items-incomplete' })
}
