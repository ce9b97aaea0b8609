import { z } from 'zod'
import { instant } from './text.ts'

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

export const clockKinds = ['sign', 'reply'] as const
export type ClockKind = (typeof clockKinds)[number]

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
