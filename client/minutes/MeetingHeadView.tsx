import { ReloadOutlined } from '@ant-design/icons'
import { NodeViewContent, type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '../transport/http.ts'
import { useCitable } from './CitableContext.tsx'
import { headWith } from './headNodes.ts'

/** The head of the minutes, with a button that fills it in from the meeting and its register of attendance. */
export function MeetingHeadView({ node, editor, getPos }: NodeViewProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { meetingId } = useCitable()
  const [pending, setPending] = useState(false)

  async function refresh() {
    setPending(true)
    try {
      const said = await get('minutes-head', { meetingId })
      const place = getPos()
      // Somebody may have removed or changed it meanwhile.
      const head = place === undefined ? null : editor.state.doc.nodeAt(place)
      if (place === undefined || head?.type.name !== 'meetingHead') return
      editor.view.dispatch(editor.state.tr.replaceWith(place, place + head.nodeSize, headWith(head, said)))
      message.success(t('minutes.head.refreshed'))
    } catch {
      message.error(t('minutes.head.failed'))
    } finally {
      setPending(false)
    }
  }

  return (
    <NodeViewWrapper as="section" className="minutes-meeting-head" data-fields={node.childCount}>
      {editor.isEditable && !editor.storage.sectionLimits.own && (
        <div className="minutes-meeting-refresh" contentEditable={false}>
          <Button size="small" type="text" icon={<ReloadOutlined aria-hidden />} loading={pending} onClick={() => void refresh()}>
            {t('minutes.head.refresh')}
          </Button>
        </div>
      )}
      <NodeViewContent />
    </NodeViewWrapper>
  )
}
