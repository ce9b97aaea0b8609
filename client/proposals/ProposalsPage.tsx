import { Button, Grid, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { type ProposalShelf, type ProposalSummary, proposalShelves } from '../../shared/proposals.ts'
import { useMe } from '../identity/MeContext.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Empty } from '../ui/Empty.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { When } from '../ui/When.tsx'
import { ClaimedBy, ProposalTag } from './ProposalTag.tsx'
import { isOnShelf } from './shelves.ts'
import { useProposals } from './useProposals.ts'
import '../recommendations/recommendations.css'
import './proposals.css'

const isShelf = (name: string | null): name is ProposalShelf => proposalShelves.some((shelf) => shelf === name)

/** What is on its way to a recommendation: what waits for me, what others review, what is my own. */
export function ProposalsPage() {
  const { t } = useTranslation()
  const { me, actor } = useMe()
  const known = actor.accountId !== null
  const [search, setSearch] = useSearchParams()
  const named = search.get('shelf')
  const shelf: ProposalShelf = isShelf(named) ? named : 'waiting'
  const proposals = useProposals(shelf, known)
  if (me && !known) return <NotAllowed />
  return (
    <section className="page">
      <PageHead title={t('proposals.title')}>
        <LinkButton to="/recommendations">{t('shell.recommendations')}</LinkButton>
      </PageHead>
      <div className="stack">
        <div>
          <Segmented<ProposalShelf>
            aria-label={t('proposals.filter')}
            value={shelf}
            onChange={(next) => setSearch(next === 'waiting' ? {} : { shelf: next }, { replace: true })}
            options={proposalShelves.map((value) => ({ value, label: t(`proposals.shelf.${value}`) }))}
          />
        </div>
        <Loaded of={proposals} skeleton={<ListSkeleton />}>
          {({ pages }) => <OnShelf shelf={shelf} list={pages.flat().filter((one) => isOnShelf(one, actor, shelf))} />}
        </Loaded>
        {proposals.hasNextPage && (
          <div>
            <Button loading={proposals.isFetchingNextPage} onClick={() => void proposals.fetchNextPage()}>
              {t('proposals.more')}
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}

function OnShelf({ shelf, list }: { shelf: ProposalShelf; list: ProposalSummary[] }) {
  const { t } = useTranslation()
  const wide = Grid.useBreakpoint().md ?? true
  if (list.length === 0) return <Empty>{t(`proposals.emptyShelf.${shelf}`)}</Empty>
  if (!wide)
    return (
      <ul className="plain-list sheet">
        {list.map((one) => (
          <li key={one.id} className="recommendation-card">
            <TitleOf one={one} />
            <div className="row row-wide">
              <ProposalTag proposal={one} />
              <Claim one={one} />
            </div>
          </li>
        ))}
      </ul>
    )
  const columns: Column<ProposalSummary>[] = [
    { key: 'title', title: t('recommendations.title'), draw: (one) => <TitleOf one={one} /> },
    { key: 'status', title: t('proposals.stands'), width: 150, draw: (one) => <ProposalTag proposal={one} /> },
    { key: 'claim', title: t('proposals.reviewer'), width: 280, draw: (one) => <Claim one={one} /> },
    { key: 'at', title: t('proposals.at'), width: 200, draw: ({ submittedAt, createdAt }) => <When at={submittedAt ?? createdAt} /> },
  ]
  return <DataTable label={t('proposals.title')} columns={columns} rows={list} keyOf={({ id }) => id} minWidth={860} />
}

function Claim({ one: { status, claim } }: { one: ProposalSummary }) {
  return status === 'received' || status === 'first-review' || status === 'second-review' ? <ClaimedBy claim={claim} /> : null
}

function TitleOf({ one: { id, title, meetingTitle, proposer, signers } }: { one: ProposalSummary }) {
  const { t } = useTranslation()
  const signed = signers.filter(({ answer, current }) => answer === 'signed' && current).length
  return (
    <>
      <Link to={`/recommendations/proposals/${id}`} className="recommendation-title">
        {title || t('proposals.untitled')}
      </Link>
      <div className="soft small">
        {meetingTitle} · {proposer.name}
        {signed > 0 && ` · ${t('proposals.signedCount', { count: signed })}`}
      </div>
    </>
  )
}
