import type { Meeting } from '../../shared/meetings.ts'
import type { Still } from '../../shared/stills.ts'
import type { Db } from '../db/db.ts'
import type { FloorService } from '../floor/service.ts'
import type { MediaService } from '../media/service.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { StageService } from '../stage/service.ts'

type Deps = {
  db: Db
  meetings: Pick<MeetingService, 'byId'>
  floor: Pick<FloorService, 'holders'>
  media: Pick<MediaService, 'participantsOf'>
  stage: Pick<StageService, 'spotlightOf'>
}

/** Whom a meeting has before it. */
export type Scene = { meeting: Meeting; shown: { participantId: string; accountId: string; speaker: NonNullable<Still['speaker']> } | null }

/** Whom the chair shows, else whoever has the floor, as long as they are there: as on the halls' screens. */
export function createScenes({ db, meetings, floor, media, stage }: Deps) {
  return async function read(meetingId: string): Promise<Scene> {
    const meeting = await meetings.byId(db.reader, meetingId)
    if (meeting.status !== 'live') return { meeting, shown: null }
    const [holders, spotlightId, participants] = await Promise.all([
      floor.holders([meetingId]),
      stage.spotlightOf(meetingId),
      media.participantsOf(meeting),
    ])
    const here = (wanted: string | null | undefined) => participants.find(({ id, present }) => id === wanted && present)
    const found = here(spotlightId) ?? here(holders[0]?.speakerId)
    if (!found) return { meeting, shown: null }
    const { id: participantId, accountId, name, siteName } = found
    return { meeting, shown: { participantId, accountId, speaker: { name, siteName } } }
  }
}
