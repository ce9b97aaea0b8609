import { CommentOutlined } from '@ant-design/icons'
import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { suggestionCitationSchema } from '../../shared/minutes.ts'
import { useCitable } from './CitableContext.tsx'

/** A cited suggestion: its words then, its state and its supporters now; once it is merged, those of what it was merged into. */
export function SuggestionCitationView({ node, selected }: NodeViewProps) {
  const { t } = useTranslation()
  const { suggestion } = useCitable()
  const cited = suggestionCitationSchema.safeParse(node.attrs).data
  const now = cited && suggestion(cited.suggestionId)
  const survivor = now?.mergedIntoId ? suggestion(now.mergedIntoId) : now
  return (
    <NodeViewWrapper
      as="figure"
      className="citation"
      data-selected={selected}
      data-suggestion-id={cited?.suggestionId}
      contentEditable={false}
    >
      <blockquote>{cited?.text}</blockquote>
      <figcaption>
        <CommentOutlined aria-hidden /> {t('minutes.suggestion.label')} · {cited?.authorName || t('minutes.suggestion.anonymous')}
        {now && <Tag className="citation-state">{t(`minutes.suggestion.status.${now.status}`)}</Tag>}
        {survivor && <span className="citation-support">{t('minutes.suggestion.supporters', { count: survivor.supportCount })}</span>}
      </figcaption>
    </NodeViewWrapper>
  )
}
