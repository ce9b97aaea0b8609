import type { Handlers, Readers } from '../../shared/commands.ts'
import type { recordingCommands, recordingQueries } from '../../shared/recording.ts'
import type { RecordingService } from './service.ts'

export const recordingHandlers = (recording: RecordingService): Handlers<typeof recordingCommands> => ({
  'recording:start': recording.start,
  'recording:stop': recording.stop,
})

export const recordingReaders = (recording: RecordingService): Readers<typeof recordingQueries> => ({ recordings: recording.list })
