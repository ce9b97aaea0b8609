import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/useLanguage.ts'
import { calendarDaysUntil, type DatePart, formatInstant } from './dates.ts'

/** A date and time, in the one form that all pages use. */
export function When({ at, part = 'whole' }: { at: string; part?: DatePart }) {
  const { language } = useLanguage()
  return <time dateTime={at}>{formatInstant(at, language, part)}</time>
}

/** How far away a day is, with the exact instant on hover. */
export function DaysUntil({ at }: { at: string }) {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const days = calendarDaysUntil(at, new Date())
  const words =
    days === 0
      ? t('common.today')
      : days === 1
        ? t('common.tomorrow')
        : days > 0
          ? t('common.inDays', { days })
          : t('common.daysAgo', { days: -days })
  return (
    <time dateTime={at} title={formatInstant(at, language)}>
      {words}
    </time>
  )
}
