import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LedgerLine, Outcome } from '../../shared/ledger.ts'
import { canSomewhere } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { issuable, remindable } from './counting.ts'
import { IssueMany } from './IssueMany.tsx'
import { RemindMany } from './RemindMany.tsx'

export type Told = { outcomes: readonly Outcome[]; nameOf: ReadonlyMap<string, string> }
type Props = { selected: readonly LedgerLine[]; onClear: () => void; onDone: (told: Told) => void }

/** What can be done to all that are selected. */
export function BulkBar({ selected, onClear, onDone }: Props) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [asking, setAsking] = useState<'issue' | 'remind' | null>(null)
  const toIssue = canSomewhere(actor, 'assignment:issue') ? oncePerRecommendation(issuable(selected)) : []
  const toRemind = remindable(actor, selected)

  function done(outcomes: readonly Outcome[], key: 'recommendationId' | 'assignmentId') {
    const nameOf = new Map(selected.map((line) => [line[key] ?? '', `${line.number} ${line.title}`]))
    setAsking(null)
    onDone({ outcomes, nameOf })
  }
  return (
    <section className="sheet ledger-bulk" aria-label={t('ledger.selected', { count: selected.length })}>
      <strong role="status">{t('ledger.selected', { count: selected.length })}</strong>
      {toIssue.length > 0 && (
        <Button type="primary" onClick={() => setAsking('issue')}>
          {t('ledger.issueMany')} {toIssue.length}
        </Button>
      )}
      {toRemind.length > 0 && (
        <Button onClick={() => setAsking('remind')}>
          {t('ledger.remindMany')} {toRemind.length}
        </Button>
      )}
      <Button type="link" onClick={onClear}>
        {t('ledger.unselect')}
      </Button>
      {asking === 'issue' && (
        <IssueMany lines={toIssue} onClose={() => setAsking(null)} onDone={(outcomes) => done(outcomes, 'recommendationId')} />
      )}
      {asking === 'remind' && (
        <RemindMany lines={toRemind} onClose={() => setAsking(null)} onDone={(outcomes) => done(outcomes, 'assignmentId')} />
      )}
    </section>
  )
}

const oncePerRecommendation = (lines: readonly LedgerLine[]) => [...new Map(lines.map((line) => [line.recommendationId, line])).values()]
