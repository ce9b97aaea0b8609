import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { LedgerLine } from '../../shared/ledger.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { When } from '../ui/When.tsx'
import '../ui/table.css'
import { LineDue, LineTag, pathOf } from './LineTag.tsx'

type Props = {
  lines: readonly LedgerLine[]
  selectable: ReadonlySet<string>
  selected: ReadonlySet<string>
  onSelect: (ids: ReadonlySet<string>) => void
}

/** A line for each department's part; what follows of the same recommendation does not say its name again. */
export function LedgerTable({ lines, selectable, selected, onSelect }: Props) {
  const { t } = useTranslation()
  const offered = lines.filter(({ id }) => selectable.has(id)).map(({ id }) => id)
  const chosen = offered.filter((id) => selected.has(id))
  const all = chosen.length === offered.length
  const toggle = (id: string) => onSelect(new Set(selected.has(id) ? [...selected].filter((one) => one !== id) : [...selected, id]))
  return (
    <section className="table-frame" aria-label={t('shell.recommendations')}>
      <table className="table ledger-table">
        <thead>
          <tr>
            {offered.length > 0 && (
              <th className="ledger-check">
                <Checkbox
                  aria-label={t('ledger.selectAll')}
                  checked={all}
                  indeterminate={!all && chosen.length > 0}
                  onChange={() => onSelect(new Set(all ? [] : offered))}
                />
              </th>
            )}
            <th scope="col">{t('ledger.title')}</th>
            <th scope="col" style={{ width: '26%' }}>
              {t('ledger.department')}
            </th>
            <th scope="col" style={{ width: 168 }}>
              {t('ledger.state')}
            </th>
            <th scope="col" style={{ width: 96, textAlign: 'right' }}>
              {t('ledger.due')}
            </th>
            <th scope="col" style={{ width: 64 }}>
              {t('ledger.grade')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, place) => (
            <tr key={line.id} className={isSame(lines[place - 1], line) ? 'ledger-same' : undefined}>
              {offered.length > 0 && (
                <td className="ledger-check">
                  {selectable.has(line.id) && (
                    <Checkbox
                      aria-label={t('ledger.select', {
                        title: line.title,
                        department: line.organizationName || t('recommendations.toIssue'),
                      })}
                      checked={selected.has(line.id)}
                      onChange={() => toggle(line.id)}
                    />
                  )}
                </td>
              )}
              <td>
                {isSame(lines[place - 1], line) ? (
                  <span className="visually-hidden">{t('ledger.sameRecommendation')}</span>
                ) : (
                  <Title line={line} />
                )}
              </td>
              <td>
                {line.organizationName}
                <div className="soft small">
                  <PartOf line={line} />
                  {regionName(line.regionPath)}
                </div>
              </td>
              <td>
                <LineTag line={line} />
              </td>
              <td style={{ textAlign: 'right' }}>
                <LineDue line={line} />
              </td>
              <td>{line.grade}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Whether the department leads or has a part: of one alone that goes without saying. */
function PartOf({ line: { id, parties } }: { line: LedgerLine }) {
  const { t } = useTranslation()
  const own = parties.find((party) => party.id === id)
  return own && parties.length > 1 ? <span>{t(`handling.part.${own.part}`)} · </span> : null
}

const isSame = (before: LedgerLine | undefined, { recommendationId }: LedgerLine) =>
  recommendationId !== null && before?.recommendationId === recommendationId

export function Title({ line }: { line: LedgerLine }) {
  const { number, title, meetingTitle, createdAt } = line
  return (
    <>
      <Link to={pathOf(line)} className="recommendation-title">
        {title}
      </Link>
      <div className="soft small">
        {number}
        {meetingTitle && ` · ${meetingTitle}`} · <When at={createdAt} part="day" />
      </div>
    </>
  )
}
