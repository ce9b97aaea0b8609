import { useTranslation } from 'react-i18next'
import { averageOf, type Poll } from '../../shared/polls.ts'

const points = [1, 2, 3, 4, 5]
const moods = ['veryGood', 'good', 'neither', 'bad', 'veryBad'] as const

/** What stands on a poll's choices, and what its numbers say. */
export function usePollWords() {
  const { t } = useTranslation()
  return {
    labelsOf({ kind, options }: Pick<Poll, 'kind' | 'options'>): string[] {
      if (kind === 'scale') return points.map((n) => t('polls.points', { n }))
      if (kind === 'mood') return moods.map((mood) => t(`polls.moods.${mood}`))
      return options
    },
    summaryOf({ kind, counts, answered }: Pick<Poll, 'kind' | 'counts' | 'answered'>): string {
      const average = kind === 'scale' && counts ? averageOf(counts) : null
      const people = t('polls.answered', { count: answered })
      return average === null ? people : `${people} · ${t('polls.average', { average: average.toFixed(1) })}`
    },
  }
}
