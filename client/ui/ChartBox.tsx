import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef } from 'react'

/** Told apart also by those who see few colours (Okabe and Ito), and dark enough on white. */
export const chartColours = ['#0b5c7d', '#c05a00', '#5b3fa0', '#00735c', '#a3195b', '#6b5900'] as const

type Props = {
  option: EChartsCoreOption
  height: number | string
  renderer?: 'svg' | 'canvas'
  onFail?: () => void
}

/** The picture alone, for where its words and figures stand elsewhere. The library comes with the first one that is shown. */
export function ChartBox({ option, height, renderer = 'svg', onFail }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const latest = useRef({ option, onFail })
  latest.current = { option, onFail }

  useEffect(() => {
    const element = box.current
    if (!element) return
    let gone = false
    const fit = new ResizeObserver(() => chart.current?.resize())
    import('./echarts.ts').then(
      ({ init }) => {
        if (gone) return
        chart.current = init(element, null, { renderer })
        chart.current.setOption(withDefaults(latest.current.option))
        fit.observe(element)
      },
      () => latest.current.onFail?.(),
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

  return <div ref={box} style={{ height }} aria-hidden="true" />
}

const withDefaults = (option: EChartsCoreOption): EChartsCoreOption => ({
  color: [...chartColours],
  textStyle: { fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font'), fontSize: 14, color: '#56616d' },
  animation: false,
  ...option,
})
