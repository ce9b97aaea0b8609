import { Grid, Input, Segmented } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Recommendation } from '../../shared/recommendations.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { isStage, matches, type Stage, stages } from './filter.ts'
import { RecommendationCards, RecommendationTable } from './RecommendationTable.tsx'

export function RecommendationsPage() {
  const { t } = useTranslation()
  const { me, actor } = useMe()
  const known = actor.accountId !== null
  const recommendations = useQueryOf('recommendations', {}, { enabled: known, refetchInterval: 60_000 })
  if (me && !known) return <NotAllowed />
  return (
    <section className="page">
      <PageHead title={t('shell.recommendations')}>
        <LinkButton to="/recommendations/proposals">{t('proposals.open')}</LinkButton>
      </PageHead>
      <Loaded of={recommendations} skeleton={<ListSkeleton />}>
        {(list) => (list.length > 0 ? <Filtered list={list} /> : <Empty>{t('recommendations.empty')}</Empty>)}
      </Loaded>
    </section>
  )
}

/** The filter stands in the address, so that it survives going back and can be sent to somebody. */
function Filtered({ list }: { list: Recommendation[] }) {
  const { t } = useTranslation()
  const wide = Grid.useBreakpoint().md ?? true
  const [search, setSearch] = useSearchParams()
  const named = search.get('stage')
  const stage: Stage = isStage(named) ? named : 'all'
  const text = search.get('text') ?? ''
  const shown = useMemo(() => list.filter((one) => matches(one, stage, text, new Date())), [list, stage, text])

  function choose(next: { stage: Stage; text: string }) {
    const kept = Object.entries(next).filter(([, value]) => value !== '' && value !== 'all')
    setSearch(Object.fromEntries(kept), { replace: true })
  }
  const empty = <Empty>{t('recommendations.noneMatch')}</Empty>
  return (
    <div className="stack">
      <div className="row row-wide">
        <Segmented<Stage>
          aria-label={t('recommendations.filter')}
          value={stage}
          onChange={(next) => choose({ stage: next, text })}
          options={stages.map((value) => ({ value, label: t(`recommendations.stage.${value}`) }))}
        />
        <Input.Search
          allowClear
          value={text}
          aria-label={t('recommendations.searchLabel')}
          placeholder={t('recommendations.search')}
          onChange={(event) => choose({ stage, text: event.target.value })}
          style={{ maxWidth: 320 }}
        />
      </div>
      {shown.length === 0 ? empty : wide ? <RecommendationTable list={shown} /> : <RecommendationCards list={shown} />}
    </div>
  )
}
