import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { mediaSourceSchema } from './media.ts'
import { roleSchema } from './policy.ts'
import { instant, line, regionCodeSchema, text, versionSchema } from './text.ts'

/** How one comes in: at once, or after the chair's side has said yes. */
export const entries = ['open', 'lobby'] as const

const officerSchema = z.object({ accountId: z.uuid(), name: z.string() })

/** Who presides and by which rules of order; everybody in the room sees it. */
export const chairingSchema = z.object({
  meetingId: z.uuid(),
  entry: z.enum(entries),
  /** Nobody enters who was not there before; the chair's side always does. */
  locked: z.boolean(),
  /** How many voting members must be present for a vote to count; null where no number is set. */
  quorum: z.number().int().nullable(),
  /** The one who presides now. */
  chair: officerSchema.nullable(),
  /** One for each co-hosting region at most. */
  secondChairs: z.array(officerSchema.extend({ regionCode: regionCodeSchema })),
  /** Grows with every change; a client keeps the highest it has seen. */
  version: versionSchema,
})
export type Chairing = z.infer<typeof chairingSchema>

/** `left` was sent out without being barred, and asks again where there is a lobby. */
export const lobbyStatuses = ['waiting', 'admitted', 'refused', 'left'] as const

export const lobbyEntrySchema = z.object({
  meetingId: z.uuid(),
  accountId: z.uuid(),
  name: z.string(),
  role: roleSchema,
  siteName: z.string().nullable(),
  status: z.enum(lobbyStatuses),
  askedAt: instant,
})
export type LobbyEntry = z.infer<typeof lobbyEntrySchema>

export const barSchema = z.object({ accountId: z.uuid(), name: z.string(), at: instant })

export const callKinds = ['message', 'help', 'visit'] as const

/** What a participant tells the chair's side alone: a private message, that something technical does not work, or to come to their group. */
export const callSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  accountId: z.uuid(),
  name: z.string(),
  siteName: z.string().nullable(),
  kind: z.enum(callKinds),
  text: z.string(),
  at: instant,
  doneAt: instant.nullable(),
})
export type Call = z.infer<typeof callSchema>

/** What lies before the chair's side and nobody else. */
export const deskSchema = z.object({
  meetingId: z.uuid(),
  /** Those who wait, and those refused, who can still be admitted. */
  lobby: z.array(lobbyEntrySchema),
  bars: z.array(barSchema),
  /** Newest first. */
  calls: z.array(callSchema),
  version: versionSchema,
})
export type Desk = z.infer<typeof deskSchema>

export const rollCallSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** The voting members who were present when it began or came while it ran, by name. */
  names: z.array(z.object({ participantId: z.uuid(), name: z.string(), siteName: z.string().nullable(), answeredAt: instant.nullable() })),
  version: versionSchema,
})
export type RollCall = z.infer<typeof rollCallSchema>

/** One person in the register of those present. */
export const attendanceRowSchema = z.object({
  participantId: z.uuid(),
  name: z.string(),
  role: roleSchema,
  voter: z.boolean(),
  siteName: z.string().nullable(),
  regionCode: regionCodeSchema.nullable(),
  regionPath: z.array(z.string()),
  /** In order; the last one has no end while the person is in the room. */
  spans: z.array(z.object({ from: instant, to: instant.nullable() })),
  seconds: z.number().int(),
})
export type AttendanceRow = z.infer<typeof attendanceRowSchema>

/** The register as a file for spreadsheets. */
export const attendanceFilePath = (meetingId: string) => `/api/meetings/${meetingId}/attendance.csv`

const meeting = { meetingId: z.uuid() }
const one = { ...meeting, participantId: z.uuid() }
const nothing = z.object({})

export const chairingCommands = {
  /** Sets the rules of order; what is not named stays. */
  'chairing:set': {
    input: z.object({
      ...meeting,
      entry: z.enum(entries).optional(),
      locked: z.boolean().optional(),
      quorum: z.number().int().min(1).max(10_000).nullable().optional(),
    }),
    output: chairingSchema,
  },
  /** Hands the chair to another, or takes it where nobody presides who is present. */
  'chair:hand-over': { input: z.object(one), output: chairingSchema },
  /** Seats the second chair of a co-hosting region; null leaves the seat empty. */
  'chair:seat': {
    input: z.object({ ...meeting, regionCode: regionCodeSchema, participantId: z.uuid().nullable() }),
    output: chairingSchema,
  },
  /** Asks to be let in. Asked again, it answers how things stand. */
  'lobby:ask': {
    input: z.object({ ...meeting, siteId: z.uuid().nullable(), name: line(40).optional() }),
    output: lobbyEntrySchema,
  },
  'lobby:admit': { input: z.object({ ...meeting, accountId: z.uuid() }), output: deskSchema },
  'lobby:refuse': { input: z.object({ ...meeting, accountId: z.uuid() }), output: deskSchema },
  /**
   * Closes what somebody sends, or gives it back to them: to open it is then theirs to do.
   * One person, all of a site, or everybody; of many, those of the chair's side are left alone.
   */
  'room:hold': {
    input: z.object({
      ...meeting,
      whom: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('participant'), participantId: z.uuid() }),
        z.object({ kind: z.literal('site'), siteId: z.uuid() }),
        z.object({ kind: z.literal('all') }),
      ]),
      source: mediaSourceSchema,
      held: z.boolean(),
    }),
    output: z.object({ participantIds: z.array(z.uuid()) }),
  },
  /** Sends somebody out; who is barred does not come back to this meeting until the bar is lifted. */
  'room:remove': { input: z.object({ ...one, bar: z.boolean() }), output: nothing },
  'room:unbar': { input: z.object({ ...meeting, accountId: z.uuid() }), output: deskSchema },
  'call:send': { input: z.object({ ...meeting, id: z.uuid(), kind: z.enum(callKinds), text: text(500) }), output: callSchema },
  'call:done': { input: z.object({ callId: z.uuid() }), output: deskSchema },
  'roll-call:start': { input: z.object({ ...meeting, id: z.uuid() }), output: rollCallSchema },
  'roll-call:answer': { input: z.object({ rollCallId: z.uuid() }), output: rollCallSchema },
  'roll-call:end': { input: z.object({ rollCallId: z.uuid() }), output: rollCallSchema },
} satisfies CommandTable

export const chairingQueries = {
  chairing: { path: '/api/meetings/:meetingId/chairing', input: z.object(meeting), output: chairingSchema },
  'chair-desk': { path: '/api/meetings/:meetingId/chair-desk', input: z.object(meeting), output: deskSchema },
  /** My own calls of this meeting, newest first. */
  'my-calls': { path: '/api/meetings/:meetingId/calls/mine', input: z.object(meeting), output: z.array(callSchema) },
  /** Newest first. */
  'roll-calls': { path: '/api/meetings/:meetingId/roll-calls', input: z.object(meeting), output: z.array(rollCallSchema) },
  attendance: { path: '/api/meetings/:meetingId/attendance', input: z.object(meeting), output: z.array(attendanceRowSchema) },
} satisfies QueryTable

export type ChairingEvents = {
  'chairing:changed': (chairing: Chairing) => void
  /** For the chair's side. */
  'chair-desk:changed': (desk: Desk) => void
  'roll-call:changed': (rollCall: RollCall) => void
  /** For whoever asked to be let in. */
  'lobby:answered': (entry: LobbyEntry) => void
  /** For whoever called. */
  'call:changed': (call: Call) => void
}
