import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import {
  type ClockKind,
  type Colour,
  colourAt,
  handlingKinds,
  isOfHandling,
  isToRemindOf,
  mostWarningDays,
  type WarningDays,
} from '../../shared/clocks.ts'
import { lookBackClocks } from '../../shared/look-backs.ts'
import type { NoticeAbout, NoticeKind } from '../../shared/notifications.ts'
import { readWarningDays } from '../clocks/warnings.ts'
import type { Db, Tx } from '../db/db.ts'
import { isPaused } from '../recommendations/clocks.ts'
import { assignmentClocks, assignments } from '../recommendations/schema.ts'
import { readRecommendations } from '../recommendations/store.ts'
import { organizations } from '../regions/schema.ts'
import { secretariatOf, supervisorsOf, workersOf } from './audience.ts'
import { contentOf, type Tellers } from './moves.ts'
import { clockReminders } from './schema.ts'

type Deps = Pick<Tellers, 'notifications' | 'webhooks'> & { db: Db; now: () => Date; log: Logger }
type Due = {
  assignmentId: string
  recommendationId: string
  organizationId: string
  regionCode: string
  kind: ClockKind
  dueAt: string
  colour: Exclude<Colour, 'green'>
}
type Row = Awaited<ReturnType<typeof listRunning>>[number]
type Side = 'department' | 'secretariat'

/** A department's own deadlines, and when a secretariat looks back. Evaluators are not reminded: most have no account. */
const remindedKinds: ClockKind[] = [...handlingKinds, ...Object.values(lookBackClocks)]

/** Any constant will do: only one node looks at a time. */
const lookLock = 0x72656d64
/** Somebody for whom more than these fall due between two looks, as after a standstill, gets one notice for all of them. */
const mostSingly = 3
/** The rest is looked at by the next look. */
const mostAtOnce = 2_000
const readAtOnce = 1_000

/**
 * Reminds departments and secretariats of deadlines that turn yellow or red, each colour once. It looks at the deadlines as they
 * are counted now, so that nothing has to be taken back when one moves, and whatever turned while no program ran is seen by the next look.
 */
export function createReminders({ db, notifications, webhooks, now, log }: Deps) {
  /** The first that are due and were not reminded of. Read in pieces, so that in between others are served. */
  async function listDue(tx: Tx, at: Date): Promise<Due[]> {
    const due: Due[] = []
    for (let last: Row | undefined; due.length < mostAtOnce; ) {
      const rows = await listRunning(tx, at, last)
      due.push(...(await dueAmong(tx, rows, at)))
      last = rows.at(-1)
      if (rows.length < readAtOnce) break
    }
    return due.slice(0, mostAtOnce)
  }

  async function dueAmong(tx: Tx, rows: readonly Row[], at: Date): Promise<Due[]> {
    const warningDaysOf = await readWarningDays(
      tx,
      rows.map(({ regionCode }) => regionCode),
    )
    return rows.flatMap(({ status, pauses, remindedAt, ...clock }) => {
      if (isPaused({ pauses }) || !concerns(clock.kind, status)) return []
      const days = daysFor(clock.kind, warningDaysOf(clock.regionCode))
      const colour = colourAt(clock.dueAt, days, at)
      return colour === 'green' || !isToRemindOf(clock.dueAt, days, remindedAt, at) ? [] : [{ ...clock, colour }]
    })
  }

  async function remindAll(tx: Tx, all: Due[]) {
    const recommendations = await readRecommendations(tx, [...new Set(all.map(({ recommendationId }) => recommendationId))])
    const factsOf = ({ recommendationId, assignmentId }: Due) => {
      const recommendation = recommendations.find(({ id }) => id === recommendationId)!
      return { recommendation, assignment: recommendation.assignments.find(({ id }) => id === assignmentId)! }
    }
    const aboutOf = (due: Due): NoticeAbout => {
      const { recommendation, assignment } = factsOf(due)
      const { id, title, number } = recommendation
      return { link: `/recommendations/${id}`, title, number, organization: assignment.organizationName, dueAt: due.dueAt }
    }
    const handling = all.filter(({ kind }) => isOfHandling(kind))
    for (const due of handling) {
      const { recommendation, assignment } = factsOf(due)
      await webhooks.emit(tx, assignment, `reminder.${due.colour}`, { ...contentOf(recommendation, assignment), dueAt: due.dueAt })
    }
    for (const [side, audienceOf] of sides) {
      const byReader = await gather(tx, handling, audienceOf)
      for (const [accountId, own] of byReader) {
        const tell = (kind: NoticeKind, about: NoticeAbout) => notifications.notify(tx, { to: [accountId], kind, about })
        if (own.length > mostSingly) await tell(`${side}-many`, { link: '/recommendations', title: '', count: own.length })
        else for (const due of own) await tell(`${side}-${due.colour}`, aboutOf(due))
      }
    }
    const lookBacks = all.filter(({ kind }) => !isOfHandling(kind))
    for (const [accountId, own] of await gather(tx, lookBacks, (tx, { regionCode }) => secretariatOf(tx, regionCode))) {
      // The page lists them all, so that many at once are one notice, of the first.
      for (const due of own.length > mostSingly ? own.slice(0, 1) : own)
        await notifications.notify(tx, { to: [accountId], kind: 'secretariat-look-back', about: { ...aboutOf(due), link: '/follow-up' } })
    }
  }

  /** One look at all deadlines. Returns how many were reminded of. */
  async function look(): Promise<number> {
    const reminded = await db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ got: boolean }>(sql`select pg_try_advisory_xact_lock(${lookLock}) as got`)
      if (!rows[0]?.got) return 0
      const at = now()
      const due = await listDue(tx, at)
      if (due.length === 0) return 0
      await remindAll(tx, due)
      const instant = at.toISOString()
      await tx
        .insert(clockReminders)
        .values(due.map(({ assignmentId, kind }) => ({ assignmentId, kind, at: instant })))
        .onConflictDoUpdate({ target: [clockReminders.assignmentId, clockReminders.kind], set: { at: instant } })
      return due.length
    })
    if (reminded > 0) log.info({ reminded }, 'deadlines were reminded of')
    return reminded
  }

  return { look }
}

