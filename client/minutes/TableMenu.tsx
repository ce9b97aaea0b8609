import { TableOutlined } from '@ant-design/icons'
import type { ChainedCommands, Editor } from '@tiptap/core'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'

const changes = {
  rowAbove: (chain) => chain.addRowBefore(),
  rowBelow: (chain) => chain.addRowAfter(),
  columnBefore: (chain) => chain.addColumnBefore(),
  columnAfter: (chain) => chain.addColumnAfter(),
  mergeOrSplit: (chain) => chain.mergeOrSplit(),
  headerRow: (chain) => chain.toggleHeaderRow(),
  deleteRow: (chain) => chain.deleteRow(),
  deleteColumn: (chain) => chain.deleteColumn(),
  deleteTable: (chain) => chain.deleteTable(),
} satisfies Record<string, (chain: ChainedCommands) => ChainedCommands>
type Change = keyof typeof changes
const names = Object.keys(changes) as Change[]

/** What can be done to the table with the cursor. */
export function TableMenu({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const items = names.map((key) => ({ key, label: t(`minutes.table.${key}`), danger: key.startsWith('delete') }))
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => changes[key as Change](editor.chain().focus()).run() }} trigger={['click']}>
      <Button size="small" icon={<TableOutlined aria-hidden />} aria-haspopup="menu">
        {t('minutes.insert.table')}
      </Button>
    </Dropdown>
  )
}
