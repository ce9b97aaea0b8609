import type { z } from 'zod'
import { AppError, found } from '../../shared/errors.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, can, signedIn } from '../../shared/policy.ts'
import {
  isOpen,
  isPublic,
  type PostedSuggestion,
  type ReceiptStep,
  type Suggestion,
  shownSuggestion,
  type suggestionQueries,
} from '../../shared/suggestions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { GuardService } from '../guard/service.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { PhotoService } from '../photos/service.ts'
import type { createPublisher } from '../transport/publish.ts'
import { readCategories } from './categories.ts'
import { createClaims } from './claims.ts'
import type { Counter } from './counter.ts'
import { createMerging } from './merging.ts'
import { createPosting, posted } from './posting.ts'
import { createQueue } from './queue.ts'
import type { ReceiptLetters } from './receipt-letters.ts'
import { createReceipts } from './receipts.ts'
import { readStandings } from './standings.ts'
import * as store from './store.ts'
import { createSupports } from './supports.ts'

export type SuggestionService = ReturnType<typeof createSuggestionService>

type Deps = {
  db: Db
  audit: AuditService
  meetings: MeetingService
  guard: Guarding
  photos: Pick<PhotoService, 'lockFree' | 'attach'>
  letters: Pick<ReceiptLetters, 'stateOf'>
  publisher: Pick<ReturnType<typeof createPublisher>, 'publish' | 'publishTo'>
  counter: Pick<Counter, 'touch'>
  now: () => Date
}

export type Guarding = Pick<GuardService, 'admit' | 'consider' | 'requireLookUp' | 'missed' | 'addAuthorSource'>

/** Tells what became of suggestions further on, such as in recommendations; given by the domains that build on this one. */
export type StepSource = (reader: Reader, suggestionIds: string[]) => Promise<ReceiptStep[]>

type ListInput = z.output<(typeof suggestionQueries)['suggestions']['input']>

