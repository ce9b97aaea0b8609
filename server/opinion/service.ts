import type { Logger } from 'pino'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import type { CommonGround, MeetingOpinion, Opinion } from '../../shared/opinion.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { Db } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { StanceService } from '../stances/service.ts'
import type { Publish } from '../transport/publish.ts'
import { commonGroundOf, noGround } from './common-ground.ts'
import type { OpinionEngine } from './engine.ts'
import { createPictures } from './pictures.ts'
import * as store from './store.ts'

export type OpinionService = ReturnType<typeof createOpinionService>

type Deps = {
  db: Db
  meetings: Pick<MeetingService, 'get'>
  stances: Pick<StanceService, 'mine' | 'onChange' | 'requireResults'>
  /** Whether the chair has put the picture on the halls' screens. */
  isOnScreen?: (meetingId: string) => Promise<boolean>
  engine: OpinionEngine
  /** The accounts that are left out of what counts. */
  setAside?: (meetingId: string) => Promise<Iterable<string>>
  publish: Publish
  now: () => Date
  log: Logger
  everyMs?: number
}

/** In which groups people stand by how they voted, and what all groups agree on; it follows the votes within seconds. */
export function createOpinionService({
  db,
  meetings,
  stances,
  isOnScreen = async () => false,
  engine,
  setAside = async () => [],
  publish,
  now,
  log,
  everyMs,
}: Deps) {
  const pictures = createPictures({ engine, setAside, now, log, ...(everyMs === undefined ? {} : { everyMs }), tell })
  stances.onChange(pictures.touch)

  /** Only those who look at it hear of it: the room. A picture is derived, so there is no transaction to wait for. */
  function tell(meetingId: string, version: number) {
    publish({ afterCommit: (listener) => listener() }, meetingId, ['room'], 'opinion:changed', { meetingId, version })
  }

  /** Whoever has not voted on enough does not see it, unless the chair shows it to the whole hall: a hall's screen votes on nothing. */
  async function requireOpen(actor: Actor, meeting: Meeting) {
    if (await isOnScreen(meeting.id)) allow(actor, 'suggestion:read-all', subjectOfMeeting(meeting))
    else await stances.requireResults(actor, meeting)
  }

  return {
    requireOpen,
    /** What counts of a meeting's votes has changed in another way than by voting. */
    touch: pictures.touch,

    async get(actor: Actor, { meetingId, with: view }: { meetingId: string; with: Opinion['with'] }): Promise<MeetingOpinion> {
      await requireOpen(actor, await meetings.get(actor, { meetingId }))
      const { version, ...drawn } = await pictures.latest(meetingId)
      const opinion = drawn[view]
      const ids = opinion.suggestions.map(({ suggestionId }) => suggestionId)
      const [texts, unseen] = await Promise.all([store.listTexts(db.reader, ids), store.listToBeLookedAt(db.reader, ids)])
      const suggestions = opinion.suggestions.map((one) => ({
        ...one,
        text: texts.get(one.suggestionId) ?? '',
        toBeLookedAt: unseen.has(one.suggestionId),
      }))
      return { ...opinion, meetingId, version, suggestions }
    },

    async common(actor: Actor, { meetingId }: { meetingId: string }): Promise<CommonGround> {
      await meetings.get(actor, { meetingId })
      const { given, needed } = await stances.mine(actor, { meetingId })
      if (given < needed) return noGround(given, needed)
      const picture = await pictures.latest(meetingId)
      const texts = await store.listTexts(
        db.reader,
        picture.counted.suggestions.map(({ suggestionId }) => suggestionId),
      )
      return { ...commonGroundOf(picture, actor.accountId, texts), given, needed }
    },

    close: pictures.close,
  }
}
