import { Grid, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { FollowUpLink } from '../evaluations/FollowUpLink.tsx'
import { useMe } from '../identity/MeContext.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { Board } from './Board.tsx'
import { ExportButton } from './ExportButton.tsx'
import { FilterBar } from './FilterBar.tsx'
import { ImportButton } from './ImportButton.tsx'
import { LedgerList } from './LedgerList.tsx'
import { StateStrip } from './StateStrip.tsx'
import { useLedgerCounts } from './useLedger.ts'
import { type Shape, shapes, useLedgerAddress } from './useLedgerAddress.ts'
import '../recommendations/recommendations.css'
import './ledger.css'

/** 台账: all recommendations that somebody may read, as a table or as a board. */
export function LedgerPage() {
  const { t } = useTranslation()
  const { me, actor } = useMe()
  const known = actor.accountId !== null
  if (me && !known) return <NotAllowed />
  return (
    <section className="page page-ledger">
      <PageHead title={t('shell.recommendations')}>{known && <Tools />}</PageHead>
      {known && <Ledger />}
    </section>
  )
}

function Tools() {
  const { t } = useTranslation()
  const { shape, show } = useLedgerAddress()
  const wide = Grid.useBreakpoint().md ?? true
  return (
    <>
      {wide && (
        <Segmented<Shape>
          aria-label={t('ledger.shape')}
          value={shape}
          onChange={(next) => show({ shape: next })}
          options={shapes.map((value) => ({ value, label: t(`ledger.${value}`) }))}
        />
      )}
      <LinkButton to="/recommendations/proposals">{t('proposals.open')}</LinkButton>
      <FollowUpLink />
      <ExportButton />
      {wide && <ImportButton />}
    </>
  )
}

function Ledger() {
  const { filter, shape } = useLedgerAddress()
  const wide = Grid.useBreakpoint().md ?? true
  const counts = useLedgerCounts(filter)
  return (
    <div className="stack">
      <FilterBar wide={wide} />
      {shape === 'board' && wide ? (
        <Loaded of={counts} skeleton={<ListSkeleton />}>
          {(found) => <Board counts={found} />}
        </Loaded>
      ) : (
        <>
          {/* The lines do not wait for the counts; their place is kept. */}
          {counts.data ? <StateStrip counts={counts.data} /> : <div className="ledger-strip-place" />}
          <LedgerList counts={counts.data} wide={wide} />
        </>
      )}
    </div>
  )
}
