import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import '../home/home.css'
import '../recommendations/recommendations.css'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { DaysUntil } from '../ui/When.tsx'

/** What one has still to judge, as a proposer or for one's department; nothing at all when there is nothing. */
export function ToEvaluate() {
  const { t } = useTranslation()
  const id = useId()
  const { data } = useQueryOf('to-evaluate', {}, { refetchInterval: 60_000 })
  if (!data || data.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {t('evaluations.toEvaluate')} <span className="soft">{data.length}</span>
      </h2>
      <ul className="plain-list sheet">
        {data.map(({ evaluatorId, side, recommendation, organizationName, dueAt }) => (
          <li key={evaluatorId} className="task-row">
            <strong className="task-verb">{t('evaluations.title')}</strong>
            <div className="grow">
              <Link to={`/recommendations/${recommendation.id}`} className="recommendation-title">
                {recommendation.title}
              </Link>
              <div className="soft small">
                {[recommendation.number, organizationName, t('evaluations.as', { side: t(`evaluations.side.${side}`) })].join(' · ')}
              </div>
            </div>
            <span className="assignment-due soft">
              <DaysUntil at={dueAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
