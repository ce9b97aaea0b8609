import type { Language } from './words.ts'

const weekdays: Record<Language, readonly string[]> = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number) => String(value).padStart(2, '0')

/** 14:05 */
export const timeOf = (date: Date) => `${two(date.getHours())}:${two(date.getMinutes())}`

/** 14:05:09 */
export const secondOf = (date: Date) => `${timeOf(date)}:${two(date.getSeconds())}`

/** 2026年11月23日 周一, by hand because old WebViews disagree about Intl's spaces. */
export function dayOf(date: Date, language: Language): string {
  const weekday = weekdays[language][date.getDay()]
  return language === 'zh-CN'
    ? `${date.getFullYear()}年${date.getMonth() + 1}月${date.getDate()}日 ${weekday}`
    : `${weekday} ${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}`
}

/** 2026年11月23日 周一 14:00 */
export const momentOf = (iso: string, language: Language) => `${dayOf(new Date(iso), language)} ${timeOf(new Date(iso))}`

/** The time alone for today, with the day otherwise. */
export function shortMomentOf(iso: string, language: Language, now: Date): string {
  const date = new Date(iso)
  return date.toDateString() === now.toDateString() ? timeOf(date) : momentOf(iso, language)
}
