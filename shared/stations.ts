import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { meetingSchema, meetingSummarySchema } from './meetings.ts'
import { line, regionCodeSchema, versionSchema } from './text.ts'

/** 协商平台: the county's main hall 请你来协商, a township's hall 民生议事堂, a village's post 协商驿站, a member's studio 委员工作室. */
export const stationKinds = ['main-hall', 'hall', 'post', 'studio'] as const

export const stationSchema = z.object({
  id: z.uuid(),
  regionCode: regionCodeSchema,
  /** Names of its region, from the province down. */
  path: z.array(z.string()),
  kind: z.enum(stationKinds),
  name: z.string(),
  /** The short code of its link `/s/:code`, which stays the same for as long as its poster hangs. */
  code: z.string(),
  /** Closed: its code says so, and leads nowhere else. */
  retired: z.boolean(),
  version: versionSchema,
})
export type Station = z.infer<typeof stationSchema>

/** Short codes say by their length what they lead to: a meeting 6, one of its sites 7, a station 8 characters. */
export const shortCodeSchema = z
  .string()
  .max(8)
  .transform((code) => code.toUpperCase())
  .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{6,8}$/))

/** What a scanned code leads to. */
export const wayInSchema = z.object({
  code: z.string(),
  /** A meeting's own; the meeting of the site; for a station the one that is live, else the next. Null where there is none. */
  meeting: meetingSchema.nullable(),
  site: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  station: stationSchema.nullable(),
  /** The other meetings of a station's region: live, then to come with the next one first, then past with the latest first. */
  others: z.array(meetingSummarySchema),
})
export type WayIn = z.infer<typeof wayInSchema>

export const stationCommands = {
  'station:create': {
    input: z.object({ id: z.uuid(), regionCode: regionCodeSchema, kind: z.enum(stationKinds), name: line(40) }),
    output: stationSchema,
  },
  'station:rename': { input: z.object({ stationId: z.uuid(), name: line(40) }), output: stationSchema },
  /** Closes a station, or opens it again. */
  'station:retire': { input: z.object({ stationId: z.uuid(), retired: z.boolean() }), output: stationSchema },
} satisfies CommandTable

export const stationQueries = {
  /** The stations of a region and of everything below it. */
  stations: { path: '/api/stations', input: z.object({ regionCode: regionCodeSchema }), output: z.array(stationSchema) },
  station: { path: '/api/stations/:stationId', input: z.object({ stationId: z.uuid() }), output: stationSchema },
  'way-in': { path: '/api/ways/:code', input: z.object({ code: shortCodeSchema }), output: wayInSchema },
} satisfies QueryTable
