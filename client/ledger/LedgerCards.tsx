import type { LedgerLine } from '../../shared/ledger.ts'
import { Title } from './LedgerTable.tsx'
import { LineDue, LineTag } from './LineTag.tsx'

/** The lines on a phone, one under another. */
export function LedgerCards({ lines }: { lines: readonly LedgerLine[] }) {
  return (
    <ul className="plain-list sheet">
      {lines.map((line) => (
        <li key={line.id} className="recommendation-card">
          <Title line={line} />
          {line.organizationName && <div>{line.organizationName}</div>}
          <div className="row row-wide">
            <LineTag line={line} />
            <LineDue line={line} />
            {line.grade && <span className="soft">{line.grade}</span>}
          </div>
        </li>
      ))}
    </ul>
  )
}
