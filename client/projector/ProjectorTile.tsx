import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Speech } from '../../shared/floor.ts'
import type { Participant } from '../../shared/media.ts'
import { SpeechClock } from '../floor/SpeechClock.tsx'
import { Picture } from '../media/MediaElements.tsx'
import { regionName } from '../regions/RegionPath.tsx'
import { Avatar } from '../room/Avatar.tsx'

type Props = {
  participant: Participant
  video: MediaStreamTrack | null
  speech: Speech | null
  speaking: boolean
  main: boolean
  measure: (participantId: string) => (element: HTMLElement | null) => (() => void) | undefined
}

/** One picture on a hall's screen. */
export function ProjectorTile({ participant, video, speech, speaking, main, measure }: Props) {
  const { t } = useTranslation()
  const { id, name, siteName, regionPath } = participant
  const ref = useMemo(() => measure(id), [measure, id])
  const classes = ['projector-tile', speech && 'projector-tile-floor', speaking && 'projector-tile-speaking'].filter(Boolean).join(' ')
  return (
    <article ref={ref} className={classes} data-testid={`tile-${id}`} aria-label={name}>
      <Avatar name={name} />
      {video && <Picture track={video} testId={`video-${id}`} label={name} />}
      <div className="projector-name">
        <b>{name}</b>
        <span>
          {[siteName ?? (main ? t('stage.screen.mainHall') : null), regionName(regionPath.slice(-1))].filter(Boolean).join(' · ')}
        </span>
      </div>
      {speech && (
        <div className="projector-speech">
          <span>{t('stage.screen.speaking')}</span>
          <SpeechClock speech={speech} />
        </div>
      )}
    </article>
  )
}
