import { AppError, found } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, can, signedIn } from '../../shared/policy.ts'
import { isOpen, isPublic, type PostedSuggestion, type ReceiptStep, type Suggestion, shownSuggestion } from '../../shared/suggestions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { PhotoService } from '../photos/service.ts'
import type { createPublisher } from '../transport/publish.ts'
import { createPosting, posted } from './posting.ts'
import * as store from './store.ts'

export type SuggestionService = ReturnType<typeof createSuggestionService>

type Deps = {
  db: Db
  audit: AuditService
  meetings: MeetingService
  photos: Pick<PhotoService, 'lockFree' | 'attach'>
  publisher: Pick<ReturnType<typeof createPublisher>, 'publish' | 'publishTo'>
  now: () => Date
}

/** Tells what became of suggestions further on, such as in recommendations; given by the domains that build on this one. */
export type StepSource = (reader: Reader, suggestionIds: string[]) => Promise<ReceiptStep[]>

/** What citizens and members put in while a meeting runs, and what its moderators do with it. */
export function createSuggestionService({ db, audit, meetings, photos, publisher, now }: Deps) {
  const stepSources: StepSource[] = []
  const changeListeners: ((meetingId: string) => void)[] = []

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

  const posting = createPosting({ db, audit, meetings, photos, tell, now })

  /** Locks an open suggestion that the actor may moderate, lets `change` store what becomes of it, and tells. */
  async function moderating(
    actor: Actor,
    suggestionId: string,
    step: { kind: 'published' | 'answered' | 'merged' | 'hidden'; words: string },
    change: (row: store.Row) => Partial<store.Row>,
  ): Promise<Suggestion> {
    return db.transaction(async (tx) => {
      const [row] = await store.lockSuggestions(tx, [suggestionId])
      await requireModerator(tx, actor, row)
      const before = found(row, 'no-such-suggestion')
      if (!isOpen(before)) throw new AppError('conflict', 'suggestion-closed')
      const after = await store.updateSuggestion(tx, suggestionId, change(before))
      await store.insertStep(tx, { suggestionId, at: now().toISOString(), ...step })
      await audit.record(tx, actor, `suggestion:${step.kind}`, suggestionId, { meetingId: before.meetingId, words: step.words })
      tell(tx, after, before)
      return store.suggestionOf(after)
    })
  }

  /** A stranger learns nothing of which ids exist. */
  async function requireModerator(tx: Tx, actor: Actor, row: store.Row | undefined) {
    signedIn(actor)
    const suggestion = found(row, 'no-such-suggestion')
    await meetings.require(tx, actor, 'suggestion:moderate', suggestion.meetingId)
  }

  async function listed(actor: Actor, meeting: Meeting, limit: number): Promise<Suggestion[]> {
    const all = can(actor, 'suggestion:read-all', subjectOfMeeting(meeting))
    const rows = await store.listSuggestions(db.reader, meeting.id, all ? undefined : ['published', 'answered'], limit)
    return rows.map(all ? store.suggestionOf : store.publicSuggestionOf)
  }

  return {
    addStepSource: (source: StepSource) => void stepSources.push(source),
    /** Called after each change of a meeting's suggestions, once it is stored. */
    onChange: (listener: (meetingId: string) => void) => void changeListeners.push(listener),

    list: async (actor: Actor, { meetingId, limit }: { meetingId: string; limit: number }) =>
      listed(actor, await meetings.get(actor, { meetingId }), limit),

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
        return { status: 'published' }
      }),

    /** Answering a pending suggestion publishes it. */
    answer: (actor: Actor, { suggestionId, answer }: { suggestionId: string; answer: string }) =>
      moderating(actor, suggestionId, { kind: 'answered', words: answer }, () => ({ status: 'answered', answer })),

    hide: (actor: Actor, { suggestionId, reason }: { suggestionId: string; reason: string }) =>
      moderating(actor, suggestionId, { kind: 'hidden', words: reason }, () => ({ status: 'hidden', hideReason: reason })),

    /** @throws AppError `conflict` unless both are open, of one meeting, and two. */
    merge: (actor: Actor, { suggestionId, intoId }: { suggestionId: string; intoId: string }): Promise<Suggestion> =>
      db.transaction(async (tx) => {
        const rows = await store.lockSuggestions(tx, [suggestionId, intoId])
        const from = rows.find((row) => row.id === suggestionId)
        await requireModerator(tx, actor, from)
        const [before, into] = [
          found(from, 'no-such-suggestion'),
          found(
            rows.find((row) => row.id === intoId),
            'no-such-suggestion',
          ),
        ]
        if (into.meetingId !== before.meetingId) throw new AppError('not-found', 'no-such-suggestion')
        if (before.id === into.id || !isOpen(before) || !isOpen(into)) throw new AppError('conflict', 'suggestion-closed')
        for (const redirected of await store.redirectMerged(tx, suggestionId, intoId)) tell(tx, redirected, redirected)
        const after = await store.updateSuggestion(tx, suggestionId, {
          status: 'merged',
          mergedIntoId: intoId,
          mergedDirectlyId: intoId,
          statusBeforeMerge: before.status,
        })
        await store.insertStep(tx, { suggestionId, at: now().toISOString(), kind: 'merged', words: into.text })
        await audit.record(tx, actor, 'suggestion:merge', suggestionId, { meetingId: before.meetingId, intoId })
        tell(tx, after, before)
        return store.suggestionOf(after)
      }),

    /** The whole way of a suggestion, newest first, and of the one it was merged into. Whoever holds the receipt may read it. */
    async receipt(_actor: Actor, { receipt }: { receipt: string }) {
      const row = found(await store.findByReceipt(db.reader, receipt), 'no-such-receipt')
      const { title } = await meetings.byId(db.reader, row.meetingId)
      const ids = row.mergedIntoId ? [row.id, row.mergedIntoId] : [row.id]
      const own = (await store.listSteps(db.reader, ids)).filter((step) => step.suggestionId === row.id || step.kind === 'answered')
      const further = await Promise.all(stepSources.map((source) => source(db.reader, ids)))
      const steps = [...own.map(stepOf), ...further.flat()].sort((a, b) => b.at.localeCompare(a.at))
      return { suggestion: store.publicSuggestionOf(row), receipt, meetingTitle: title, steps }
    },

    /** Suggestions of one meeting, for a recommendation that comes from them. @throws AppError `not-found` when one is not there. */
    async ofMeeting(reader: Reader, meetingId: string, ids: string[]): Promise<Suggestion[]> {
      const rows = await Promise.all(ids.map((id) => store.findSuggestion(reader, id)))
      return rows.map((row) => {
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
      return { kind, at }
    default:
      return { kind: 'posted', at }
  }
}
