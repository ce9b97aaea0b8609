import { CommentOutlined } from '@ant-design/icons'
import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { suggestionCitationSchema } from '../../shared/minutes.ts'
import { useCitable } from './CitableContext.tsx'

/** A cited suggestion: its words then, and what stands behind it now, or did when the minutes were signed. */
export function SuggestionCitationView({ node, selected }: NodeViewProps) {
  const { t } = useTranslation()
  const { standing } = useCitable()
  const cited = suggestionCitationSchema.safeParse(node.attrs).data
  const behind = cited && standing(cited.suggestionId)
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
        {behind && (
          <>
            <Tag className="citation-state">{t(`minutes.suggestion.status.${behind.status}`)}</Tag>
            <span className="citation-support">{t('minutes.suggestion.supporters', { count: behind.supporters })}</span>
            <span className="citation-support">{t('minutes.suggestion.receipts', { count: behind.receipts })}</span>
          </>
        )}
      </figcaption>
    </NodeViewWrapper>
  )
}
