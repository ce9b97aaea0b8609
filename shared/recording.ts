import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { instant, versionSchema } from './text.ts'

/** The speaker's picture and voice in one file; the shared screen, with its sound, in another. */
export const recordingSources = ['speaker', 'screen'] as const
export type RecordingSource = (typeof recordingSources)[number]

/**
 * How a file came to its end: `finished` as it should; `interrupted` by a failure, after which the next part begins, and
 * what is there can be played; `lost` when nothing of it can be read.
 */
export const recordingEnds = ['finished', 'interrupted', 'lost'] as const
export type RecordingEnd = (typeof recordingEnds)[number]

/** One file. A speech has several of one source when the camera was switched on in its course, or something failed. */
export const recordingSchema = z.object({
  id: z.uuid(),
  meetingId: z.uuid(),
  speechId: z.uuid(),
  agendaItemId: z.uuid().nullable(),
  source: z.enum(recordingSources),
  /** Counts from 1 within a speech and source. */
  part: z.number().int(),
  file: z.string(),
  hasAudio: z.boolean(),
  hasVideo: z.boolean(),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** From the start of the speech to the start of the file. */
  offsetSeconds: z.number(),
  seconds: z.number().nullable(),
  bytes: z.number().int().nullable(),
  end: z.enum(recordingEnds).nullable(),
})
export type Recording = z.infer<typeof recordingSchema>

export const recordingStateSchema = z.object({
  meetingId: z.uuid(),
  /** Whether this server can record at all. */
  available: z.boolean(),
  on: z.boolean(),
  /** Grows with every change, of the list of recordings too; a client keeps the highest it has seen. */
  version: versionSchema,
})
export type RecordingState = z.infer<typeof recordingStateSchema>

const meetingOnly = z.object({ meetingId: z.uuid() })

export const recordingCommands = {
  /** Every speech is recorded from now on. @throws `unavailable` where the server has no ffmpeg. */
  'recording:start': { input: meetingOnly, output: recordingStateSchema },
  'recording:stop': { input: meetingOnly, output: recordingStateSchema },
} satisfies CommandTable

export const recordingQueries = {
  recordings: {
    path: '/api/meetings/:meetingId/recordings',
    input: meetingOnly,
    output: recordingStateSchema.extend({ recordings: z.array(recordingSchema) }),
  },
} satisfies QueryTable

export type RecordingEvents = { 'recording:changed': (state: RecordingState) => void }

/** Those that can be played, in the order of time. */
export const playable = (recordings: readonly Recording[], speechId: string): Recording[] =>
  recordings
    .filter((one) => one.speechId === speechId && (one.end === 'finished' || one.end === 'interrupted'))
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))

export const recordingPath = ({ meetingId, id }: Pick<Recording, 'meetingId' | 'id'>) => `/api/meetings/${meetingId}/recordings/${id}/file`
