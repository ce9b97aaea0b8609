import chineseDays from 'chinese-days'
import type { Calendar } from '../../shared/calendar.ts'
import type { Day, DayKind } from '../../shared/clocks.ts'

/** What a region says of a day, over what holds for the whole country. */
export type OwnDay = { day: Day; work: boolean; name: string }

/**
 * The days on which offices in China work: by the week, by the State Council's yearly arrangement of holidays and the days
 * worked in their place (package `chinese-days`), and by the region's own word, which comes first.
 */
export function chineseCalendar(own: readonly OwnDay[] = []): Calendar {
  const byDay = new Map(own.map((one) => [one.day, one]))
  return {
    kindOf(day): DayKind {
      const said = byDay.get(day)
      if (said) return { day, work: said.work, why: 'region', name: said.name }
      // The name of a day of the arrangement is `English,中文,number of days`; of any other the day of the week.
      const { work, name } = chineseDays.getDayDetail(day)
      const chinese = name.split(',')[1]
      if (chinese === undefined) return { day, work, why: 'week', name: '' }
      return { day, work, why: work ? 'make-up' : 'holiday', name: chinese }
    },
    known: (year) => chineseDays.getDayDetail(`${year}-10-01`).name.includes(','),
  }
}
