import { useTranslation } from 'react-i18next'
import type { ImportReport } from '../../shared/ledger.ts'

/** What a file would bring, row by row where something stands in the way. */
export function Report({ report: { rows, fresh, known, problems, stored } }: { report: ImportReport }) {
  const { t } = useTranslation()
  return (
    <div className="stack">
      {!stored && (
        <p role="status">
          {t('ledger.report', { rows, fresh, known: known.length, wrong: problems.length })} {fresh === 0 && t('ledger.reportNothing')}
        </p>
      )}
      {problems.length > 0 && (
        <section aria-label={t('ledger.wrongRows')}>
          <h3 className="ledger-report-title">{t('ledger.wrongRows')}</h3>
          <ul className="plain-list ledger-report">
            {problems.map(({ row, field, problem, value }) => (
              <li key={`${row} ${field} ${problem}`}>
                <span className="soft">{t('ledger.importRow', { row })}</span> {field && t(`ledger.column.${field}`)}{' '}
                {t(`ledger.wrong.${problem}`)}
                {value && <q className="soft">{value}</q>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {known.length > 0 && (
        <section aria-label={t('ledger.knownRows')}>
          <h3 className="ledger-report-title">{t('ledger.knownRows')}</h3>
          <ul className="plain-list ledger-report">
            {known.map(({ row, number }) => (
              <li key={row}>
                <span className="soft">{t('ledger.importRow', { row })}</span> {number}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
