import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import type { Language } from '../i18n/language.ts'

const patterns = {
  'zh-CN': { locale: 'zh-cn', whole: 'YYYY年M月D日 ddd HH:mm', day: 'YYYY年M月D日', dayOfWeek: 'YYYY年M月D日 dddd', clock: 'HH:mm' },
  en: { locale: 'en', whole: 'ddd D MMM YYYY, HH:mm', day: 'D MMM YYYY', dayOfWeek: 'dddd D MMMM YYYY', clock: 'HH:mm' },
} as const

export type DatePart = 'whole' | 'day' | 'dayOfWeek' | 'clock'

/** An instant as every page writes it, in the reader's own time zone: 2026年11月23日 周一 14:00. */
export function formatInstant(at: string, language: Language, part: DatePart = 'whole'): string {
  const pattern = patterns[language]
  return dayjs(at).locale(pattern.locale).format(pattern[part])
}

const dayMs = 86_400_000

/** Whole days from now until then by the calendar: 0 today, 1 tomorrow, negative once past. */
export function calendarDaysUntil(at: string, now: Date): number {
  return Math.round((dayjs(at).startOf('day').valueOf() - dayjs(now).startOf('day').valueOf()) / dayMs)
}
