import type { EChartsCoreOption } from 'echarts/core'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChartBox } from './ChartBox.tsx'
import './chart.css'

type Props = {
  /** What the chart shows, as a sentence: the finding, not the name of the figure. */
  title: string
  option: EChartsCoreOption
  /** The same figures as a table: a name for each column, and the rows. */
  table: { columns: readonly string[]; rows: readonly (readonly (string | number)[])[] }
  height?: number
  /** For clouds of hundreds of points; everything else is sharper and lighter as SVG. */
  renderer?: 'svg' | 'canvas'
  children?: ReactNode
}

/** A chart with its finding above and its figures behind. The library comes with the first one that is shown. */
export function Chart({ title, option, table, height = 240, renderer = 'svg', children }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [failed, setFailed] = useState(false)

  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      {/* What the picture shows is said by its title and read in its table. */}
      {failed ? (
        <p className="soft">{t('common.chartFailed')}</p>
      ) : (
        <ChartBox option={option} height={height} renderer={renderer} onFail={() => setFailed(true)} />
      )}
      {children}
      <details className="chart-table" open={failed}>
        <summary>{t('common.figures')}</summary>
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                {table.columns.map((column, at) => (
                  <th key={column} scope="col" className={at > 0 ? 'number' : undefined}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.join('\u0000')}>
                  {row.map((cell, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column.
                    <td key={at} className={typeof cell === 'number' ? 'number' : undefined}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}
