import { useTranslation } from 'react-i18next'
import { endOf } from '../../shared/calendar.ts'
import type { Day, Period } from '../../shared/clocks.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { formatInstant } from '../ui/dates.ts'

/** Days and periods as people read them. */
export function useDayWords() {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return {
    day: (day: Day) => formatInstant(endOf(day), language, 'day'),
    period: ({ amount, unit }: Period) => t(`clocks.period.${unit}`, { amount }),
  }
}
