import type { Logger } from 'pino'
import { v7 } from 'uuid'
import { AppError } from '../../shared/errors.ts'
import type { Finding, GuardState } from '../../shared/guard.ts'
import type { Actor } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { Publish } from '../transport/publish.ts'
import { type Breathe, findCoordinated } from './coordinated.ts'
import * as store from './store.ts'
import { findStraightLines, type Suspicion } from './straight-line.ts'
import { findTooFast } from './too-fast.ts'
import type { Vote } from './votes.ts'

/** The votes of a meeting as they count, and the cards that they are on; given by the stances, which come later. */
export type VoteSource = {
  votesOf(meetingId: string): Promise<Vote[]>
  textsOf(suggestionIds: string[]): Promise<{ id: string; text: string }[]>
}

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require'>
  publish: Publish
  now: () => Date
  log: Logger
  votes(): VoteSource
  onChange(meetingId: string): void
}

/** The program itself, in the audit trail. */
export const guardian: Actor = { accountId: null, name: 'guard', anonymous: false, sessionId: null, grants: [] }

const breathEveryMs = 10

/** What the rules find in the votes of a meeting, and what becomes of it. */
export function createFindings({ db, audit, meetings, publish, now, log, votes, onChange }: Deps) {
  /** Sets aside or restores; what is so already stays, but is confirmed by whoever asks. */
  async function decide(actor: Actor, action: string, state: Finding['state'], meetingId: string, findingIds: readonly string[]) {
    await db.transaction(async (tx) => {
      await meetings.require(tx, actor, 'guard:defend', meetingId)
      const rows = await store.lockFindings(tx, meetingId, findingIds)
      if (rows.length !== new Set(findingIds).size) throw new AppError('not-found', 'no-such-finding')
      for (const row of rows) {
        if (row.state === state && row.decidedAt) continue
        await store.decideFinding(tx, row.id, { state, decidedAt: now().toISOString(), decidedByName: actor.name })
        await audit.record(tx, actor, action, row.id, { meetingId, kind: row.kind })
      }
      tell(tx, meetingId)
    })
  }

  function tell(tx: Tx, meetingId: string) {
    publish(tx, meetingId, ['chair'], 'guard:changed', { meetingId })
    tx.afterCommit(() => onChange(meetingId))
  }

  /** Keeps what was found: with a finding of the same kind that it overlaps, or as a new one. */
  async function keep(meetingId: string, kind: Finding['kind'], suspicions: readonly Suspicion[]) {
    if (suspicions.length === 0) return
    await db.transaction(async (tx) => {
      await store.lockMeetingFindings(tx, meetingId)
      const known = await store.findingOfAccounts(tx, meetingId, kind)
      let changed = false
      for (const { accountIds, evidence } of suspicions) {
        const fresh = accountIds.filter((accountId) => !known.has(accountId))
        if (fresh.length === 0) continue
        changed = true
        const before = accountIds.map((accountId) => known.get(accountId)).find((id) => id !== undefined)
        const automatic = kind === 'coordinated'
        const findingId = before ?? v7()
        if (before) await store.updateEvidence(tx, before, evidence)
        else
          await store.insertFinding(tx, {
            id: findingId,
            meetingId,
            kind,
            state: automatic ? 'set-aside' : 'suspected',
            automatic,
            evidence,
            at: now().toISOString(),
          })
        await store.insertFindingAccounts(tx, findingId, fresh)
        await audit.record(tx, guardian, automatic ? 'guard:set-aside' : 'guard:suspect', findingId, {
          meetingId,
          kind,
          people: fresh.length,
          ...evidence,
        })
      }
      if (changed) tell(tx, meetingId)
    })
  }

  return {
    setAside: (actor: Actor, { meetingId, findingIds }: { meetingId: string; findingIds: string[] }) =>
      decide(actor, 'guard:set-aside', 'set-aside', meetingId, findingIds),
    restore: (actor: Actor, { meetingId, findingIds }: { meetingId: string; findingIds: string[] }) =>
      decide(actor, 'guard:restore', 'restored', meetingId, findingIds),
    setAsideOf: (meetingIds: readonly string[]) => store.listSetAside(db.reader, meetingIds),
    accountsSetAside: (meetingId: string): Promise<Set<string>> => store.accountsSetAside(db.reader, meetingId),

    /** Looks through the votes of a meeting. Long work is done in slices, so that others have their turn. */
    async look(meetingId: string) {
      const all = await votes().votesOf(meetingId)
      if (all.length === 0) return
      const texts = await votes().textsOf([...new Set(all.map((vote) => vote.suggestionId))])
      const lengths = new Map(texts.map(({ id, text }) => [id, text.length]))
      await keep(meetingId, 'straight-line', findStraightLines(all))
      await keep(
        meetingId,
        'too-fast',
        findTooFast(all, (id) => lengths.get(id) ?? 0),
      )
      await keep(meetingId, 'coordinated', await findCoordinated(all, createBreath()))
      log.debug({ meetingId, votes: all.length }, 'the votes were looked through')
    },

    /** What counts with everybody, and without those set aside. */
    async standing(meetingId: string): Promise<Pick<GuardState, 'findings' | 'people' | 'votes' | 'changed'>> {
      const [all, aside, rows] = await Promise.all([
        votes().votesOf(meetingId),
        store.accountsSetAside(db.reader, meetingId),
        store.listFindings(db.reader, meetingId),
      ])
      const votesByAccount = new Map<string, number>()
      for (const { accountId } of all) votesByAccount.set(accountId, (votesByAccount.get(accountId) ?? 0) + 1)
      const kept = all.filter(({ accountId }) => !aside.has(accountId))
      const moved = mostChanged(all, kept)
      const texts = new Map((await votes().textsOf(moved.map(({ suggestionId }) => suggestionId))).map(({ id, text }) => [id, text]))
      return {
        findings: rows.map(({ accountIds, ...row }) => ({
          ...row,
          people: accountIds.length,
          votes: accountIds.reduce((sum, accountId) => sum + (votesByAccount.get(accountId) ?? 0), 0),
        })),
        people: { with: votesByAccount.size, without: new Set(kept.map(({ accountId }) => accountId)).size },
        votes: { with: all.length, without: kept.length },
        changed: moved.map((one) => ({ ...one, text: texts.get(one.suggestionId) ?? '' })),
      }
    },
  }
}

