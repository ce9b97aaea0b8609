import { ReloadOutlined } from '@ant-design/icons'
import { Button, Segmented, Select, Skeleton } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { isPublic, type Suggestion } from '../../shared/suggestions.ts'
import { useMe } from '../identity/MeContext.tsx'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { inRank, type Order, orders, rankBy } from './order.ts'
import { StanceCard } from './StanceCard.tsx'
import { SuggestionForm } from './SuggestionForm.tsx'
import { SuggestionItem } from './SuggestionItem.tsx'
import { useNextCard } from './useNextCard.ts'
import { useStanceCounts } from './useStanceCounts.ts'
import type { Suggestions } from './useSuggestions.ts'
import './suggestions.css'

const filters = ['all', 'pending', 'public'] as const
type Filter = (typeof filters)[number]

const passes: Record<Filter, (suggestion: Suggestion) => boolean> = {
  all: () => true,
  pending: (suggestion) => suggestion.status === 'pending',
  public: isPublic,
}

/** The public's suggestions as the room reads them; moderators decide what becomes of each. */
export function SuggestionPanel({ meeting, suggestions, mayCite }: { meeting: Meeting; suggestions: Suggestions; mayCite: boolean }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const orderField = useId()
  const [filter, setFilter] = useState<Filter>('all')
  const mayModerate = can(actor, 'suggestion:moderate', subjectOfMeeting(meeting))
  const { list, failure, readFirst } = suggestions
  // Whoever moderates takes no part, and sees what people think; everybody else says first what they think themselves.
  const next = useNextCard(meeting, !mayModerate)
  const maySee = mayModerate || next.isOpen
  const counts = useStanceCounts(meeting.id, mayModerate ? 'told' : next.isOpen ? 'asking' : 'closed')
  const [order, setOrder] = useState<Order>('newest')
  const [rank, setRank] = useState<ReadonlyMap<string, number>>(new Map())
  const shown = list && inRank(list.filter(passes[filter]), rank)
  function sortBy(wanted: Order) {
    setOrder(wanted)
    // What came is newest first already; another order is of this moment.
    setRank(wanted === 'newest' ? new Map() : rankBy(wanted, list ?? [], counts))
    if (wanted !== 'newest') readFirst(wanted)
  }
  return (
    <div className="tab-body stack">
      {!mayModerate && <StanceCard next={next} />}
      <SuggestionForm meetingId={meeting.id} onPosted={suggestions.put} />
      <Segmented
        block
        value={filter}
        onChange={setFilter}
        options={filters.map((value) => ({ value, label: t(`suggestions.filter.${value}`) }))}
      />
      <div className="suggestion-order">
        <label htmlFor={orderField}>{t('suggestions.order.label')}</label>
        <Select
          id={orderField}
          size="small"
          popupMatchSelectWidth={false}
          value={order}
          onSelect={sortBy}
          options={orders
            .filter((value) => maySee || value !== 'contested')
            .map((value) => ({ value, label: t(`suggestions.order.${value}`) }))}
        />
        {order !== 'newest' && (
          <Button size="small" icon={<ReloadOutlined aria-hidden />} onClick={() => sortBy(order)}>
            {t('suggestions.order.again')}
          </Button>
        )}
      </div>
      <FailureNote failure={failure} />
      {!list && !failure && <Skeleton active />}
      {shown?.length === 0 && <Empty>{t(list?.length === 0 ? 'suggestions.empty' : 'suggestions.emptyFilter')}</Empty>}
      <ul className="plain-list suggestions">
        {shown?.map((suggestion) => (
          <SuggestionItem
            key={suggestion.id}
            suggestion={suggestion}
            suggestions={suggestions}
            counts={counts.get(suggestion.id)}
            live={meeting.status === 'live'}
            mayModerate={mayModerate}
            mayCite={mayCite}
          />
        ))}
      </ul>
    </div>
  )
}
