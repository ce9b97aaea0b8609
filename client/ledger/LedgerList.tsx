import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LedgerCounts, LedgerLine } from '../../shared/ledger.ts'
import { canSomewhere } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { failureOf } from '../transport/failures.ts'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { BulkBar, type Told } from './BulkBar.tsx'
import { countOf, figureOf, isNarrowed, issuable, remindable } from './counting.ts'
import { LedgerCards } from './LedgerCards.tsx'
import { LedgerTable } from './LedgerTable.tsx'
import { Outcomes } from './Outcomes.tsx'
import { pageSize, useLedger } from './useLedger.ts'
import { useLedgerAddress } from './useLedgerAddress.ts'

type Props = { counts: LedgerCounts | undefined; wide: boolean }

/** The lines themselves, page after page. */
export function LedgerList({ counts, wide }: Props) {
  const { t } = useTranslation()
  const { filter, sort } = useLedgerAddress()
  const ledger = useLedger(filter, sort)
  const counted = { state: filter.state, colour: filter.colour }
  const total = counts ? countOf(counts, counted) : null
  const failure = ledger.data && ledger.error ? failureOf(ledger.error) : null
  return (
    <Loaded of={ledger} skeleton={<ListSkeleton />}>
      {({ pages }) => {
        const lines = pages.flatMap((page) => page.lines)
        if (lines.length === 0) return <Empty>{t(isNarrowed(filter) ? 'ledger.noneMatch' : 'ledger.empty')}</Empty>
        return (
          <div className="stack" aria-busy={ledger.isPlaceholderData}>
            <Lines lines={lines} wide={wide} />
            <FailureNote failure={failure} />
            <div className="row row-wide ledger-more">
              <span className="soft small" role="status">
                {counts && total !== null && total >= lines.length
                  ? t('ledger.shown', { shown: lines.length, total: figureOf(counts, counted) })
                  : t('ledger.shownSoFar', { shown: lines.length })}
              </span>
              {ledger.hasNextPage && (
                <Button loading={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
                  {t('ledger.more', { count: nextOf(counts, total, lines.length) })}
                </Button>
              )}
            </div>
          </div>
        )
      }}
    </Loaded>
  )
}

/** How many more the next page shows, as far as that is known. */
function nextOf(counts: LedgerCounts | undefined, total: number | null, shown: number): number {
  const left = total === null || counts?.atLeast ? pageSize : total - shown
  return left < 1 ? pageSize : Math.min(pageSize, left)
}

/** What is selected is remembered by its id, and forgotten once it is no longer shown. */
function Lines({ lines, wide }: { lines: readonly LedgerLine[]; wide: boolean }) {
  const { actor } = useMe()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [told, setTold] = useState<Told | null>(null)
  const selected = lines.filter(({ id }) => chosen.has(id))
  const offered = new Set(
    [...(canSomewhere(actor, 'assignment:issue') ? issuable(lines) : []), ...remindable(actor, lines)].map(({ id }) => id),
  )
  if (!wide) return <LedgerCards lines={lines} />
  return (
    <>
      {selected.length > 0 && <BulkBar selected={selected} onClear={() => setChosen(new Set())} onDone={setTold} />}
      {told && <Outcomes {...told} onClose={() => setTold(null)} />}
      <LedgerTable lines={lines} selectable={offered} selected={chosen} onSelect={setChosen} />
    </>
  )
}
