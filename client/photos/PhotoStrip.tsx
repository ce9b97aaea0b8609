import { Image } from 'antd'
import { useTranslation } from 'react-i18next'
import { photoPath } from '../../shared/photo-rules.ts'
import './photos.css'

/** The pictures that came with a suggestion, small; one of them large on a click, with the others beside it. */
export function PhotoStrip({ photoIds }: { photoIds: readonly string[] }) {
  const { t } = useTranslation()
  if (photoIds.length === 0) return null
  return (
    <Image.PreviewGroup items={photoIds.map((photoId) => photoPath(photoId))}>
      <div className="photo-strip">
        {photoIds.map((photoId, index) => (
          <Image
            key={photoId}
            src={photoPath(photoId, { small: true })}
            width={72}
            height={72}
            loading="lazy"
            alt={t('suggestions.photo', { n: index + 1, m: photoIds.length })}
          />
        ))}
      </div>
    </Image.PreviewGroup>
  )
}