const shown = 5

type Tally = { agrees: number; disagrees: number; passes: number }

function mostChanged(all: readonly Vote[], kept: readonly Vote[]) {
  const [before, after] = [tallies(all), tallies(kept)]
  const nothing = { agrees: 0, disagrees: 0, passes: 0 }
  return [...before]
    .map(([suggestionId, whole]) => ({ suggestionId, with: whole, without: after.get(suggestionId) ?? nothing }))
    .filter((one) => sizeOf(one.with) !== sizeOf(one.without))
    .sort((a, b) => sizeOf(b.with) - sizeOf(b.without) - (sizeOf(a.with) - sizeOf(a.without)))
    .slice(0, shown)
}

const sizeOf = ({ agrees, disagrees, passes }: Tally) => agrees + disagrees + passes

function tallies(votes: readonly Vote[]): Map<string, Tally> {
  const counts = new Map<string, Tally>()
  for (const { suggestionId, stance } of votes) {
    const tally = counts.get(suggestionId) ?? { agrees: 0, disagrees: 0, passes: 0 }
    tally[({ agree: 'agrees', disagree: 'disagrees', pass: 'passes' } as const)[stance]] += 1
    counts.set(suggestionId, tally)
  }
  return counts
}

function createBreath(): Breathe {
  let begun = performance.now()
  return async () => {
    if (performance.now() - begun < breathEveryMs) return
    await new Promise<void>((resolve) => void setImmediate(resolve))
    begun = performance.now()
  }
}
