import { AppError } from '../../shared/errors.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import type { Discussed, Stage, StageView } from '../../shared/stage.ts'
import { isPublic } from '../../shared/suggestions.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Reader, Tx } from '../db/db.ts'
import type { MediaService } from '../media/service.ts'
import { type MeetingService, requireLive } from '../meetings/service.ts'
import type { SuggestionService } from '../suggestions/service.ts'
import type { Publish } from '../transport/publish.ts'
import * as store from './store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require' | 'byId'>
  media: Pick<MediaService, 'participantsOf' | 'stopScreen'>
  suggestions: Pick<SuggestionService, 'ofMeeting' | 'publicly'>
  publish: Publish
}

type Change = Parameters<typeof store.putStage>[2]

export type StageService = ReturnType<typeof createStageService>

/** What the chair puts before everybody: a picture, a suggestion, and the end of a shared screen. */
export function createStageService({ db, audit, meetings, media, suggestions, publish }: Deps) {
  const changing = (actor: Actor, action: string, meetingId: string, decide: (tx: Tx) => Promise<Change>): Promise<Stage> =>
    db.transaction(async (tx) => {
      requireLive(await meetings.require(tx, actor, 'room:chair', meetingId))
      const change = await decide(tx)
      const stage = await store.putStage(tx, meetingId, change)
      await audit.record(tx, actor, action, meetingId, change)
      publish(tx, meetingId, ['room'], 'stage:changed', stage)
      if ('suggestionId' in change) publish(tx, meetingId, ['public'], 'stage:shown', await discussedOn(tx, stage))
      return stage
    })

  const discussedOn = async (reader: Reader, { meetingId, suggestionId, version }: Stage): Promise<Discussed> => ({
    meetingId,
    version,
    suggestion: suggestionId === null ? null : await suggestions.publicly(reader, suggestionId),
  })

  return {
    viewOf: async (meetingId: string): Promise<StageView> => (await store.findStage(db.reader, meetingId)).view,
    /** Whom the chair has put before everybody. */
    spotlightOf: async (meetingId: string): Promise<string | null> => (await store.findStage(db.reader, meetingId)).spotlightId,

    async get(actor: Actor, { meetingId }: { meetingId: string }): Promise<Stage> {
      await meetings.require(db.reader, actor, 'room:enter', meetingId)
      return store.findStage(db.reader, meetingId)
    },

    async discussed(actor: Actor, { meetingId }: { meetingId: string }): Promise<Discussed> {
      await meetings.require(db.reader, actor, 'meeting:read', meetingId)
      return discussedOn(db.reader, await store.findStage(db.reader, meetingId))
    },

    /** @throws AppError `conflict` for a suggestion that the public may not read. */
    show: (actor: Actor, { meetingId, suggestionId }: { meetingId: string; suggestionId: string | null }) =>
      changing(actor, 'stage:show', meetingId, async (tx) => {
        const [suggestion] = suggestionId ? await suggestions.ofMeeting(tx, meetingId, [suggestionId]) : []
        if (suggestion && !isPublic(suggestion)) throw new AppError('conflict', 'not-published')
        return { suggestionId }
      }),

    /** @throws AppError `not-found` for somebody who is not in the meeting. */
    async spotlight(actor: Actor, { meetingId, participantId }: { meetingId: string; participantId: string | null }) {
      const meeting = await meetings.byId(db.reader, meetingId)
      allow(actor, 'room:chair', subjectOfMeeting(meeting))
      const known = participantId === null || (await media.participantsOf(meeting)).some(({ id }) => id === participantId)
      if (!known) throw new AppError('not-found', 'no-such-participant')
      return changing(actor, 'stage:spotlight', meetingId, async () => ({ spotlightId: participantId }))
    },

    view: (actor: Actor, { meetingId, view }: { meetingId: string; view: StageView }) =>
      changing(actor, 'stage:view', meetingId, async () => ({ view })),

    stopScreen: (actor: Actor, { meetingId }: { meetingId: string }) =>
      changing(actor, 'stage:stop-screen', meetingId, async (tx) => {
        tx.afterCommit(() => media.stopScreen(meetingId))
        return {}
      }),
  }
}
