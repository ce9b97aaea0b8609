import type { Day, DayKind, How, Pause, Period } from './clocks.ts'

/** Which days offices work. `known` tells whether the arrangement of holidays of a year has been published. */
export type Calendar = { kindOf(day: Day): DayKind; known(year: number): boolean }

const dayMs = 86_400_000
/** China's time, the whole country's, without summer time since 1991. */
const offsetMs = 8 * 3_600_000

const atNoon = (day: Day) => Date.parse(`${day}T12:00:00Z`)
const dayAt = (ms: number): Day => new Date(ms).toISOString().slice(0, 10)

/** The day in China on which an instant lies. */
export const dayOf = (instant: string): Day => dayAt(Date.parse(instant) + offsetMs)
/** The last instant of a day in China. */
export const endOf = (day: Day): string => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs - 1 - offsetMs).toISOString()
export const addDays = (day: Day, days: number): Day => dayAt(atNoon(day) + days * dayMs)
export const daysBetween = (from: Day, to: Day): number => Math.round((atNoon(to) - atNoon(from)) / dayMs)

/** The same day of a later month, or that month's last day where it has none (Civil Code, article 202). */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return dayAt(Date.UTC(year, month - 1 + months, Math.min(date, last), 12))
}

function addWorkingDays(day: Day, amount: number, calendar: Calendar, isPaused: (day: Day) => boolean): Day {
  let at = day
  for (let left = amount; left > 0; ) {
    at = addDays(at, 1)
    if (calendar.kindOf(at).work && !isPaused(at)) left -= 1
  }
  return at
}

function addPeriod(day: Day, { amount, unit }: Period, calendar: Calendar, isPaused: (day: Day) => boolean): Day {
  if (unit === 'working-days') return addWorkingDays(day, amount, calendar, isPaused)
  return unit === 'months' ? addMonths(day, amount) : addDays(day, amount)
}

/** A period that counts days of any kind grows by the days of the pauses in it, also by those that begin in what was added. */
function afterPauses(from: Day, counted: Day, pauses: readonly PausedDays[]): Day {
  let end = counted
  for (const pause of pauses) if (pause.from < end && pause.to > from) end = addDays(end, daysBetween(pause.from, pause.to))
  return end
}

type PausedDays = { from: Day; to: Day }
export type Facts = {
  startedAt: string
  period: Period
  extensions: readonly Period[]
  /** In the order in which they began; one that still runs counts until `now`. */
  pauses: readonly Pick<Pause, 'from' | 'to'>[]
}

/**
 * The last day of a period, and how it came about. The day on which it begins does not count (Civil Code of the PRC, article
 * 201); months end on the same day of the month or the month's last (202); a last day on which offices rest gives way to the next
 * on which they work, and it ends at 24:00 (203). A pause stops the counting from the day it begins until the day it ends.
 * @param now where a pause that still runs is taken to end
 */
export function reckon({ startedAt, period, extensions, pauses }: Facts, calendar: Calendar, now: string): How {
  const from = dayOf(startedAt)
  const paused = pauses.map((pause) => ({ from: dayOf(pause.from), to: dayOf(pause.to ?? now) }))
  const isPaused = (day: Day) => paused.some((pause) => pause.from <= day && day < pause.to)
  let counted = from
  for (const part of [period, ...extensions]) {
    const begun = counted
    counted = addPeriod(begun, part, calendar, isPaused)
    if (part.unit !== 'working-days') counted = afterPauses(begun, counted, paused)
  }
  let due = counted
  while (!calendar.kindOf(due).work) due = addDays(due, 1)
  const special: DayKind[] = []
  for (let day = addDays(from, 1); day <= due; day = addDays(day, 1)) {
    const kind = calendar.kindOf(day)
    if (kind.why !== 'week') special.push(kind)
  }
  return {
    from,
    period,
    pausedDays: paused.reduce((sum, pause) => sum + Math.max(0, daysBetween(pause.from, pause.to)), 0),
    extensions: [...extensions],
    counted,
    due,
    special,
    provisional: !calendar.known(Number(due.slice(0, 4))),
  }
}
