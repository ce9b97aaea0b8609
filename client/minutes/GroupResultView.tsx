import { TeamOutlined } from '@ant-design/icons'
import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { groupCitationSchema } from '../../shared/minutes.ts'

/** What a group came to, in the minutes. */
export function GroupResultView({ node, selected }: NodeViewProps) {
  const { t } = useTranslation()
  const group = groupCitationSchema.safeParse(node.attrs).data
  return (
    <NodeViewWrapper as="figure" className="citation" data-selected={selected} data-group-id={group?.groupId} contentEditable={false}>
      <blockquote>{group?.text}</blockquote>
      <figcaption>
        <TeamOutlined aria-hidden /> {t('breakouts.title')}
        {group && [group.name, group.topic, dayjs(group.openedAt).format('HH:mm')].filter(Boolean).map((part) => ` · ${part}`)}
      </figcaption>
    </NodeViewWrapper>
  )
}
