import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { footnoteLength } from '../../shared/minutes-nodes.ts'

/** The number of a note; what it says is written in a small box that opens while the note is selected. */
export function FootnoteView({ node, selected, editor, getPos, updateAttributes }: NodeViewProps) {
  const { t } = useTranslation()
  const text = String(node.attrs.text ?? '')
  const leave = () => {
    const place = getPos()
    if (place !== undefined)
      editor
        .chain()
        .focus(place + node.nodeSize)
        .run()
  }
  const select = () => {
    const place = getPos()
    if (place !== undefined) editor.commands.setNodeSelection(place)
  }
  const keep = (words: string) => {
    if (words !== text) updateAttributes({ text: words })
    leave()
  }
  return (
    <NodeViewWrapper as="span" className="footnote">
      <Popover
        open={selected}
        trigger={[]}
        destroyOnHidden
        content={editor.isEditable ? <Words text={text} onDone={keep} /> : <p className="footnote-words">{text}</p>}
      >
        <button type="button" className="footnote-number" aria-label={t('minutes.footnote.label', { text })} onClick={select} />
      </Popover>
    </NodeViewWrapper>
  )
}

function Words({ text, onDone }: { text: string; onDone: (words: string) => void }) {
  const { t } = useTranslation()
  const [words, setWords] = useState(text)
  const done = () => onDone(words.trim())
  return (
    <div className="footnote-words stack">
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={footnoteLength}
        value={words}
        aria-label={t('minutes.footnote.words')}
        placeholder={t('minutes.footnote.words')}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) done()
        }}
      />
      <Button size="small" type="primary" onClick={done}>
        {t('minutes.footnote.done')}
      </Button>
    </div>
  )
}
