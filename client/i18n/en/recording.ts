import type { Words } from '../words.ts'
import type { recording as zhCN } from '../zh-CN/recording.ts'

export const recording = {
  on: 'Recording',
  start: 'Record speeches',
  stop: 'Stop recording',
  unavailable: 'Recording is not possible: the server has no ffmpeg',
  replay: 'Replay',
  replayOf: '{{title}} · Replay',
  replayWord: 'Replay of speeches',
  replaySpeech: 'Replay the speech of {{name}}',
  back: 'Back to the meeting',
  noItem: 'Under no agenda item',
  notRecorded: 'not recorded',
  interrupted: 'recording was interrupted',
  choose: 'Choose a speech from the list.',
  empty:
    'No speech of this meeting has been recorded yet. Once the chair has started recording under “More” in the room, every speech is listed here.',
  emptyUnavailable: 'No speech of this meeting was recorded. The server has no ffmpeg and cannot record.',
  picture: 'The speech of {{name}}',
  screen: 'Shared screen',
  part: 'Part {{part}} of {{count}}',
  unplayable: 'This recording cannot be played. The file may have been moved; please tell an administrator.',
} satisfies Words<typeof zhCN>
