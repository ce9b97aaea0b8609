import {
  BulbOutlined,
  CheckCircleOutlined,
  CommentOutlined,
  FileTextOutlined,
  NumberOutlined,
  PictureOutlined,
  PlusOutlined,
  TableOutlined,
} from '@ant-design/icons'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { Button, Dropdown } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Fetched, type Insertable, insert, insertablesAt } from './insertables.ts'
import { useSlash } from './useSlash.ts'

const icons: Record<Insertable, ReactNode> = {
  decision: <CheckCircleOutlined aria-hidden />,
  recommendationPassage: <BulbOutlined aria-hidden />,
  table: <TableOutlined aria-hidden />,
  image: <PictureOutlined aria-hidden />,
  footnote: <NumberOutlined aria-hidden />,
  summary: <CommentOutlined aria-hidden />,
  meetingHead: <FileTextOutlined aria-hidden />,
}

/** How what has to be fetched first is put in. */
export type Fetching = Record<Fetched, () => void>
type Props = { editor: Editor; fetching: Fetching }

/** Everything that can be put in: from the toolbar, and in an empty line by a slash. */
export function InsertMenu({ editor, fetching }: Props) {
  const { t } = useTranslation()
  const { items, choose } = useInsertMenu(editor, fetching)
  return (
    <>
      <Dropdown menu={{ items, onClick: ({ key }) => choose(key) }} trigger={['click']}>
        <Button size="small" icon={<PlusOutlined aria-hidden />} aria-haspopup="menu">
          {t('minutes.tool.insert')}
        </Button>
      </Dropdown>
      <SlashMenu editor={editor} fetching={fetching} />
    </>
  )
}

/** At the cursor, with the first entry taken by the keyboard. Escape, or a second slash, writes what was typed. */
function SlashMenu({ editor, fetching }: Props) {
  const menu = useInsertMenu(editor, fetching)
  const choose = (key: string) => {
    close()
    menu.choose(key)
  }
  /** Back to the words; a second slash is one. */
  const leave = (key: 'Escape' | '/') => {
    close()
    const chain = editor.chain().focus()
    if (key === '/') chain.insertContent(key)
    chain.run()
  }
  const { at, close } = useSlash(editor, (key) => {
    if (key === 'Enter' && menu.items[0]) choose(menu.items[0].key)
    else if (key === 'Escape' || key === '/') leave(key)
    else return false
    return true
  })
  if (!at) return null
  return (
    <Dropdown
      open
      autoFocus
      trigger={['click']}
      placement="bottomLeft"
      menu={{
        items: menu.items,
        selectable: false,
        onClick: ({ key }) => choose(key),
        onKeyDown: (event) => {
          if (event.key !== 'Escape' && event.key !== '/') return
          event.preventDefault()
          leave(event.key)
        },
      }}
      onOpenChange={(open) => open || close()}
    >
      <span className="minutes-slash" style={{ left: at.left, top: at.bottom }} />
    </Dropdown>
  )
}

function useInsertMenu(editor: Editor, fetching: Fetching) {
  const { t } = useTranslation()
  const offered = useEditorState({
    editor,
    selector: () => insertablesAt(editor),
    equalityFn: (one, other) => one.join() === other?.join(),
  })
  return {
    items: offered.map((key) => ({ key, icon: icons[key], label: t(`minutes.insert.${key}`) })),
    choose(key: string) {
      if (isFetched(key)) fetching[key]()
      else insert(editor, key as Exclude<Insertable, Fetched>)
    },
  }
}

const isFetched = (key: string): key is Fetched => key === 'image' || key === 'summary'
