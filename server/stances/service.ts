import { v7 } from 'uuid'
import { AppError } from '../../shared/errors.ts'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow, can, signedIn } from '../../shared/policy.ts'
import {
  contestOf,
  type MyStances,
  type NextCards,
  resultsAfter,
  type Stance,
  type StanceCounts,
  seesResults,
} from '../../shared/stances.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { GuardService } from '../guard/service.ts'
import { type MeetingService, requireLive } from '../meetings/service.ts'
import type { Counter } from '../suggestions/counter.ts'
import { isLate, lockPerson } from '../suggestions/lateness.ts'
import type { SuggestionService } from '../suggestions/service.ts'
import { drawCards } from './routing.ts'
import * as store from './store.ts'

export type StanceService = ReturnType<typeof createStanceService>

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'byId' | 'get'>
  guard: Pick<GuardService, 'admit'>
  suggestions: Pick<SuggestionService, 'peoples' | 'byIds'>
  counter: Counter
  now: () => Date
  random?: () => number
}
type Given = { suggestionId: string; stance: Stance; commandId?: string | undefined }

/** What people think of the suggestions, one card at a time. */
export function createStanceService({ db, audit, meetings, guard, suggestions, counter, now, random = Math.random }: Deps) {
  counter.addSource(store.countStances)

  /** All of a meeting that somebody may judge, with what they have said of it, the newest first. */
  async function standing({ accountId }: Actor, meetingId: string) {
    const [counts, votes] = await Promise.all([
      store.readCounts(db.reader, meetingId, accountId),
      accountId === null ? [] : store.readVotes(db.reader, meetingId, accountId),
    ])
    const others = new Map(counts.filter(({ own }) => !own).map(({ own: _, ...one }) => [one.suggestionId, one]))
    const mine = votes.filter(({ suggestionId }) => others.has(suggestionId)).sort((a, b) => b.at.localeCompare(a.at))
    return { others, mine, progress: { given: mine.length, total: others.size } }
  }

  /** Whether this person may see now what others think. The chair's side is not asked how far it has come. */
  async function sees(actor: Actor, meeting: Meeting): Promise<boolean> {
    const moderates = can(actor, 'suggestion:moderate', subjectOfMeeting(meeting))
    const { given, total } = moderates ? { given: 0, total: 0 } : (await standing(actor, meeting.id)).progress
    return seesResults({ moderates, given, total }, meeting)
  }

  async function requireResults(actor: Actor, meeting: Meeting) {
    allow(actor, 'suggestion:read-all', subjectOfMeeting(meeting))
    if (!(await sees(actor, meeting))) throw new AppError('not-allowed', 'vote-first')
  }

  return {
    sees,
    /** @throws AppError `not-allowed` for whoever is not of the room, and with `vote-first` for whoever has not voted on enough. */
    requireResults,
    /** The votes of a meeting as they count, for whoever looks for groups in them. */
    votesOf: (meetingId: string): Promise<store.Vote[]> => store.readVotes(db.reader, meetingId),
    /** Told within a second after votes, supports or merges of a meeting have changed. */
    onChange: counter.onCounted,

    /** What an anonymous visitor thought is from now on the account's; of two on one suggestion the newest counts. */
    async unite(tx: Tx, from: string, to: string) {
      for (const accountId of [from, to].sort()) await lockPerson(tx, accountId)
      const moved = await store.moveStances(tx, from, to)
      tx.afterCommit(() => {
        for (const { suggestionId, meetingId } of moved) counter.touch(meetingId, [suggestionId])
      })
    },

    /** @throws AppError `conflict` when the suggestion is not public or the meeting not live. */
    give: (actor: Actor, { suggestionId, stance, commandId = v7() }: Given) =>
      db.transaction(async (tx) => {
        allow(actor, 'stance:give')
        const accountId = signedIn(actor)
        const { suggestion, group } = await suggestions.peoples(tx, suggestionId)
        const { meetingId } = suggestion
        requireLive(await meetings.byId(tx, meetingId))
        await guard.admit(tx, actor, meetingId)
        await lockPerson(tx, accountId)
        const mine = await store.readMine(tx, accountId, group)
        const followed = mine.map((row) => row.commandId)
        if (mine[0] && isLate(followed, commandId, now())) return { suggestionId, stance: mine[0].stance }
        const at = now().toISOString()
        await store.putStance(tx, { suggestionId, accountId, stance, at, commandId })
        await audit.record(tx, actor, 'stance:give', suggestionId, { meetingId, stance, at })
        tx.afterCommit(() => counter.touch(meetingId, [suggestionId]))
        return { suggestionId, stance }
      }),

    async next(actor: Actor, { meetingId, limit }: { meetingId: string; limit: number }): Promise<NextCards> {
      await meetings.get(actor, { meetingId })
      const { others, mine, progress } = await standing(actor, meetingId)
      const done = new Set(mine.map((vote) => vote.suggestionId))
      const waiting = [...others.values()].filter(({ suggestionId }) => !done.has(suggestionId))
      const drawn = drawCards(waiting, limit, random).map((card) => card.suggestionId)
      return { cards: await inOrder(drawn), ...progress }
    },

    async mine(actor: Actor, { meetingId }: { meetingId: string }): Promise<MyStances> {
      const meeting = await meetings.get(actor, { meetingId })
      const { others, mine, progress } = await standing(actor, meetingId)
      const needed = resultsAfter(progress.total, meeting)
      const open = seesResults({ moderates: false, ...progress }, meeting)
      const texts = new Map((await suggestions.byIds(mine.map((vote) => vote.suggestionId))).map((one) => [one.id, one]))
      return {
        ...progress,
        needed,
        stances: mine.flatMap(({ suggestionId, stance }) => {
          const suggestion = texts.get(suggestionId)
          return suggestion ? [{ suggestion, stance, counts: (open && others.get(suggestionId)) || null }] : []
        }),
      }
    },

    async counts(actor: Actor, { meetingId }: { meetingId: string }): Promise<StanceCounts[]> {
      await requireResults(actor, await meetings.get(actor, { meetingId }))
      return (await store.readCounts(db.reader, meetingId)).map(({ own: _, ...counts }) => counts)
    },

    async contested(actor: Actor, { meetingId, limit }: { meetingId: string; limit: number }): Promise<Suggestion[]> {
      await requireResults(actor, await meetings.get(actor, { meetingId }))
      const ranked = (await store.readCounts(db.reader, meetingId)).filter((counts) => contestOf(counts) > 0)
      ranked.sort((a, b) => contestOf(b) - contestOf(a))
      return inOrder(ranked.slice(0, limit).map((counts) => counts.suggestionId))
    },
  }

  async function inOrder(ids: string[]): Promise<Suggestion[]> {
    const byId = new Map((await suggestions.byIds(ids)).map((one) => [one.id, one]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }
}
