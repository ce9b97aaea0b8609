import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import { useTranslation } from 'react-i18next'
import { imageSchema } from '../../shared/minutes-nodes.ts'
import { photoPath } from '../../shared/photo-rules.ts'

/** A picture in the minutes, with its caption below. */
export function ImageView({ node, selected, editor, updateAttributes }: NodeViewProps) {
  const { t } = useTranslation()
  const image = imageSchema.safeParse(node.attrs).data
  if (!image) return <NodeViewWrapper as="figure" className="minutes-image" />
  const { photoId, width, height, caption } = image
  return (
    <NodeViewWrapper as="figure" className="minutes-image" data-selected={selected} contentEditable={false}>
      <img src={photoPath(photoId)} width={width} height={height} alt={caption || t('minutes.image.alt')} draggable={false} />
      {editor.isEditable ? (
        <input
          className="minutes-caption"
          value={caption}
          maxLength={200}
          placeholder={t('minutes.image.caption')}
          aria-label={t('minutes.image.caption')}
          onChange={(event) => updateAttributes({ caption: event.target.value })}
        />
      ) : (
        caption && <figcaption>{caption}</figcaption>
      )}
    </NodeViewWrapper>
  )
}
