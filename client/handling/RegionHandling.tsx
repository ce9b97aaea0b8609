import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { leadOf } from '../../shared/assignment-machine.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { AssignmentSheet } from '../recommendations/AssignmentSheet.tsx'
import { regionName } from '../regions/RegionPath.tsx'
import { Supervisor } from './Supervisor.tsx'
import './handling.css'

/** The departments that have it, region by region: each region answers for its own part. */
export function HandlingByRegion({ recommendation }: { recommendation: Recommendation }) {
  const codes = [...new Set(recommendation.assignments.map(({ hostCode }) => hostCode))]
  return codes.map((hostCode) => <RegionHandling key={hostCode} hostCode={hostCode} recommendation={recommendation} />)
}

function RegionHandling({ hostCode, recommendation }: { hostCode: string; recommendation: Recommendation }) {
  const { t } = useTranslation()
  const mine = recommendation.assignments.filter((one) => one.hostCode === hostCode).sort(inOrder)
  return (
    <section className="stack">
      <div className="region-head">
        <h2 className="section-title">{regionName(mine[0]!.hostPath)}</h2>
        <Supervisor recommendation={recommendation} hostCode={hostCode} supervisor={mine[0]!.supervisor} />
      </div>
      {!leadOf({ hostCode }, mine) && <Alert type="warning" showIcon title={t('handling.noLead')} />}
      {mine.map((assignment) => (
        <AssignmentSheet key={assignment.id} assignment={assignment} recommendation={recommendation} />
      ))}
    </section>
  )
}

const rank = ({ part, status }: Assignment) => (status === 'returned' ? 2 : part === 'lead' ? 0 : 1)
/** The lead first, and last what was sent back. */
const inOrder = (one: Assignment, other: Assignment) => rank(one) - rank(other)
