import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isParted } from '../../shared/breakouts.ts'
import { Sound } from '../media/MediaElements.tsx'
import { useFacts, useRoom } from '../media/RoomContext.tsx'
import { companyOf, screenTile } from '../media/view.ts'
import { useDirecting } from '../stage/useDirecting.ts'
import { useStage } from '../stage/useStage.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Discussed } from './Discussed.tsx'
import { SharedScreen } from './SharedScreen.tsx'
import { stageLayout } from './stageLayout.ts'
import { Tile } from './Tile.tsx'
import { TileActions } from './TileActions.tsx'
import { TileGrid } from './TileGrid.tsx'
import { useTileSizes } from './useTileSizes.ts'

export function Stage() {
  const { t } = useTranslation()
  const { session, view } = useRoom()
  const facts = useFacts()
  const { participants, floor, selfId, meeting } = facts
  const stage = useStage(meeting.id)
  const directing = useDirecting()
  const measure = useTileSizes(session)
  const [pinnedId, setPinned] = useState<string | null>(null)
  const sharing = view.local.screenTrack
    ? { id: selfId, track: view.local.screenTrack }
    : [...view.streams].flatMap(([id, { screen }]) => (screen ? [{ id, track: screen }] : []))[0]
  const speakerId = floor.current?.participantId ?? null
  const { slides, large, others } = stageLayout(companyOf(facts), {
    speakerId,
    spotlightId: stage.spotlightId,
    pinnedId,
    sharerId: sharing?.id ?? null,
    selfId,
    sites: meeting.sites,
  })

  const tile = (id: string) => {
    const participant = participants.get(id)
    if (!participant) return null
    const self = id === selfId
    // My own devices are what this page knows best; of others the room is told.
    const shown =
      self && participant.microphone !== 'closed'
        ? { ...participant, microphone: view.local.microphone, camera: view.local.camera }
        : participant
    const video = self ? view.local.cameraTrack : (view.streams.get(id)?.video ?? null)
    return (
      <Tile
        key={id}
        participant={shown}
        self={self}
        video={video}
        speech={speakerId === id ? floor.current : null}
        speaking={view.speaking.participantIds.includes(id)}
        spotlit={stage.spotlightId === id}
        onPhones={self && view.seenByPhones}
        measure={measure}
        actions={
          <TileActions
            name={participant.name}
            pinned={pinnedId === id}
            onPin={() => setPinned(pinnedId === id ? null : id)}
            spotlit={stage.spotlightId === id}
            {...(directing.mayDirect ? { onSpotlight: () => void directing.spotlight(stage.spotlightId === id ? null : id) } : {})}
          />
        }
      />
    )
  }

  const sharer = slides ? participants.get(slides) : undefined
  const arrangement = slides ? 'stage stage-slides' : large ? 'stage stage-spotlight' : 'stage'
  return (
    <section className={arrangement} aria-label={t('room.stage')}>
      <Discussed suggestionId={stage.suggestionId} meetingId={meeting.id} />
      {slides && sharing && (
        <SharedScreen
          name={sharer?.name ?? ''}
          track={sharing.track}
          own={slides === selfId}
          measure={measure(screenTile(slides))}
          {...(directing.mayDirect && slides !== selfId ? { onStop: directing.stopScreen } : {})}
        />
      )}
      {large && !slides && <div className="stage-large">{tile(large)}</div>}
      {slides || large ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to scroll by keyboard too (WCAG 2.1.1).
        <section className="stage-strip" tabIndex={0} aria-label={t('room.others')}>
          {(slides && large ? [large, ...others] : others).map(tile)}
        </section>
      ) : (
        <TileGrid count={others.length}>{others.map(tile)}</TileGrid>
      )}
      {others.length === 1 && !large && !slides && others[0] === selfId && (
        <p className="stage-hint">{t(isParted(facts.breakout) ? 'breakouts.alone' : 'room.empty')}</p>
      )}
      <div className="stage-notes">
        <FailureNote failure={directing.failure} />
      </div>
      {[...view.streams].map(([id, { audio, screenAudio }]) => [
        audio && <Sound key={id} track={audio} speaker={view.local.preferences.speaker} />,
        screenAudio && <Sound key={screenTile(id)} track={screenAudio} speaker={view.local.preferences.speaker} />,
      ])}
    </section>
  )
}
