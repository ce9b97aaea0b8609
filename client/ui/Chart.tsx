import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
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

/** Told apart also by those who see few colours (Okabe and Ito), and dark enough on white. */
export const chartColours = ['#0b5c7d', '#c05a00', '#5b3fa0', '#00735c', '#a3195b', '#6b5900'] as const

/** A chart with its finding above and its figures behind. The library comes with the first one that is shown. */
export function Chart({ title, option, table, height = 240, renderer = 'svg', children }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const latest = useRef(option)
  const [failed, setFailed] = useState(false)
  latest.current = option

  useEffect(() => {
    const element = box.current
    if (!element) return
    let gone = false
    const fit = new ResizeObserver(() => chart.current?.resize())
    import('./echarts.ts').then(
      ({ init }) => {
        if (gone) return
        chart.current = init(element, null, { renderer })
        chart.current.setOption(withDefaults(latest.current))
        fit.observe(element)
      },
      () => setFailed(true),
    )
    return () => {
      gone = true
      fit.disconnect()
      chart.current?.dispose()
      chart.current = null
    }
  }, [renderer])
  useEffect(() => {
    chart.current?.setOption(withDefaults(option), { notMerge: true })
  }, [option])

  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      {/* What the picture shows is said by its title and read in its table. */}
      {failed ? <p className="soft">{t('common.chartFailed')}</p> : <div ref={box} style={{ height }} aria-hidden="true" />}
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

const withDefaults = (option: EChartsCoreOption): EChartsCoreOption => ({
  color: [...chartColours],
  textStyle: { fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font'), fontSize: 14, color: '#56616d' },
  animation: false,
  ...option,
})
