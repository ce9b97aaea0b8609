import type { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { FlagKind } from '../../shared/guard.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { type Actor, allow, signedIn } from '../../shared/policy.ts'
import { isPublic, type PostedSuggestion, type Suggestion, type suggestionCommands } from '../../shared/suggestions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { GuardService } from '../guard/service.ts'
import { randomCode } from '../meetings/codes.ts'
import { type MeetingService, requireLive } from '../meetings/service.ts'
import type { MeetingFacts } from '../meetings/store.ts'
import type { PhotoService } from '../photos/service.ts'
import { isOutage } from '../transport/failures.ts'
import { createBatcher } from './batcher.ts'
import { readCategories, requireCategory } from './categories.ts'
import * as store from './store.ts'

export type Post = z.output<(typeof suggestionCommands)['suggestion:post']['input']>
/** What the guard says of a post: why it deserves a look, or a refusal that is thrown. */
type Verdict = () => FlagKind[]
type Wish = { actor: Actor; authorId: string; post: Post; verdict: Verdict | Promise<Verdict> }
type NewRow = Parameters<typeof store.insertSuggestions>[1][number]

type Deps = {
  db: Db
  audit: Pick<AuditService, 'recordAll'>
  meetings: Pick<MeetingService, 'factsOf'>
  guard: Pick<GuardService, 'consider'>
  photos: Pick<PhotoService, 'lockFree' | 'attach'>
  tell(tx: Tx, row: store.Row, was: Pick<Suggestion, 'status'>): void
  now: () => Date
}

/** What is stored at once, and how many may wait: some seconds' worth of what this can store. */
const limits = { most: 200, everyMs: 40, room: 5_000 }

export const posted = (row: store.Row): PostedSuggestion => ({ suggestion: store.publicSuggestionOf(row), receipt: row.receipt })

/**
 * Takes in the public's suggestions. A hall's phones post at the same moments, so posts are stored in groups: a few statements
 * and one commit for all that came in a short while, and an answer for each after it.
 */
export function createPosting({ db, audit, meetings, guard, photos, tell, now }: Deps) {
  const batcher = createBatcher<Wish, PostedSuggestion | AppError>({
    store: (wishes) => db.transaction((tx) => storeAll(tx, wishes)),
    isOutage,
    ...limits,
  })

  async function storeAll(tx: Tx, wishes: readonly Wish[]): Promise<(PostedSuggestion | AppError)[]> {
    const facts = await meetings.factsOf(tx, [...new Set(wishes.map(({ post }) => post.meetingId))])
    const filed = wishes.filter(({ post }) => post.category !== undefined).map(({ post }) => post.meetingId)
    const categories = await readCategories(tx, [...new Set(filed)])
    const free = await photos.lockFree(
      tx,
      wishes.flatMap(({ post }) => post.photoIds ?? []),
    )
    const rows = new Map<string, NewRow>()
    const refusals = new Map<Wish, AppError>()
    for (const wish of wishes) {
      const { id, meetingId } = wish.post
      if (rows.has(id)) continue
      const verdict = await wish.verdict
      const row = asRefusal(() => {
        requireCategory(categories.get(meetingId), wish.post.category)
        return newRow(wish, facts.get(meetingId), verdict(), free)
      })
      if (row instanceof AppError) refusals.set(wish, row)
      else rows.set(id, row)
    }
    const inserted = await store.insertSuggestions(tx, [...rows.values()])
    const fresh = new Map(inserted.map((row) => [row.id, row]))
    // What was not inserted may be known since an earlier sending, whatever would be said of it now.
    const known = await rowsById(
      tx,
      wishes.filter(({ post }) => !fresh.has(post.id)),
    )
    await record(tx, wishes, fresh)
    return wishes.map((wish) => {
      const row = known.get(wish.post.id)
      return row ? asRefusal(() => samePost(row, wish)) : (refusals.get(wish) ?? asRefusal(() => samePost(fresh.get(wish.post.id)!, wish)))
    })
  }

  /** Takes the photos that it names away from those that are free. */
  function newRow(
    { actor, authorId, post }: Wish,
    meeting: MeetingFacts | undefined,
    flags: FlagKind[],
    free: Map<string, string>,
  ): NewRow {
    if (!meeting) throw new AppError('not-found', 'no-such-meeting')
    requireLive(meeting)
    const photoIds = post.photoIds ?? []
    if (photoIds.some((photoId) => free.get(photoId) !== authorId)) throw new AppError('not-found', 'no-such-photo')
    for (const photoId of photoIds) free.delete(photoId)
    return {
      ...post,
      photoIds,
      authorId,
      agendaItemId: meeting.currentAgendaItemId,
      authorName: post.authorName ?? actor.name,
      flags,
      status: statusOf(meeting.suggestionPolicy, flags),
      receipt: randomCode(12),
      createdAt: now().toISOString(),
    }
  }

  /** The steps, the audit entries and the news of what is new; each is its first author's, whoever else sent the same id. */
  async function record(tx: Tx, wishes: readonly Wish[], fresh: ReadonlyMap<string, store.Row>) {
    if (fresh.size === 0) return
    const rows = [...fresh.values()]
    await photos.attach(tx, rows)
    await store.insertSteps(
      tx,
      rows.flatMap((row) => {
        const kinds = isPublic(row) ? (['posted', 'published'] as const) : (['posted'] as const)
        return kinds.map((kind) => ({ suggestionId: row.id, at: row.createdAt, kind, words: '' }))
      }),
    )
    const actors = new Map(wishes.map(({ actor, authorId }) => [authorId, actor]))
    await audit.recordAll(
      tx,
      rows.map(({ id, authorId, meetingId, text, flags }) => ({
        actor: actors.get(authorId)!,
        action: 'suggestion:post',
        subjectId: id,
        details: { meetingId, text, ...(flags.length > 0 && { flags }) },
      })),
    )
    for (const row of rows) tell(tx, row, { status: 'pending' })
  }

  return {
    /** @throws AppError `conflict` when the meeting is not live. Posting the same id again returns the first result. */
    async post(actor: Actor, post: Post): Promise<PostedSuggestion> {
      allow(actor, 'suggestion:post')
      const authorId = signedIn(actor)
      const flags = guard.consider(actor, post)
      const verdict = flags instanceof Promise ? flags.then(said, refused) : said(flags)
      const outcome = await batcher.add({ actor, authorId, post, verdict })
      if (outcome instanceof AppError) throw outcome
      return outcome
    },
    close: batcher.close,
  }
}

const said = (flags: FlagKind[]): Verdict => {
  return () => flags
}
const refused = (error: unknown): Verdict => {
  return () => {
    throw error
  }
}

/** Whether the public sees it at once. */
function statusOf(policy: Meeting['suggestionPolicy'], flags: readonly FlagKind[]): 'published' | 'pending' {
  if (policy === 'immediate') return 'published'
  return policy === 'flagged' && flags.length === 0 ? 'published' : 'pending'
}

async function rowsById(tx: Tx, wishes: readonly Wish[]): Promise<Map<string, store.Row>> {
  if (wishes.length === 0) return new Map()
  const rows = await store.findSuggestions(tx, [...new Set(wishes.map(({ post }) => post.id))])
  return new Map(rows.map((row) => [row.id, row]))
}

function samePost(row: store.Row, { authorId, post }: Wish): PostedSuggestion {
  if (row.authorId !== authorId || row.meetingId !== post.meetingId) throw new AppError('conflict', 'id-taken')
  return posted(row)
}

/** One post's refusal must not undo the others of its batch. */
function asRefusal<T>(work: () => T): T | AppError {
  try {
    return work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}
