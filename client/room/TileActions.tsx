import { HighlightOutlined, PushpinFilled, PushpinOutlined, StarFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

type Props = { name: string; pinned: boolean; onPin: () => void; spotlit: boolean; onSpotlight?: () => void }

/** Keeps a picture large for oneself, or for everybody. */
export function TileActions({ name, pinned, onPin, spotlit, onSpotlight }: Props) {
  const { t } = useTranslation()
  const pinWord = t(pinned ? 'stage.unpin' : 'stage.pin', { name })
  const spotlightWord = t(spotlit ? 'stage.unspotlight' : 'stage.spotlight', { name })
  return (
    <div className={pinned || spotlit ? 'tile-actions tile-actions-on' : 'tile-actions'}>
      <Button
        size="small"
        type={pinned ? 'primary' : 'default'}
        icon={pinned ? <PushpinFilled aria-hidden /> : <PushpinOutlined aria-hidden />}
        aria-label={pinWord}
        aria-pressed={pinned}
        title={pinWord}
        onClick={onPin}
      />
      {onSpotlight && (
        <Button
          size="small"
          type={spotlit ? 'primary' : 'default'}
          icon={spotlit ? <StarFilled aria-hidden /> : <HighlightOutlined aria-hidden />}
          aria-label={spotlightWord}
          aria-pressed={spotlit}
          title={spotlightWord}
          onClick={onSpotlight}
        />
      )}
    </div>
  )
}
