import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Fragment, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './table.css'

export type Column<T> = { key: string; title: string; draw: (row: T) => ReactNode; width?: number | string; align?: 'right' }

type Props<T> = {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  /** Below this the table scrolls sideways instead of squeezing its columns. */
  minWidth?: number
  /** What a row opens to, and how its button is called. */
  details?: { draw: (row: T) => ReactNode; nameOf: (row: T) => string }
}

/**
 * A plain table. Ant Design's own weighs 50 kB more, and measures scroll bars with a style that the page's security
 * policy does not let through.
 */
export function DataTable<T>({ label, columns, rows, keyOf, minWidth, details }: Props<T>) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState<string | null>(null)
  return (
    <section className="table-frame" aria-label={label} tabIndex={minWidth === undefined ? undefined : 0}>
      <table className="table" style={{ minWidth }}>
        <thead>
          <tr>
            {details && (
              <th className="table-opener">
                <span className="visually-hidden">{t('common.details')}</span>
              </th>
            )}
            {columns.map(({ key, title, width, align }) => (
              <th key={key} scope="col" style={{ width, textAlign: align }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = keyOf(row)
            const open = opened === key
            return (
              <Fragment key={key}>
                <tr>
                  {details && (
                    <td className="table-opener">
                      <Button
                        type="text"
                        size="small"
                        icon={open ? <DownOutlined /> : <RightOutlined />}
                        aria-expanded={open}
                        aria-label={details.nameOf(row)}
                        onClick={() => setOpened(open ? null : key)}
                      />
                    </td>
                  )}
                  {columns.map((column) => (
                    <td key={column.key} style={{ textAlign: column.align }}>
                      {column.draw(row)}
                    </td>
                  ))}
                </tr>
                {details && open && (
                  <tr className="table-details">
                    <td colSpan={columns.length + 1}>{details.draw(row)}</td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
