import { BoldOutlined, OrderedListOutlined, RedoOutlined, UndoOutlined, UnorderedListOutlined } from '@ant-design/icons'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { ConfigProvider, Select } from 'antd'
import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { wordBlockTypes } from '../../shared/minutes-nodes.ts'
import { Checklist } from './Checklist.tsx'
import { CiteMenu } from './CiteMenu.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { type Fetching, InsertMenu } from './InsertMenu.tsx'
import { RecommendButton } from './RecommendButton.tsx'
import { isForeignPlace } from './sectionLimits.ts'
import { TableMenu } from './TableMenu.tsx'
import { ToolButton } from './ToolButton.tsx'
import type { Cite } from './useCiting.ts'

type Props = { editor: Editor; meeting: Meeting; mayEdit: boolean; onCite: Cite; fetching: Fetching; tools?: ReactNode }

/** The tools above the paper. Arrow keys go from one to the next. */
export function Toolbar({ editor, meeting, mayEdit, onCite, fetching, tools }: Props) {
  const { t } = useTranslation()
  // A citation finds its own way to the end of one's sections.
  const foreign = useEditorState({ editor, selector: () => isForeignPlace(editor.state, editor.storage.sectionLimits.own) })
  return (
    <div className="minutes-tools" role="toolbar" aria-label={t('minutes.tool.bar')} onKeyDown={moveAmongTools}>
      <ConfigProvider componentDisabled={foreign}>
        {mayEdit && <WritingTools editor={editor} />}
        {mayEdit && <InsertMenu editor={editor} fetching={fetching} />}
      </ConfigProvider>
      {mayEdit && <CiteMenu meeting={meeting} onCite={onCite} />}
      <span className="grow" />
      {mayEdit && <Checklist editor={editor} meeting={meeting} />}
      {tools}
      <RecommendButton editor={editor} meeting={meeting} />
      <ExportMenu meeting={meeting} />
    </div>
  )
}

const blocks = ['text', 'heading1', 'heading2', 'heading3', 'decision', 'recommendationPassage'] as const
type Block = (typeof blocks)[number]

function blockOf(editor: Editor): Block {
  const level = [1, 2, 3].find((one) => editor.isActive('heading', { level: one }))
  if (level) return `heading${level}` as Block
  return wordBlockTypes.find((type) => editor.isActive(type)) ?? 'text'
}

function setBlock(editor: Editor, block: Block) {
  const chain = editor.chain().focus()
  if (block === 'text') chain.setParagraph().run()
  else if (block === 'decision' || block === 'recommendationPassage') chain.setNode(block).run()
  else chain.setHeading({ level: Number(block.at(-1)) as 1 | 2 | 3 }).run()
}

function WritingTools({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const active = useEditorState({
    editor,
    selector: () => ({
      block: blockOf(editor),
      bold: editor.isActive('bold'),
      bulletList: editor.isActive('bulletList'),
      orderedList: editor.isActive('orderedList'),
      quote: editor.isActive('blockquote'),
      table: editor.isActive('table'),
      undo: editor.can().undo(),
      redo: editor.can().redo(),
    }),
  })
  const run = () => editor.chain().focus()
  return (
    <>
      <Select
        size="small"
        className="minutes-block"
        aria-label={t('minutes.tool.block')}
        value={active.block}
        options={blocks.map((value) => ({ value, label: t(`minutes.tool.${value}`) }))}
        onChange={(block) => setBlock(editor, block)}
      />
      <ToolButton
        label={t('minutes.tool.bold')}
        icon={<BoldOutlined aria-hidden />}
        active={active.bold}
        onPress={() => run().toggleBold().run()}
      />
      <ToolButton
        label={t('minutes.tool.bulletList')}
        icon={<UnorderedListOutlined aria-hidden />}
        active={active.bulletList}
        onPress={() => run().toggleBulletList().run()}
      />
      <ToolButton
        label={t('minutes.tool.orderedList')}
        icon={<OrderedListOutlined aria-hidden />}
        active={active.orderedList}
        onPress={() => run().toggleOrderedList().run()}
      />
      <ToolButton
        label={t('minutes.tool.quote')}
        icon={<span aria-hidden>❝</span>}
        active={active.quote}
        onPress={() => run().toggleBlockquote().run()}
      />
      <ToolButton
        label={t('minutes.tool.undo')}
        icon={<UndoOutlined aria-hidden />}
        disabled={!active.undo}
        onPress={() => run().undo().run()}
      />
      <ToolButton
        label={t('minutes.tool.redo')}
        icon={<RedoOutlined aria-hidden />}
        disabled={!active.redo}
        onPress={() => run().redo().run()}
      />
      {active.table && <TableMenu editor={editor} />}
    </>
  )
}

function moveAmongTools(event: KeyboardEvent<HTMLElement>) {
  if ((event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') || !(event.target instanceof HTMLButtonElement)) return
  const tools = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')]
  const step = event.key === 'ArrowRight' ? 1 : tools.length - 1
  tools[(tools.indexOf(event.target) + step) % tools.length]?.focus()
  event.preventDefault()
}
