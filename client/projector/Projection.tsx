import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useRound } from '../breakouts/useRound.ts'
import { Picture, Sound } from '../media/MediaElements.tsx'
import { useFacts, useRoom } from '../media/RoomContext.tsx'
import { companyOf, screenTile } from '../media/view.ts'
import { usePolls } from '../polls/usePolls.ts'
import { RecordingMark } from '../recording/RecordingMark.tsx'
import { useServerClock } from '../room/useServerClock.ts'
import { useTileSizes } from '../room/useTileSizes.ts'
import { useDiscussed } from '../stage/useDiscussed.ts'
import { useStage } from '../stage/useStage.ts'
import { When } from '../ui/When.tsx'
import { GroupOnScreen, GroupsMeeting } from './GroupsOnScreen.tsx'
import { PollOnScreen, pollOnScreen } from './PollOnScreen.tsx'
import { ProjectorTile } from './ProjectorTile.tsx'
import { projectorLayout } from './projectorLayout.ts'
import { VoiceView } from './VoiceView.tsx'
import { WayIn } from './WayIn.tsx'

const OpinionView = lazy(async () => ({ default: (await import('./OpinionView.tsx')).OpinionView }))

/** The room as a hall sees it from ten metres: who speaks, the main hall, slides, the time, and what is discussed. */
export function Projection() {
  const { t } = useTranslation()
  const { session, view } = useRoom()
  const facts = useFacts()
  const { participants, floor, meeting, clockOffsetMs } = facts
  const round = useRound()
  const now = useServerClock(clockOffsetMs)
  const stage = useStage(meeting.id)
  const discussed = useDiscussed(meeting.id, stage.suggestionId)
  const poll = pollOnScreen(usePolls(meeting.id).polls, now)
  const measure = useTileSizes(session)
  const share = [...view.streams].find(([, { screen }]) => screen)
  const { slides, large, beside } = projectorLayout(round && !round.mine ? [] : companyOf(facts), {
    speakerId: floor.current?.participantId ?? null,
    spotlightId: stage.spotlightId,
    sharerId: share?.[0] ?? null,
    dominantId: view.speaking.dominantId,
    sites: meeting.sites,
  })
  const tile = (id: string) => {
    const participant = participants.get(id)
    if (!participant) return null
    const speech = floor.current?.participantId === id ? floor.current : null
    const speaking = view.speaking.participantIds.includes(id)
    const main = meeting.sites.some(({ id: siteId, kind }) => kind === 'main' && siteId === participant.siteId)
    const video = view.streams.get(id)?.video ?? null
    return (
      <ProjectorTile key={id} participant={participant} video={video} speech={speech} speaking={speaking} main={main} measure={measure} />
    )
  }
  const showsOpinion = stage.view === 'opinion'
  const place = meeting.agenda.findIndex(({ id }) => id === meeting.currentAgendaItemId)
  const screen = share?.[1].screen
  return (
    <div className="projector">
      <header className="projector-top">
        <div>
          <h1>{meeting.title}</h1>
          <p>
            {place < 0
              ? t('room.noAgenda')
              : `${t('room.agendaPlace', { place: place + 1, count: meeting.agenda.length })}　${meeting.agenda[place]?.title ?? ''}`}
          </p>
        </div>
        <RecordingMark meetingId={meeting.id} />
        {round && <GroupOnScreen round={round} />}
        <span className="projector-clock">
          <When at={now.toISOString()} part="clock" />
        </span>
      </header>
      {stage.view === 'voice' && !poll ? (
        <VoiceView meeting={meeting}>{!discussed && <WayIn code={meeting.code} />}</VoiceView>
      ) : showsOpinion ? (
        <Suspense fallback={<div />}>
          <OpinionView meetingId={meeting.id} />
        </Suspense>
      ) : (
        <main className="projector-stage" aria-label={t('room.stage')}>
          <div className="projector-large">
            {slides && screen ? (
              <div ref={measure(screenTile(slides))} className="projector-slides" data-testid="shared-screen">
                <Picture
                  track={screen}
                  label={t('stage.screenOf', { name: participants.get(slides)?.name ?? '' })}
                  testId="shared-screen-video"
                />
              </div>
            ) : round && !round.mine ? (
              <GroupsMeeting round={round} />
            ) : large ? (
              tile(large)
            ) : (
              <p className="projector-empty">{t('stage.screen.empty')}</p>
            )}
          </div>
          <div className="projector-beside">
            {poll && <PollOnScreen poll={poll} />}
            {(poll ? beside.slice(0, 1) : beside).map(tile)}
            {!discussed && <WayIn code={meeting.code} />}
          </div>
        </main>
      )}
      {(discussed || showsOpinion) && (
        <footer className="projector-foot">
          {discussed && (
            <div className="projector-discussed">
              <b>{t('stage.discussed')}</b>
              <p data-testid="discussed">{discussed.text}</p>
              <span className="projector-supporters">{t('suggestions.supporters', { count: discussed.supportCount })}</span>
            </div>
          )}
          {!discussed && <div className="grow" />}
          <WayIn code={meeting.code} />
        </footer>
      )}
      {[...view.streams].map(([id, { audio, screenAudio }]) => [
        audio && <Sound key={id} track={audio} />,
        screenAudio && <Sound key={screenTile(id)} track={screenAudio} />,
      ])}
    </div>
  )
}
