import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Voice, VoiceShare } from '../../shared/voice.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { categoryName } from '../suggestions/categoryName.ts'
import { Chart } from '../ui/Chart.tsx'
import { formatInstant } from '../ui/dates.ts'
import { rateFinding, shareFinding } from './findings.ts'

/** Suggestions and supports, minute by minute. */
export function RateChart({ voice }: { voice: Voice }) {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { suggestions, supports } = voice.perMinute
  const finding = rateFinding(voice.perMinute)
  const minutes = useMemo(() => {
    const last = Date.parse(voice.at)
    return suggestions.map((_, at) =>
      formatInstant(new Date(last - (suggestions.length - 1 - at) * 60_000).toISOString(), language, 'clock'),
    )
  }, [voice.at, suggestions, language])
  const names = [t('voice.rate.suggestions'), t('voice.rate.supports')] as const
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 8, top: 32, bottom: 4, containLabel: true },
      legend: { top: 0, right: 0, icon: 'rect', itemWidth: 14, itemHeight: 10 },
      tooltip: { trigger: 'axis', confine: true },
      xAxis: { type: 'category', data: minutes, axisLabel: { interval: 14 }, axisTick: { show: false } },
      yAxis: { type: 'value', minInterval: 1, splitNumber: 3 },
      series: [
        { name: names[0], type: 'bar', stack: 'all', data: suggestions, barCategoryGap: '20%' },
        { name: names[1], type: 'bar', stack: 'all', data: supports },
      ],
    }),
    [minutes, suggestions, supports, names[0], names[1]],
  )
  const rows = minutes
    .map((minute, at) => [minute, suggestions[at] ?? 0, supports[at] ?? 0] as const)
    .filter(([, one, other]) => one + other > 0)
  return (
    <Chart
      title={t(`voice.rate.${finding.trend}`, { count: finding.now, difference: finding.difference })}
      option={option}
      height={200}
      table={{ columns: [t('voice.rate.minute'), ...names], rows: rows.reverse() }}
    />
  )
}

const barsShown = 8

/** What it is about, by the region's categories. */
export function CategoryChart({ shares: given }: { shares: readonly VoiceShare[] }) {
  const { t } = useTranslation()
  // A region's own category goes as the region wrote it.
  const shares = given.map((share) => {
    const name = share.key && categoryName(share.key, t)
    return { ...share, key: name, name: [name] }
  })
  const finding = shareFinding(shares)
  const none = t('voice.category.none')
  const shown = shares.filter(({ key }) => key !== '').slice(0, barsShown)
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 48, top: 4, bottom: 4, containLabel: true },
      xAxis: { type: 'value', minInterval: 1, splitNumber: 3, axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: { type: 'category', inverse: true, data: shown.map(({ key }) => key), axisTick: { show: false }, axisLine: { show: false } },
      series: [
        { type: 'bar', data: shown.map(({ suggestions }) => suggestions), label: { show: true, position: 'right' }, barMaxWidth: 18 },
      ],
    }),
    [shown],
  )
  return (
    <Chart
      title={finding ? t('voice.category.finding', finding) : t('voice.category.nothing')}
      option={option}
      height={Math.max(80, 30 * shown.length)}
      table={{
        columns: [t('voice.category.name'), t('voice.rate.suggestions'), t('voice.rate.supports')],
        rows: shares.map(({ key, suggestions, supports }) => [key || none, suggestions, supports]),
      }}
    />
  )
}
