import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { instant, optionalText, regionCodeSchema, versionSchema } from './text.ts'

/** A day of the calendar as `2026-10-01`, in China's time. */
export const daySchema = z.iso.date()
export type Day = z.infer<typeof daySchema>

export const periodUnits = ['calendar-days', 'working-days', 'months'] as const
export const periodSchema = z.object({ amount: z.number().int().min(1).max(366), unit: z.enum(periodUnits) })
export type Period = z.infer<typeof periodSchema>

/** Why a day is one on which offices work or rest: by the week, by the State Council's arrangement, or by the region's own word. */
export const dayReasons = ['week', 'holiday', 'make-up', 'region'] as const
export const dayKindSchema = z.object({ day: daySchema, work: z.boolean(), why: z.enum(dayReasons), name: z.string() })
export type DayKind = z.infer<typeof dayKindSchema>

/** How a date came about, for people who ask. */
export const howSchema = z.object({
  from: daySchema,
  period: periodSchema,
  /** The days that a pause added. */
  pausedDays: z.number().int(),
  extensions: z.array(periodSchema),
  /** The last day by counting alone, before it was moved to the next working day. */
  counted: daySchema,
  due: daySchema,
  /** Holidays, make-up days and the region's own days between, which a plain calendar does not show. */
  special: z.array(dayKindSchema),
  /** The arrangement of holidays of that year was not known: the date may still move. */
  provisional: z.boolean(),
})
export type How = z.infer<typeof howSchema>

/** Of the department: to sign, to reply, and to reply once more in a second round; then of those who judge it, and of looking back. */
export const clockKinds = ['sign', 'reply', 'second-reply', 'evaluation', 'first-look-back', 'second-look-back'] as const
export type ClockKind = (typeof clockKinds)[number]

/** Those within which a department has to do something; only these can be made to stand still. */
export const handlingKinds: readonly ClockKind[] = ['sign', 'reply', 'second-reply']
export const isOfHandling = (kind: ClockKind) => handlingKinds.includes(kind)

export const pauseSchema = z.object({ from: instant, to: instant.nullable(), reason: z.string() })
export const extensionSchema = z.object({ id: z.uuid(), period: periodSchema, reason: z.string(), at: instant, byName: z.string() })
export type Pause = z.infer<typeof pauseSchema>
export type Extension = z.infer<typeof extensionSchema>

export const clockSchema = z.object({
  kind: z.enum(clockKinds),
  startedAt: instant,
  /** The end of the last day; while it is paused, as it would be if it went on now. */
  dueAt: instant,
  stoppedAt: instant.nullable(),
  paused: z.boolean(),
  pauses: z.array(pauseSchema),
  extensions: z.array(extensionSchema),
  how: howSchema,
})
export type Clock = z.infer<typeof clockSchema>

/** Within what a region's departments sign and reply, how long a reply is judged, and when it is looked back on. Null takes what the region above says; where none says anything, the hall's rule. */
export const clockRulesSchema = z.object({
  regionCode: regionCodeSchema,
  sign: periodSchema.nullable(),
  reply: periodSchema.nullable(),
  'second-reply': periodSchema.nullable().default(null),
  evaluation: periodSchema.nullable().default(null),
  'first-look-back': periodSchema.nullable().default(null),
  'second-look-back': periodSchema.nullable().default(null),
  /** 0 for a region that has no rules of its own yet. */
  version: versionSchema,
})
export type ClockRules = z.infer<typeof clockRulesSchema>

/** The hall's rules, where no region says otherwise: 7 days to sign, 3 months to reply, a look back after half a year and after a year. */
export const hallPeriods: Record<ClockKind, Period> = {
  sign: { amount: 7, unit: 'calendar-days' },
  reply: { amount: 3, unit: 'months' },
  'second-reply': { amount: 2, unit: 'months' },
  evaluation: { amount: 10, unit: 'working-days' },
  'first-look-back': { amount: 6, unit: 'months' },
  'second-look-back': { amount: 12, unit: 'months' },
}

/** No region warns earlier than this. */
export const mostWarningDays = 60
const daysBefore = z.number().int().min(1).max(mostWarningDays)
/** How many days before a deadline it turns yellow, and is reminded of. A region sets it (`reminders` in settings.ts). */
export const warningDaysSchema = z.object({ sign: daysBefore, reply: daysBefore })
export type WarningDays = z.infer<typeof warningDaysSchema>

/** Two days before the end of signing and seven before that of replying: the hall's rules, where no region says otherwise. */
export const hallWarnings: WarningDays = { sign: 2, reply: 7 }

export const colours = ['green', 'yellow', 'red'] as const
export type Colour = (typeof colours)[number]

const dayMs = 86_400_000

/** The colour of a deadline: red past it, yellow from some days before it on. */
export function colourAt(dueAt: string, warningDays: number, now: Date): Colour {
  const left = Date.parse(dueAt) - now.getTime()
  if (left < 0) return 'red'
  return left <= warningDays * dayMs ? 'yellow' : 'green'
}

/**
 * Whether a deadline has to be reminded of now: it is yellow or red, and was better when it was reminded of last, as it is counted
 * today. So each colour is told once, a deadline that was put off is told of again, and one that moved by a day is not.
 */
export function isToRemindOf(dueAt: string, warningDays: number, remindedAt: string | null, now: Date): boolean {
  const rank = (at: Date) => colours.indexOf(colourAt(dueAt, warningDays, at))
  return rank(now) > (remindedAt === null ? 0 : rank(new Date(remindedAt)))
}

/** A day that a region works or rests on against the country's calendar. */
export const ownDaySchema = z.object({ regionCode: regionCodeSchema, day: daySchema, work: z.boolean(), name: z.string() })
export type OwnDay = z.infer<typeof ownDaySchema>

export const clockCommands = {
  /** Holds for what is issued from now on. */
  'clock:set-rules': { input: clockRulesSchema, output: clockRulesSchema },
  /** Every running deadline that the day lies within is counted anew. `work: null` takes the region's word back. */
  'clock:set-day': {
    input: z.object({ regionCode: regionCodeSchema, day: daySchema, work: z.boolean().nullable(), name: optionalText(20) }),
    output: z.array(ownDaySchema),
  },
} satisfies CommandTable

export const clockQueries = {
  /** A region's own rules, what holds there by them or from above, and the own days of it and of those above, the next first. */
  'clock-rules': {
    path: '/api/regions/:regionCode/clock-rules',
    input: z.object({ regionCode: regionCodeSchema }),
    output: z.object({ own: clockRulesSchema, holds: z.record(z.enum(clockKinds), periodSchema), days: z.array(ownDaySchema) }),
  },
} satisfies QueryTable
