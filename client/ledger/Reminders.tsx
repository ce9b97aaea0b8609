import { useTranslation } from 'react-i18next'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { When } from '../ui/When.tsx'
import './ledger.css'

/** Who reminded the department of an assignment, and with which words. Nothing while nobody has. */
export function Reminders({ assignmentId }: { assignmentId: string }) {
  const { t } = useTranslation()
  const { data = [] } = useQueryOf('assignment-reminders', { assignmentId }, { staleTime: 30_000 })
  if (data.length === 0) return null
  return (
    <details className="ledger-reminders">
      <summary>{t('ledger.reminded', { count: data.length })}</summary>
      <ul className="plain-list">
        {data.map(({ id, at, byName, words }) => (
          <li key={id}>
            <div className="row row-wide soft">
              <span>{t('ledger.remindedBy', { name: byName })}</span>
              <When at={at} />
            </div>
            {words && <div className="pre">{words}</div>}
          </li>
        ))}
      </ul>
    </details>
  )
}
