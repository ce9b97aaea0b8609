import { MobileOutlined, StarFilled } from '@ant-design/icons'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Speech } from '../../shared/floor.ts'
import type { Participant } from '../../shared/media.ts'
import { SpeechClock } from '../floor/SpeechClock.tsx'
import { MicrophoneIcon } from '../media/icons.tsx'
import { LineMark } from '../media/LineMark.tsx'
import { Picture } from '../media/MediaElements.tsx'
import { regionName } from '../regions/RegionPath.tsx'
import { Avatar } from './Avatar.tsx'

type Props = {
  participant: Participant
  self: boolean
  video: MediaStreamTrack | null
  /** The speech that this participant is giving now. */
  speech: Speech | null
  /** Is heard now. */
  speaking?: boolean
  /** The chair shows this one to everybody. */
  spotlit?: boolean
  /** People's phones are shown pictures of this one. */
  onPhones?: boolean
  actions?: ReactNode
  measure: (participantId: string) => (element: HTMLElement | null) => (() => void) | undefined
}

/** One participant on the stage. The one with the floor has a frame and a running clock. */
export function Tile({ participant, self, video, speech, speaking = false, spotlit = false, onPhones = false, actions, measure }: Props) {
  const { t } = useTranslation()
  const { id, name, siteName, regionPath, microphone, heldByChair, heldBy } = participant
  const ref = useMemo(() => measure(id), [measure, id])
  const shown = self ? t('room.self', { name }) : name
  const silenced = microphone !== 'open' && heldByChair.includes('microphone')
  const microphoneWord = silenced ? t('stage.mutedBy', { name: heldBy }) : t(`room.microphone.${microphone}`)
  const classes = ['tile', speech && 'tile-floor', speaking && microphone === 'open' && 'tile-speaking'].filter(Boolean).join(' ')
  return (
    <article ref={ref} className={classes} data-testid={`tile-${id}`} aria-label={shown}>
      <Avatar name={name} />
      {video && <Picture track={video} mirrored={self} testId={`video-${id}`} label={shown} />}
      {speech && (
        <div className="tile-clock">
          <SpeechClock speech={speech} />
        </div>
      )}
      {actions}
      <footer className="tile-foot">
        <span className={`tile-microphone tile-microphone-${microphone}`} role="img" aria-label={microphoneWord} title={microphoneWord}>
          <MicrophoneIcon state={microphone} />
        </span>
        <span className="tile-words">
          <span className="tile-name">
            {spotlit && <StarFilled className="tile-star" role="img" aria-label={t('stage.spotlit')} title={t('stage.spotlit')} />}
            {shown}
          </span>
          <span className="tile-place">{[siteName, regionName(regionPath)].filter(Boolean).join(' · ')}</span>
        </span>
        {onPhones && (
          <span className="tile-phones" title={t('stage.onPhonesHint')}>
            <MobileOutlined aria-hidden /> {t('stage.onPhones')}
          </span>
        )}
        <LineMark participantId={id} />
      </footer>
    </article>
  )
}
