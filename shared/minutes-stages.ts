import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { type Meeting, subjectOfMeeting } from './meetings.ts'
import { missingPartSchema } from './minutes-parts.ts'
import { type Action, type Actor, can } from './policy.ts'
import { instant, regionCodeSchema, text, versionSchema } from './text.ts'

/**
 * The way of the minutes to their signature:
 * - `live`: recorders write, while the meeting runs and after it;
 * - `draft`: the secretariat puts in order what they wrote;
 * - `amending`: the text stands, and changes only by amendments that are accepted one by one; every region's signatory signs;
 * - `signed`: all have signed the same content. It is locked, and changes no more.
 */
export const minutesStages = ['live', 'draft', 'amending', 'signed'] as const
export type MinutesStage = (typeof minutesStages)[number]

/** The moves that the meeting's staff makes. To `signed` leads only the last signature, and from there only everybody's consent. */
export const minutesMoves = {
  'to-draft': { from: ['live', 'amending'], to: 'draft' },
  'to-amending': { from: ['draft'], to: 'amending' },
  'to-live': { from: ['draft', 'amending'], to: 'live' },
} as const satisfies Record<string, { from: readonly MinutesStage[]; to: MinutesStage }>
export type MinutesMove = keyof typeof minutesMoves

export const mayMove = (move: MinutesMove, stage: MinutesStage) => minutesMoves[move].from.some((from) => from === stage)

/** Who writes into the document itself at each stage. */
const writing: Record<MinutesStage, Action | null> = { live: 'minutes:edit', draft: 'minutes:compile', amending: null, signed: null }

export const writeRefusals = ['read-only', 'minutes-in-draft', 'minutes-amending', 'minutes-locked', 'outside-sections'] as const
/** `outside-sections`: not of the stage, but of the recorder, whose change reached beyond what is theirs. */
export type WriteRefusal = (typeof writeRefusals)[number]

const refusals: Record<MinutesStage, WriteRefusal> = {
  live: 'read-only',
  draft: 'minutes-in-draft',
  amending: 'minutes-amending',
  signed: 'minutes-locked',
}

/** Why somebody may not write into the document now; null for whoever may. */
export function writeRefusal(actor: Actor, stage: MinutesStage, meeting: Pick<Meeting, 'id' | 'regions'>): WriteRefusal | null {
  const subject = subjectOfMeeting(meeting)
  const action = writing[stage]
  if (action && can(actor, action, subject)) return null
  // To whoever could not write at any stage the stage says nothing.
  return can(actor, 'minutes:edit', subject) ? refusals[stage] : 'read-only'
}

/** The regions for which somebody may sign: a role that holds in the meeting alone signs for none. */
export const signsFor = (actor: Actor, meeting: Pick<Meeting, 'regions'>): string[] =>
  meeting.regions.map(({ code }) => code).filter((code) => can(actor, 'minutes:sign', { regionCodes: [code] }))

/** SHA-256 in hexadecimal, as `contentHash` gives it. */
export const contentHashSchema = z.string().regex(/^[0-9a-f]{64}$/)

export const minutesSignatureSchema = z.object({
  regionCode: regionCodeSchema,
  accountId: z.uuid(),
  name: z.string(),
  /** What was signed. */
  contentHash: contentHashSchema,
  signedAt: instant,
})
export type MinutesSignature = z.infer<typeof minutesSignatureSchema>

/** Why the text was settled although it lacked something, on whose word, and what it lacked. */
export const minutesExcuseSchema = z.object({ reason: z.string(), name: z.string(), at: instant, parts: z.array(missingPartSchema) })
export type MinutesExcuse = z.infer<typeof minutesExcuseSchema>

export const minutesStateSchema = z.object({
  meetingId: z.uuid(),
  stage: z.enum(minutesStages),
  /** The number of the paper: 1, and one more each time that it was unlocked. */
  edition: z.number().int().positive(),
  /** What there is to sign, or was signed; null while it is being written. */
  contentHash: contentHashSchema.nullable(),
  /** Of what stands around the text on the paper, which is signed with it; null where nobody has filled it in. */
  formHash: contentHashSchema.nullable(),
  /** Those that stand, in the order of signing. */
  signatures: z.array(minutesSignatureSchema),
  lockedAt: instant.nullable(),
  /** Null where nothing was missing, and while the text does not stand. */
  excuse: minutesExcuseSchema.nullable(),
  /** Somebody has asked to unlock what is signed, and these regions consent. */
  unlocking: z
    .object({
      reason: z.string(),
      askedAt: instant,
      consents: z.array(z.object({ regionCode: regionCodeSchema, accountId: z.uuid(), name: z.string(), at: instant })),
    })
    .nullable(),
  /** Grows with every change; a client keeps the highest it has seen. */
  version: versionSchema,
})
export type MinutesState = z.infer<typeof minutesStateSchema>

const ofMeeting = z.object({ meetingId: z.uuid() })
const ofRegion = ofMeeting.extend({ regionCode: regionCodeSchema })

export const minutesStageCommands = {
  /** From `live`, once the meeting has ended; or back from `amending`. */
  'minutes:to-draft': { input: ofMeeting, output: minutesStateSchema },
  /** Refused with `parts-missing` while a required part is, unless somebody says why it goes without. */
  'minutes:to-amending': { input: ofMeeting.extend({ despiteMissing: text(500).optional() }), output: minutesStateSchema },
  'minutes:to-live': { input: ofMeeting, output: minutesStateSchema },
  /** Signs what has this hash, within the form that has the other where there is one, for a region. The last region's signature locks the minutes. */
  'minutes:sign': {
    input: ofRegion.extend({ contentHash: contentHashSchema, formHash: contentHashSchema.optional() }),
    output: minutesStateSchema,
  },
  'minutes:withdraw-signature': { input: ofRegion, output: minutesStateSchema },
  /** Asks, with a reason, to unlock signed minutes, or consents for another region. Once all have, they are open as a new edition. */
  'minutes:unlock': { input: ofRegion.extend({ reason: text(500).optional() }), output: minutesStateSchema },
  /** Any region's signatory may say no: nothing is unlocked. */
  'minutes:keep-locked': { input: ofMeeting, output: minutesStateSchema },
} satisfies CommandTable

export const minutesStageQueries = {
  'minutes-state': { path: '/api/meetings/:meetingId/minutes/state', input: ofMeeting, output: minutesStateSchema },
  /** What the stored minutes lack: `required` has to be there before they are signed, `advised` should be. */
  'minutes-missing': {
    path: '/api/meetings/:meetingId/minutes/missing',
    input: ofMeeting,
    output: z.object({ required: z.array(missingPartSchema), advised: z.array(missingPartSchema) }),
  },
} satisfies QueryTable

export type MinutesStageEvents = { 'minutes:state-changed': (state: MinutesState) => void }
