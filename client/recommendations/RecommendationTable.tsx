import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Recommendation } from '../../shared/recommendations.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { AssignmentLine } from './AssignmentTag.tsx'

type Props = { list: readonly Recommendation[] }

export function RecommendationTable({ list }: Props) {
  const { t } = useTranslation()
  const columns: Column<Recommendation>[] = [
    {
      key: 'number',
      title: t('recommendations.number'),
      width: 170,
      draw: ({ number }) => <span className="recommendation-number">{number}</span>,
    },
    { key: 'title', title: t('recommendations.title'), draw: (one) => <TitleOf one={one} /> },
    { key: 'departments', title: t('recommendations.departments'), width: '48%', draw: (one) => <Departments one={one} /> },
  ]
  return <DataTable label={t('shell.recommendations')} columns={columns} rows={list} keyOf={({ id }) => id} />
}

export function RecommendationCards({ list }: Props) {
  return (
    <ul className="plain-list sheet">
      {list.map((one) => (
        <li key={one.id} className="recommendation-card">
          <div className="recommendation-number">{one.number}</div>
          <TitleOf one={one} />
          <Departments one={one} />
        </li>
      ))}
    </ul>
  )
}

function TitleOf({ one: { id, title, meetingTitle, createdAt } }: { one: Recommendation }) {
  return (
    <>
      <Link to={`/recommendations/${id}`} className="recommendation-title">
        {title}
      </Link>
      <div className="soft small">
        {meetingTitle} · <When at={createdAt} part="day" />
      </div>
    </>
  )
}

function Departments({ one: { assignments } }: { one: Recommendation }) {
  const { t } = useTranslation()
  if (assignments.length === 0) return <StateTag tone="next">{t('recommendations.toIssue')}</StateTag>
  return assignments.map((assignment) => <AssignmentLine key={assignment.id} assignment={assignment} />)
}
