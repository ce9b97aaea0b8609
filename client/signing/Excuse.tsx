import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { MinutesExcuse } from '../../shared/minutes-stages.ts'
import { When } from '../ui/When.tsx'
import { MissingList } from './MissingList.tsx'

/** What the text lacked when it was settled, and why it goes without: whoever signs should know. */
export function Excuse({ excuse: { reason, name, at, parts } }: { excuse: MinutesExcuse }) {
  const { t } = useTranslation()
  const title = useId()
  return (
    <details className="stage-excuse">
      <summary id={title}>
        {t('signing.missing.excused', { count: parts.length, name, reason })} <When at={at} />
      </summary>
      <MissingList parts={parts} labelledBy={title} />
    </details>
  )
}
