import { SolutionOutlined } from '@ant-design/icons'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { selectedPassages } from './selection.ts'

/** Takes the selected passages, with the suggestions cited in them, to a new recommendation. */
export function RecommendButton({ editor, meeting }: { editor: Editor; meeting: Meeting }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const navigate = useNavigate()
  const selected = useEditorState({ editor, selector: () => selectedPassages(editor) })
  if (!can(actor, 'proposal:propose', subjectOfMeeting(meeting))) return null

  const { blockIds, suggestionIds } = selected
  const search = new URLSearchParams({ meeting: meeting.id, blocks: blockIds.join(','), suggestions: suggestionIds.join(',') })
  return (
    <Tooltip title={blockIds.length === 0 ? t('minutes.tool.recommendHint') : null}>
      <Button
        size="small"
        icon={<SolutionOutlined aria-hidden />}
        disabled={blockIds.length === 0}
        onClick={() => void navigate(`/recommendations/new?${search}`)}
      >
        {t('minutes.tool.recommend')}
      </Button>
    </Tooltip>
  )
}