/** Deadlines that run and may be yellow by now, the nearest first, after the last one that was read. */
async function listRunning(tx: Tx, at: Date, last: { assignmentId: string; kind: ClockKind; dueAt: string } | undefined) {
  const horizon = new Date(at.getTime() + mostWarningDays * 86_400_000).toISOString()
  const { assignmentId, kind, dueAt, pauses } = assignmentClocks
  const place = sql`(${dueAt}, ${assignmentId}, ${kind})`
  return tx
    .select({
      ...{ assignmentId, kind, dueAt, pauses },
      status: assignments.status,
      recommendationId: assignments.recommendationId,
      organizationId: assignments.organizationId,
      regionCode: organizations.regionCode,
      remindedAt: clockReminders.at,
    })
    .from(assignmentClocks)
    .innerJoin(assignments, eq(assignments.id, assignmentId))
    .innerJoin(organizations, eq(organizations.id, assignments.organizationId))
    .leftJoin(clockReminders, and(eq(clockReminders.assignmentId, assignmentId), eq(clockReminders.kind, kind)))
    .where(
      and(
        isNull(assignmentClocks.stoppedAt),
        inArray(kind, remindedKinds),
        lte(dueAt, horizon),
        // What was reminded of as overdue gets no worse.
        or(isNull(clockReminders.at), lte(clockReminders.at, dueAt)),
        last && sql`${place} > (${last.dueAt}::timestamptz, ${last.assignmentId}::uuid, ${last.kind})`,
      ),
    )
    .orderBy(asc(dueAt), asc(assignmentId), asc(kind))
    .limit(readAtOnce)
}

/** A reply is not reminded of before the assignment is signed for: one deadline at a time. */
const concerns = (kind: ClockKind, status: string) => kind === 'sign' || status !== 'issued'
const daysFor = (kind: ClockKind, days: WarningDays) => (kind === 'sign' ? days.sign : days.reply)

const sides = [
  ['department', (tx: Tx, due: Due) => workersOf(tx, due.organizationId)],
  ['secretariat', overseersOf],
] as const satisfies [Side, (tx: Tx, due: Due) => Promise<string[]>][]

/** The secretariat; and of what is overdue the leader who supervises it. */
async function overseersOf(tx: Tx, { regionCode, colour, assignmentId }: Due): Promise<string[]> {
  const supervisors = colour === 'red' ? await supervisorsOf(tx, assignmentId) : []
  return [...new Set([...(await secretariatOf(tx, regionCode)), ...supervisors])]
}

async function gather(tx: Tx, all: Due[], audienceOf: (tx: Tx, due: Due) => Promise<string[]>) {
  const byReader = new Map<string, Due[]>()
  for (const due of all)
    for (const accountId of await audienceOf(tx, due)) byReader.set(accountId, [...(byReader.get(accountId) ?? []), due])
  return byReader
}
