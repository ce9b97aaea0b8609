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
import { Button, Dropdown, type MenuProps } from 'antd'
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
  return (
    <>
      <Dropdown menu={useInsertMenu(editor, fetching)} trigger={['click']}>
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
  const { at, close } = useSlash(editor)
  const menu = useInsertMenu(editor, fetching)
  if (!at) return null
  return (
    <Dropdown
      open
      autoFocus
      trigger={['click']}
      placement="bottomLeft"
      menu={{
        ...menu,
        selectable: false,
        onClick: (info) => {
          close()
          menu.onClick?.(info)
        },
        onKeyDown: (event) => {
          if (event.key !== 'Escape' && event.key !== '/') return
          event.preventDefault()
          close()
          const chain = editor.chain().focus()
          if (event.key === '/') chain.insertContent('/')
          chain.run()
        },
      }}
      onOpenChange={(open) => open || close()}
    >
      <span className="minutes-slash" style={{ left: at.left, top: at.bottom }} />
    </Dropdown>
  )
}

function useInsertMenu(editor: Editor, fetching: Fetching): MenuProps {
  const { t } = useTranslation()
  const offered = useEditorState({
    editor,
    selector: () => insertablesAt(editor),
    equalityFn: (one, other) => one.join() === other?.join(),
  })
  return {
    items: offered.map((key) => ({ key, icon: icons[key], label: t(`minutes.insert.${key}`) })),
    onClick: ({ key }) => {
      if (isFetched(key)) fetching[key]()
      else insert(editor, key as Exclude<Insertable, Fetched>)
    },
  }
}

const isFetched = (key: string): key is Fetched => key === 'image' || key === 'summary'
