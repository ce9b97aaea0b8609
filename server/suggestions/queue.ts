import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { AppError } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import type { QueueView } from '../../shared/queue.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { createClaims } from './claims.ts'
import { toBeLookedAt } from './looked-at.ts'
import { suggestions } from './schema.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require'>
  claims: ReturnType<typeof createClaims>
  now: () => Date
  requireModerator: (tx: Tx, actor: Actor, row: store.Row | undefined) => Promise<void>
  tell: (tx: Tx, row: store.Row, was: Pick<Suggestion, 'status'>) => void
}

// The same as `isInView`, for the database.
const views = {
  pending: sql`${suggestions.status} = 'pending'`,
  flagged: toBeLookedAt(),
  unanswered: sql`${suggestions.status} = 'published'`,
  all: sql`true`,
}
const orders = {
  pending: [asc(suggestions.createdAt), asc(suggestions.id)],
  flagged: [desc(suggestions.createdAt), desc(suggestions.id)],
  unanswered: [desc(suggestions.supportCount), asc(suggestions.createdAt)],
  all: [desc(suggestions.createdAt), desc(suggestions.id)],
}

/** What moderators work through, several at once. */
export function createQueue({ db, audit, meetings, claims, now, requireModerator, tell }: Deps) {
  return {
    claim: claims.claim,
    release: claims.release,

    async queue(actor: Actor, { meetingId, view, limit }: { meetingId: string; view: QueueView; limit: number }) {
      await meetings.require(db.reader, actor, 'suggestion:moderate', meetingId)
      const [rows, held, counts] = await Promise.all([
        db.reader
          .select()
          .from(suggestions)
          .where(and(eq(suggestions.meetingId, meetingId), views[view]))
          .orderBy(...orders[view])
          .limit(limit),
        claims.ofMeeting(db.reader, meetingId),
        countViews(db.reader, meetingId),
      ])
      return { suggestions: rows.map(store.suggestionOf), claims: held, counts, now: now().toISOString() }
    },

    publishMany: (actor: Actor, { meetingId, suggestionIds }: { meetingId: string; suggestionIds: string[] }): Promise<Suggestion[]> =>
      db.transaction(async (tx) => {
        await meetings.require(tx, actor, 'suggestion:moderate', meetingId)
        const held = new Set(
          (await claims.ofMeeting(tx, meetingId)).filter((claim) => claim.accountId !== actor.accountId).map((claim) => claim.suggestionId),
        )
        const rows = await store.lockSuggestions(tx, suggestionIds)
        const published: Suggestion[] = []
        for (const before of rows) {
          if (before.meetingId !== meetingId || before.status !== 'pending' || held.has(before.id)) continue
          const after = await store.updateSuggestion(tx, before.id, { status: 'published', kept: before.flags.length > 0 })
          await store.insertStep(tx, { suggestionId: before.id, at: now().toISOString(), kind: 'published', words: '' })
          await audit.record(tx, actor, 'suggestion:published', before.id, { meetingId, words: '' })
          tell(tx, after, before)
          published.push(store.suggestionOf(after))
        }
        return published
      }),

    /** @throws AppError `conflict` for one that is not published, or that nothing was flagged about. */
    keep: (actor: Actor, { suggestionId, kept }: { suggestionId: string; kept: boolean }): Promise<Suggestion> =>
      db.transaction(async (tx) => {
        const [row] = await store.lockSuggestions(tx, [suggestionId])
        await requireModerator(tx, actor, row)
        if (row?.status !== 'published' || row.flags.length === 0) throw new AppError('conflict', 'nothing-to-look-at')
        if (row.kept === kept) return store.suggestionOf(row)
        const after = await store.updateSuggestion(tx, suggestionId, { kept })
        await audit.record(tx, actor, 'suggestion:keep', suggestionId, { meetingId: row.meetingId, kept, flags: row.flags })
        tell(tx, after, row)
        return store.suggestionOf(after)
      }),

    /** @throws AppError `conflict` when there is nothing to undo; a merge is undone by `suggestion:unmerge`. */
    reopen: (actor: Actor, { suggestionId }: { suggestionId: string }): Promise<Suggestion> =>
      db.transaction(async (tx) => {
        const [row] = await store.lockSuggestions(tx, [suggestionId])
        await requireModerator(tx, actor, row)
        if (!row || row.status === 'pending' || row.status === 'merged') throw new AppError('conflict', 'nothing-to-undo')
        const steps = await store.listSteps(tx, [suggestionId])
        const before = undone(steps)
        // What waits again is to be looked at again.
        const after = await store.updateSuggestion(tx, suggestionId, { ...before, ...(before.status === 'pending' && { kept: false }) })
        await store.insertStep(tx, { suggestionId, at: now().toISOString(), kind: 'reopened', words: '' })
        await audit.record(tx, actor, 'suggestion:reopen', suggestionId, { meetingId: row.meetingId, from: row.status, to: after.status })
        tell(tx, after, row)
        return store.suggestionOf(after)
      }),
  }
}

type Decided = Pick<store.Row, 'status' | 'answer' | 'hideReason'>

/** What a suggestion was before the decision that stands: its decisions over again, but for the last one. Steps are newest first. */
function undone(steps: readonly store.Step[]): Decided {
  const decisions: store.Step[] = []
  for (const step of steps.toReversed()) {
    if (step.kind === 'reopened') decisions.pop()
    else if (step.kind === 'published' || step.kind === 'answered' || step.kind === 'hidden') decisions.push(step)
  }
  decisions.pop()
  const state: Decided = { status: 'pending', answer: null, hideReason: null }
  for (const { kind, words } of decisions) {
    if (kind === 'answered') Object.assign(state, { status: 'answered', answer: words })
    else if (kind === 'hidden') Object.assign(state, { status: 'hidden', hideReason: words })
    else state.status = 'published'
  }
  return state
}

async function countViews(reader: Reader, meetingId: string) {
  const of = (view: QueueView) => sql<number>`(count(*) filter (where ${views[view]}))::int`
  const [counts] = await reader
    .select({ pending: of('pending'), flagged: of('flagged'), unanswered: of('unanswered'), all: of('all') })
    .from(suggestions)
    .where(eq(suggestions.meetingId, meetingId))
  return counts!
}
