import { StopOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Picture } from '../media/MediaElements.tsx'

type Props = {
  name: string
  track: MediaStreamTrack
  own: boolean
  measure: (element: HTMLElement | null) => (() => void) | undefined
  onStop?: () => void
}

/** A shared screen, never cropped: it is there to be read. */
export function SharedScreen({ name, track, own, measure, onStop }: Props) {
  const { t } = useTranslation()
  const words = own ? t('stage.ownScreen') : t('stage.screenOf', { name })
  return (
    <article ref={own ? undefined : measure} className="shared-screen" data-testid="shared-screen" aria-label={words}>
      <Picture track={track} label={words} testId="shared-screen-video" />
      <footer className="tile-foot">
        <span className="tile-name">{words}</span>
        {onStop && (
          <Button size="small" danger icon={<StopOutlined aria-hidden />} onClick={onStop}>
            {t('stage.stopScreen')}
          </Button>
        )}
      </footer>
    </article>
  )
}
