import { useTranslation } from 'react-i18next'
import type { Clock } from '../../shared/clocks.ts'
import { useDayWords } from './useDayWords.ts'

/** How a date came about, step by step. */
export function HowCounted({ clock }: { clock: Clock }) {
  const { t } = useTranslation()
  const words = useDayWords()
  const { from, period, pausedDays, counted, due, special, provisional } = clock.how
  return (
    <div className="how-counted">
      <ol>
        <li>{t(`clocks.from.${clock.kind}`, { day: words.day(from), period: words.period(period) })}</li>
        {clock.extensions.map((one) => (
          <li key={one.id}>{t('clocks.extended', { period: words.period(one.period), reason: one.reason, by: one.byName })}</li>
        ))}
        {pausedDays > 0 && <li>{t('clocks.pausedDays', { days: pausedDays })}</li>}
        {counted !== due && <li>{t('clocks.counted', { day: words.day(counted) })}</li>}
        {counted !== due && <li>{t('clocks.moved', { day: words.day(due) })}</li>}
        <li>
          <strong>{t('clocks.due', { day: words.day(due) })}</strong>
        </li>
      </ol>
      {special.length > 0 && (
        <details>
          <summary>{t('clocks.special')}</summary>
          <ul className="plain-list how-special">
            {special.map(({ day, work, name }) => (
              <li key={day}>
                <span>{words.day(day)}</span>
                <span>{t(work ? 'clocks.dayOn' : 'clocks.dayOff')}</span>
                <span className="soft">{name}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {provisional && <p>{t('clocks.provisional')}</p>}
      <p className="soft small">{t('clocks.source')}</p>
    </div>
  )
}
