import { NodeSelection } from '@tiptap/pm/state'
import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import { Button, type GetRef, Input, Popover } from 'antd'
import { type Ref, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { footnoteLength } from '../../shared/minutes-nodes.ts'

/** The number of a note; what it says is written in a small box that opens while the note is selected. */
export function FootnoteView({ node, selected, editor, getPos, updateAttributes }: NodeViewProps) {
  const { t } = useTranslation()
  const words = useRef<TextAreaRef>(null)
  const text = String(node.attrs.text ?? '')
  const leave = () => {
    const place = getPos()
    if (place !== undefined)
      editor
        .chain()
        .focus(place + node.nodeSize)
        .run()
  }
  const isSelected = () => editor.state.selection instanceof NodeSelection && editor.state.selection.from === getPos()
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
        // The editor has the focus of whatever opened it, and gives it back a moment later.
        // Whoever is done by then has gone back to writing.
        afterOpenChange={(open) => open && isSelected() && words.current?.focus()}
        content={editor.isEditable ? <Words text={text} box={words} onDone={keep} /> : <p className="footnote-words">{text}</p>}
      >
        <button type="button" className="footnote-number" aria-label={t('minutes.footnote.label', { text })} onClick={select} />
      </Popover>
    </NodeViewWrapper>
  )
}

type TextAreaRef = GetRef<typeof Input.TextArea>
type WordsProps = { text: string; box: Ref<TextAreaRef>; onDone: (words: string) => void }

function Words({ text, box, onDone }: WordsProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState(text)
  const done = () => onDone(words.trim())
  return (
    <div className="footnote-words stack">
      <Input.TextArea
        ref={box}
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
