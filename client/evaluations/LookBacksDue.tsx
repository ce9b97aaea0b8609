import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import '../home/home.css'
import { useMe } from '../identity/MeContext.tsx'
import '../recommendations/recommendations.css'
import { managedRegions } from '../stations/managedRegions.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { DaysUntil } from '../ui/When.tsx'

const soonMs = 14 * 86_400_000
const mostShown = 5

/** What a secretariat has to look back on within two weeks, or should have; nothing at all when there is nothing. */
export function LookBacksDue() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const id = useId()
  const manages = managedRegions(actor, 'evaluation:manage').length > 0
  const { data } = useQueryOf('look-backs', { limit: mostShown }, { enabled: manages, staleTime: 60_000 })
  const due = data?.filter(({ next }) => next && Date.parse(next.dueAt) < Date.now() + soonMs) ?? []
  if (due.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {t('evaluations.follow.dueSoon')}{' '}
        <Link to="/follow-up" className="small">
          {t('evaluations.follow.all')}
        </Link>
      </h2>
      <ul className="plain-list sheet">
        {due.map(({ assignmentId, recommendation, organizationName, next }) => (
          <li key={assignmentId} className="task-row">
            <strong className="task-verb">{next && t(`evaluations.follow.stage.${next.stage}`)}</strong>
            <div className="grow">
              <Link to={`/recommendations/${recommendation.id}`} className="recommendation-title">
                {recommendation.title}
              </Link>
              <div className="soft small">{[recommendation.number, organizationName].join(' · ')}</div>
            </div>
            <span className="assignment-due soft">{next && <DaysUntil at={next.dueAt} />}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