/** What citizens and members put in while a meeting runs, and what its moderators do with it. */
export function createSuggestionService({ db, audit, meetings, guard, photos, letters, publisher, counter, now }: Deps) {
  const stepSources: StepSource[] = []
  const changeListeners: ((meetingId: string) => void)[] = []
  guard.addAuthorSource(async (reader, suggestionId) => {
    const row = await store.findSuggestion(reader, suggestionId)
    return row && { meetingId: row.meetingId, accountId: row.authorId, name: row.authorName }
  })

  /** The room hears of every change, the author of their own, the public only of what it may read. */
  function tell(tx: Tx, row: store.Row, was: Pick<Suggestion, 'status'>) {
    tx.afterCommit(() => {
      for (const listener of changeListeners) listener(row.meetingId)
    })
    const suggestion = store.publicSuggestionOf(row)
    publisher.publish(tx, row.meetingId, ['room'], 'suggestion:changed', store.suggestionOf(row))
    publisher.publishTo(tx, row.authorId, 'suggestion:changed', suggestion)
    if (isPublic(row)) publisher.publish(tx, row.meetingId, ['public'], 'suggestion:shown', shownSuggestion(suggestion))
    else if (isPublic(was)) {
      const { id, version, mergedIntoId } = row
      publisher.publish(tx, row.meetingId, ['public'], 'suggestion:withdrawn', { id, version, mergedIntoId })
    }
  }

  const posting = createPosting({ db, audit, meetings, guard, photos, tell, now })

  /** Locks an open suggestion that the actor may moderate, lets `change` store what becomes of it, and tells. */
  async function moderating(
    actor: Actor,
    suggestionId: string,
    step: { kind: 'published' | 'answered' | 'merged' | 'hidden'; words: string },
    change: (row: store.Row) => Partial<store.Row>,
  ): Promise<Suggestion> {
    return db.transaction(async (tx) => {
      const before = await lockModerated(tx, actor, suggestionId)
      const after = await store.updateSuggestion(tx, suggestionId, change(before))
      await store.insertStep(tx, { suggestionId, at: now().toISOString(), ...step })
      await audit.record(tx, actor, `suggestion:${step.kind}`, suggestionId, { meetingId: before.meetingId, words: step.words })
      tell(tx, after, before)
      return store.suggestionOf(after)
    })
  }

  /** Its own steps, the answers to what it was merged into, and what came further on; newest first. */
  async function stepsOf(row: store.Row): Promise<ReceiptStep[]> {
    const ids = row.mergedIntoId ? [row.id, row.mergedIntoId] : [row.id]
    const own = (await store.listSteps(db.reader, ids)).filter((step) => step.suggestionId === row.id || step.kind === 'answered')
    const further = await Promise.all(stepSources.map((source) => source(db.reader, ids)))
    return [...own.map(stepOf), ...further.flat()].sort((a, b) => b.at.localeCompare(a.at))
  }

  async function lockModerated(tx: Tx, actor: Actor, suggestionId: string): Promise<store.Row> {
    const [row] = await store.lockSuggestions(tx, [suggestionId])
    await requireModerator(tx, actor, row)
    const before = found(row, 'no-such-suggestion')
    if (!isOpen(before)) throw new AppError('conflict', 'suggestion-closed')
    return before
  }

  /** A stranger learns nothing of which ids exist. */
  async function requireModerator(tx: Tx, actor: Actor, row: store.Row | undefined) {
    signedIn(actor)
    const suggestion = found(row, 'no-such-suggestion')
    await meetings.require(tx, actor, 'suggestion:moderate', suggestion.meetingId)
    await claims.requireFree(tx, actor, suggestion.id)
  }

  const claims = createClaims({ db, meetings, publish: publisher.publish, now })
  const queue = createQueue({ db, audit, meetings, claims, now, requireModerator, tell })
  const merging = createMerging({ db, audit, counter, now, requireModerator, tell })
  const supports = createSupports({ db, audit, meetings, guard, counter, now })
  const receipts = createReceipts({ db, audit, meetings, guard, counter, stepsOf, now })

  return {
    ...merging,
    ...queue,
    ...supports,
    ...receipts,
    addStepSource: (source: StepSource) => void stepSources.push(source),
    /** Called after each change of a meeting's suggestions, once it is stored. */
    onChange: (listener: (meetingId: string) => void) => void changeListeners.push(listener),

    async list(actor: Actor, { meetingId, sort, limit }: ListInput): Promise<Suggestion[]> {
      const all = can(actor, 'suggestion:read-all', subjectOfMeeting(await meetings.get(actor, { meetingId })))
      const statuses: Suggestion['status'][] | undefined = all ? undefined : ['published', 'answered']
      const rows = await store.listSuggestions(db.reader, meetingId, { statuses, sort, limit })
      return rows.map(all ? store.suggestionOf : store.publicSuggestionOf)
    },

    async categories(actor: Actor, { meetingId }: { meetingId: string }) {
      await meetings.get(actor, { meetingId })
      return found((await readCategories(db.reader, [meetingId])).get(meetingId), 'no-such-meeting')
    },

    /** Whether somebody may see what belongs to a suggestion, such as its photos: whoever may read it, its author, whoever holds its receipt. */
    async maySee(actor: Actor, suggestionId: string, receipt?: string): Promise<boolean> {
      const row = await store.findSuggestion(db.reader, suggestionId)
      if (!row) return false
      if (isPublic(row) || row.authorId === actor.accountId || row.receipt === receipt) return true
      return can(actor, 'suggestion:read-all', subjectOfMeeting(await meetings.byId(db.reader, row.meetingId)))
    },

    async mine(actor: Actor, { meetingId }: { meetingId: string }): Promise<PostedSuggestion[]> {
      if (actor.accountId === null) return []
      return (await store.listByAuthor(db.reader, meetingId, actor.accountId)).map(posted)
    },

    post: posting.post,
    close: posting.close,

    publish: (actor: Actor, { suggestionId }: { suggestionId: string }) =>
      moderating(actor, suggestionId, { kind: 'published', words: '' }, (row) => {
        if (row.status !== 'pending') throw new AppError('conflict', 'already-published')
        return { status: 'published', kept: row.flags.length > 0 }
      }),

    /** Answering a pending suggestion publishes it. */
    answer: (actor: Actor, { suggestionId, answer }: { suggestionId: string; answer: string }) =>
      moderating(actor, suggestionId, { kind: 'answered', words: answer }, () => ({ status: 'answered', answer })),

    pin: (actor: Actor, { suggestionId, pinned }: { suggestionId: string; pinned: boolean }): Promise<Suggestion> =>
      db.transaction(async (tx) => {
        const before = await lockModerated(tx, actor, suggestionId)
        if (before.pinned === pinned) return store.suggestionOf(before)
        const after = await store.updateSuggestion(tx, suggestionId, { pinned })
        await audit.record(tx, actor, 'suggestion:pin', suggestionId, { meetingId: before.meetingId, pinned })
        tell(tx, after, before)
        return store.suggestionOf(after)
      }),

    hide: (actor: Actor, { suggestionId, reason }: { suggestionId: string; reason: string }) =>
      moderating(actor, suggestionId, { kind: 'hidden', words: reason }, () => ({ status: 'hidden', hideReason: reason })),

    /** The whole way of a suggestion, newest first, and of the one it was merged into. Whoever holds the receipt may read it. */
    async receipt(actor: Actor, { receipt }: { receipt: string }) {
      await guard.requireLookUp(actor, receipt)
      const known = await store.findByReceipt(db.reader, receipt)
      if (!known) await guard.missed(actor)
      const row = found(known, 'no-such-receipt')
      const { title } = await meetings.byId(db.reader, row.meetingId)
      const [steps, state] = await Promise.all([stepsOf(row), letters.stateOf(db.reader, row.id)])
      return { suggestion: store.publicSuggestionOf(row), receipt, meetingTitle: title, steps, letters: state }
    },

    /** A suggestion that people may judge, and all that are merged together with it. @throws AppError `not-found`, `conflict`. */
    peoples: store.requirePeoples,
    /** What the public reads where this suggestion was shown: itself or what it is merged into; null when neither is public. */
    async publicly(reader: Reader, suggestionId: string): Promise<Suggestion | null> {
      const row = await store.findSuggestion(reader, suggestionId)
      const survivor = row?.mergedIntoId ? await store.findSuggestion(reader, row.mergedIntoId) : row
      return survivor && isPublic(survivor) ? store.publicSuggestionOf(survivor) : null
    },
    /** What stands behind these suggestions now, for minutes that cite them. */
    standings: readStandings,
    /** As the public reads them, in no order. */
    byIds: async (ids: string[]): Promise<Suggestion[]> => (await store.findSuggestions(db.reader, ids)).map(store.publicSuggestionOf),

    /** Suggestions of one meeting, for a recommendation that comes from them. @throws AppError `not-found` when one is not there. */
    async ofMeeting(reader: Reader, meetingId: string, ids: string[]): Promise<Suggestion[]> {
      const rows = new Map((await store.findSuggestions(reader, ids)).map((row) => [row.id, row]))
      return ids.map((id) => {
        const row = rows.get(id)
        if (row?.meetingId !== meetingId) throw new AppError('not-found', 'no-such-suggestion')
        return store.suggestionOf(row)
      })
    },
  }
}

function stepOf({ kind, at, words }: store.Step): ReceiptStep {
  switch (kind) {
    case 'answered':
      return { kind, at, answer: words }
    case 'merged':
      return { kind, at, intoText: words }
    case 'hidden':
      return { kind, at, reason: words }
    case 'published':
    case 'unmerged':
    case 'reopened':
      return { kind, at }
    default:
      return { kind: 'posted', at }
  }
}
