import { and, eq, inArray, isNull, like } from 'drizzle-orm'
import { endOf, reckon } from '../../shared/calendar.ts'
import { type Clock, type ClockKind, clockKinds, type Extension, isOfHandling, type Pause } from '../../shared/clocks.ts'
import type { ClockService } from '../clocks/service.ts'
import type { Reader, Tx } from '../db/db.ts'
import { organizations } from '../regions/schema.ts'
import { lockRecommendations } from './locks.ts'
import { assignmentClocks, assignments } from './schema.ts'

type Row = typeof assignmentClocks.$inferSelect
type Facts = Pick<Row, 'startedAt' | 'period' | 'pauses' | 'extensions'>
type Deps = { clocks: ClockService; now: () => Date }

export type AssignmentClocks = ReturnType<typeof createAssignmentClocks>

/** The deadlines of assignments, as data: a beginning, a period, pauses and extensions, counted by the calendar of the department's region. */
export function createAssignmentClocks({ clocks, now }: Deps) {
  const instant = () => now().toISOString()
  const ended = (pauses: Pause[]) => pauses.map((pause) => ({ ...pause, to: pause.to ?? instant() }))
  const calendarOf = (reader: Reader, { regionCode }: { regionCode: string }) => clocks.calendar(reader, regionCode)
  const howOf = ({ extensions, ...facts }: Facts, calendar: Awaited<ReturnType<typeof calendarOf>>) =>
    reckon({ ...facts, extensions: extensions.map(({ period }) => period) }, calendar, instant())

  const running = (assignmentId: string) => and(eq(assignmentClocks.assignmentId, assignmentId), isNull(assignmentClocks.stoppedAt))

  /** Changes running clocks that are locked with their assignment, and counts them anew. */
  async function change(tx: Tx, assignment: { id: string; regionCode: string }, to: (row: Row) => Partial<Facts>) {
    const calendar = await calendarOf(tx, assignment)
    for (const row of await tx.select().from(assignmentClocks).where(running(assignment.id))) {
      const changed = to(row)
      const dueAt = endOf(howOf({ ...row, ...changed }, calendar).due)
      await tx
        .update(assignmentClocks)
        .set({ ...changed, dueAt })
        .where(and(eq(assignmentClocks.assignmentId, row.assignmentId), eq(assignmentClocks.kind, row.kind)))
    }
  }

  return {
    /** These clocks begin, or begin anew. */
    async start(
      tx: Tx,
      { id: assignmentId, regionCode }: { id: string; regionCode: string },
      kinds: readonly ClockKind[],
      startedAt: string,
    ) {
      const [periods, calendar] = [await clocks.periods(tx, regionCode), await clocks.calendar(tx, regionCode)]
      const begin = (kind: ClockKind) => {
        const facts = { startedAt, period: periods[kind], pauses: [], extensions: [] }
        return { assignmentId, kind, ...facts, dueAt: endOf(howOf(facts, calendar).due) }
      }
      const mine = and(eq(assignmentClocks.assignmentId, assignmentId), inArray(assignmentClocks.kind, [...kinds]))
      await tx.delete(assignmentClocks).where(mine)
      await tx.insert(assignmentClocks).values(kinds.map(begin))
    },

    /** What is done is late or not by the time that was spent: a pause that runs ends with it. */
    async stop(tx: Tx, assignmentId: string, kind: ClockKind) {
      const mine = and(running(assignmentId), eq(assignmentClocks.kind, kind))
      for (const { pauses } of await tx.select().from(assignmentClocks).where(mine))
        await tx
          .update(assignmentClocks)
          .set({ stoppedAt: instant(), pauses: ended(pauses) })
          .where(mine)
    },

    /** What was stopped runs on; the time between is a pause, for this reason. */
    async runOn(tx: Tx, assignment: { id: string; regionCode: string }, kind: ClockKind, reason: string) {
      const calendar = await calendarOf(tx, assignment)
      const mine = and(eq(assignmentClocks.assignmentId, assignment.id), eq(assignmentClocks.kind, kind))
      for (const row of await tx.select().from(assignmentClocks).where(mine)) {
        if (row.stoppedAt === null) continue
        const pauses = [...row.pauses, { from: row.stoppedAt, to: instant(), reason }]
        const dueAt = endOf(howOf({ ...row, pauses }, calendar).due)
        await tx.update(assignmentClocks).set({ pauses, dueAt, stoppedAt: null }).where(mine)
      }
    },

    pause: (tx: Tx, assignment: { id: string; regionCode: string }, reason: string) =>
      change(tx, assignment, ({ kind, pauses }) =>
        isOfHandling(kind) ? { pauses: [...pauses, { from: instant(), to: null, reason }] } : {},
      ),

    resume: (tx: Tx, assignment: { id: string; regionCode: string }) => change(tx, assignment, ({ pauses }) => ({ pauses: ended(pauses) })),

    extend: (tx: Tx, assignment: { id: string; regionCode: string }, kind: ClockKind, extension: Omit<Extension, 'at'>) =>
      change(tx, assignment, (row) => (row.kind === kind ? { extensions: [...row.extensions, { ...extension, at: instant() }] } : {})),

    /** Until when a clock runs or ran; null when it never began. */
    async dueOf(reader: Reader, assignmentId: string, kind: ClockKind): Promise<string | null> {
      const mine = and(eq(assignmentClocks.assignmentId, assignmentId), eq(assignmentClocks.kind, kind))
      const [row] = await reader.select({ dueAt: assignmentClocks.dueAt }).from(assignmentClocks).where(mine)
      return row?.dueAt ?? null
    },

    /** An assignment's clocks as they stand, with how each date came about. */
    async read(reader: Reader, assignment: { id: string; regionCode: string }): Promise<Clock[]> {
      const calendar = await calendarOf(reader, assignment)
      const rows = await reader.select().from(assignmentClocks).where(eq(assignmentClocks.assignmentId, assignment.id))
      return rows
        .sort((a, b) => clockKinds.indexOf(a.kind) - clockKinds.indexOf(b.kind))
        .map((row) => {
          const how = howOf(row, calendar)
          const { kind, startedAt, stoppedAt, pauses, extensions } = row
          return { kind, startedAt, stoppedAt, pauses, extensions, how, dueAt: endOf(how.due), paused: stoppedAt === null && isPaused(row) }
        })
    },

    /** Counts every running clock of a region and of all below it anew, and gives the recommendations whose dates moved. */
    async recount(tx: Tx, regionCode: string): Promise<string[]> {
      const moved = new Set<string>()
      const found = () =>
        tx
          .select({ clock: assignmentClocks, recommendationId: assignments.recommendationId, regionCode: organizations.regionCode })
          .from(assignmentClocks)
          .innerJoin(assignments, eq(assignments.id, assignmentClocks.assignmentId))
          .innerJoin(organizations, eq(organizations.id, assignments.organizationId))
          .where(and(isNull(assignmentClocks.stoppedAt), like(organizations.regionCode, `${regionCode}%`)))
      // Recommendations are locked before their clocks, here as by every move.
      await lockRecommendations(tx, [...new Set((await found()).map(({ recommendationId }) => recommendationId))])
      const rows = await found().for('update', { of: assignmentClocks })
      const calendars = new Map<string, Awaited<ReturnType<typeof calendarOf>>>()
      for (const { clock, recommendationId, regionCode: code } of rows) {
        const calendar = calendars.get(code) ?? (await clocks.calendar(tx, code))
        calendars.set(code, calendar)
        const dueAt = endOf(howOf(clock, calendar).due)
        if (dueAt === clock.dueAt) continue
        await tx
          .update(assignmentClocks)
          .set({ dueAt })
          .where(and(eq(assignmentClocks.assignmentId, clock.assignmentId), eq(assignmentClocks.kind, clock.kind)))
        moved.add(recommendationId)
      }
      return [...moved]
    },
  }
}

export const isPaused = ({ pauses }: Pick<Row, 'pauses'>) => pauses.some(({ to }) => to === null)
