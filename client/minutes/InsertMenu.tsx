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
import { type ReactNode, useEffect, useState } from 'react'
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
  const menu = useInsertMenu(editor, fetching)
  return (
    <>
      <Dropdown menu={{ items: menu.items, onClick: ({ key }) => menu.choose(key) }} trigger={['click']}>
        <Button size="small" icon={<PlusOutlined aria-hidden />} aria-haspopup="menu">
          {t('minutes.tool.insert')}
        </Button>
      </Dropdown>
      <SlashMenu editor={editor} menu={menu} />
    </>
  )
}

const slashMenu = 'slash-menu'
const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

/**
 * At the cursor. The editor keeps the focus, so that no key is lost however fast somebody types: the arrows and Enter are the
 * menu's, Escape closes it, and whoever simply writes on gets their slash.
 */
function SlashMenu({ editor, menu: { items, choose } }: { editor: Editor; menu: ReturnType<typeof useInsertMenu> }) {
  const [active, setActive] = useState(0)
  const leave = (written = '') => {
    close()
    setActive(0)
    if (written) editor.commands.insertContent(written)
  }
  const take = (key: string) => {
    leave()
    choose(key)
  }
  const { at, close } = useSlash(editor, (key) => {
    const step = steps[key]
    if (step !== undefined) setActive((active + step + items.length) % items.length)
    else if (key === 'Enter' && items[active]) take(items[active].key)
    else if (key === 'Escape') leave()
    else if (key === '/') leave('/')
    else {
      if (key.length === 1) leave('/')
      else if (!isModifier.test(key)) leave()
      return false
    }
    return true
  })
  const activeKey = at ? items[active]?.key : undefined
  useEffect(() => {
    const { dom } = editor.view
    if (!activeKey) return
    dom.setAttribute('aria-controls', slashMenu)
    dom.setAttribute('aria-activedescendant', `${slashMenu}-${activeKey}`)
    return () => ['aria-controls', 'aria-activedescendant'].forEach((name) => void dom.removeAttribute(name))
  }, [editor, activeKey])
  if (!at) return null
  return (
    <Dropdown
      open
      trigger={['click']}
      placement="bottomLeft"
      menu={{
        id: slashMenu,
        items: items.map((item, place) => ({ ...item, id: `${slashMenu}-${item.key}`, onMouseEnter: () => setActive(place) })),
        activeKey: activeKey ?? '',
        selectable: false,
        onClick: ({ key }) => take(key),
      }}
      onOpenChange={(open) => open || leave()}
    >
      <span className="minutes-slash" style={{ left: at.left, top: at.bottom }} />
    </Dropdown>
  )
}

const isModifier = /^(Shift|Control|Alt|Meta|CapsLock)$/

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
