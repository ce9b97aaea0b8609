import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { categoryName } from '../suggestions/categoryName.ts'
import { type Filter, noCode, type usePlaces } from './filters.ts'

type Props = {
  meeting: Meeting
  list: readonly Suggestion[]
  places: ReturnType<typeof usePlaces>
  filter: Filter
  onChange: (filter: Filter) => void
}

/** Narrows the queue to an agenda item, a category, a place or a region, each as far as there is something to choose. */
export function FilterBar({ meeting, list, places, filter, onChange }: Props) {
  const { t } = useTranslation()
  const distinct = (of: (suggestion: Suggestion) => string) => [...new Set(list.map(of))].sort()
  const choices: { key: keyof Filter; word: string; options: { value: string; label: string }[] }[] = [
    { key: 'agendaItemId', word: t('queue.agendaItem'), options: meeting.agenda.map(({ id, title }) => ({ value: id, label: title })) },
    {
      key: 'category',
      word: t('queue.category'),
      options: distinct(({ category }) => category ?? noCode).map((value) => ({
        value,
        label: value === noCode ? t('queue.noCategory') : categoryName(value, t),
      })),
    },
    {
      key: 'via',
      word: t('queue.place'),
      options: distinct(({ via }) => via ?? noCode).map((value) => ({
        value,
        label: value === noCode ? t('queue.ownCode') : (places.nameOf(value) ?? value),
      })),
    },
    {
      key: 'regionCode',
      word: t('queue.region'),
      options: meeting.regions.map(({ code, path }) => ({ value: code, label: regionName(path) })),
    },
  ]
  return (
    <div className="row queue-filters">
      {choices
        .filter(({ key, options }) => options.length > 1 || filter[key])
        .map(({ key, word, options }) => (
          <Select
            key={key}
            size="small"
            allowClear
            aria-label={word}
            placeholder={word}
            popupMatchSelectWidth={false}
            value={filter[key] ?? null}
            options={options}
            onChange={(value) => {
              const { [key]: _, ...others } = filter
              onChange(value ? { ...others, [key]: value } : others)
            }}
          />
        ))}
    </div>
  )
}
