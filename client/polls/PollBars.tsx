import { CheckOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { type Poll, percentOf } from '../../shared/polls.ts'
import { usePollWords } from './usePollWords.ts'
import './polls.css'

type Props = {
  poll: Pick<Poll, 'kind' | 'options' | 'counts' | 'answered'>
  chosen?: readonly number[] | null
  /** With it the choices can be pressed. */
  onChoose?: ((choice: number) => void) | undefined
  disabled?: boolean
}

/** The choices of a poll, each with its bar as far as the numbers may be seen; pressed to answer while it is open. */
export function PollBars({ poll, chosen, onChoose, disabled = false }: Props) {
  const { t } = useTranslation()
  const { labelsOf } = usePollWords()
  const { counts, answered } = poll
  return (
    <ul className="poll-bars">
      {labelsOf(poll).map((label, choice) => {
        const count = counts?.[choice]
        const percent = percentOf(count ?? 0, answered)
        const mine = chosen?.includes(choice) ?? false
        const row = (
          <>
            {count !== undefined && <span className="poll-bar" style={{ width: `${percent}%` }} aria-hidden />}
            <span className="poll-label">
              {mine && <CheckOutlined role="img" aria-hidden={onChoose !== undefined} aria-label={t('polls.chosen')} />} {label}
            </span>
            {count !== undefined && <span className="poll-count">{t('polls.share', { count, percent })}</span>}
          </>
        )
        return (
          <li key={label}>
            {onChoose ? (
              <button type="button" className="poll-row" aria-pressed={mine} disabled={disabled} onClick={() => onChoose(choice)}>
                {row}
              </button>
            ) : (
              <div className="poll-row" data-mine={mine}>
                {row}
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
