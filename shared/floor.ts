import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { floorRules, standingSchema } from './floor-order.ts'
import { speakingTimesSchema } from './speaking-times.ts'
import { instant, regionCodeSchema, versionSchema } from './text.ts'

export const floorRequestKinds = ['contribution', 'question', 'reply', 'point-of-order'] as const

/** `chaired`: only whoever was given the word is heard. `free`: everybody may open the microphone. */
export const floorModes = ['chaired', 'free'] as const
export type FloorMode = (typeof floorModes)[number]

export const floorRequestSchema = z.object({
  id: z.uuid(),
  participantId: z.uuid(),
  name: z.string(),
  siteId: z.uuid().nullable(),
  siteName: z.string().nullable(),
  regionCode: regionCodeSchema.nullable(),
  kind: z.enum(floorRequestKinds),
  requestedAt: instant,
  standing: standingSchema,
})
export type FloorRequest = z.infer<typeof floorRequestSchema>

export const speechEndReasons = ['given-back', 'taken', 'time', 'left', 'meeting-ended'] as const
export type SpeechEndReason = (typeof speechEndReasons)[number]

export const speechSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  agendaItemId: z.uuid().nullable(),
  participantId: z.uuid(),
  name: z.string(),
  /** Where it was given, even if the speaker has moved since. */
  siteId: z.uuid().nullable(),
  siteName: z.string().nullable(),
  regionCode: regionCodeSchema.nullable(),
  startedAt: instant,
  endedAt: instant.nullable(),
  endReason: z.enum(speechEndReasons).nullable(),
  limitSeconds: z.number().int(),
})
export type Speech = z.infer<typeof speechSchema>

export const floorSchema = z.object({
  meetingId: z.uuid(),
  mode: z.enum(floorModes),
  rule: z.enum(floorRules),
  /** Waiting, in the order of the rule. */
  requests: z.array(floorRequestSchema),
  current: speechSchema.nullable(),
  /** Grows with every change; a client keeps the highest it has seen. */
  version: versionSchema,
})
export type Floor = z.infer<typeof floorSchema>

/** Whose microphone the room hears. The chair is always heard: somebody must be able to say who has the word. */
export const mayBeHeard = (
  floor: { mode: FloorMode; speakerId: string | null },
  who: { participantId: string; presides: boolean },
): boolean => floor.mode === 'free' || who.presides || floor.speakerId === who.participantId

/** From this long before the end, the speaker and the chair are warned. */
export const warningMs = 30_000
export const extensionMinutes = [1, 2, 5] as const

export const endOf = ({ startedAt, limitSeconds }: Pick<Speech, 'startedAt' | 'limitSeconds'>) =>
  Date.parse(startedAt) + limitSeconds * 1_000

/** How long a site may speak in all; as long at most as an agenda item may take. */
const budgetMinutes = z.number().int().min(1).max(600)
const meetingOnly = z.object({ meetingId: z.uuid() })

export const floorCommands = {
  /** Needs to be present in the room. */
  'floor:request': { input: z.object({ id: z.uuid(), meetingId: z.uuid(), kind: z.enum(floorRequestKinds) }), output: floorSchema },
  'floor:withdraw': { input: z.object({ meetingId: z.uuid(), requestId: z.uuid() }), output: floorSchema },
  /** Gives the word to a waiting request; a speech in progress ends. `speechId` is made by the client. */
  'floor:give': { input: z.object({ meetingId: z.uuid(), requestId: z.uuid(), speechId: z.uuid() }), output: floorSchema },
  /** Calls upon somebody in the room, whether they have asked or not. */
  'floor:call': { input: z.object({ meetingId: z.uuid(), participantId: z.uuid(), speechId: z.uuid() }), output: floorSchema },
  'floor:end': { input: meetingOnly, output: floorSchema },
  /** More time for the speech in progress. `limitSeconds` is the limit that was seen, so that asking twice extends once. */
  'floor:extend': {
    input: z.object({ meetingId: z.uuid(), speechId: z.uuid(), minutes: z.literal(extensionMinutes), limitSeconds: z.number().int() }),
    output: floorSchema,
  },
  'floor:mode': { input: z.object({ meetingId: z.uuid(), mode: z.enum(floorModes) }), output: floorSchema },
  'floor:rule': { input: z.object({ meetingId: z.uuid(), rule: z.enum(floorRules) }), output: floorSchema },
  /** Null takes the budget away. */
  'floor:budget': {
    input: z.object({ meetingId: z.uuid(), siteId: z.uuid(), minutes: budgetMinutes.nullable() }),
    output: speakingTimesSchema,
  },
} satisfies CommandTable

export const floorQueries = {
  floor: { path: '/api/meetings/:meetingId/floor', input: meetingOnly, output: floorSchema },
  speeches: { path: '/api/meetings/:meetingId/speeches', input: meetingOnly, output: z.array(speechSchema) },
  'speaking-times': { path: '/api/meetings/:meetingId/speaking-times', input: meetingOnly, output: speakingTimesSchema },
} satisfies QueryTable

export type FloorEvents = { 'floor:changed': (floor: Floor) => void }
