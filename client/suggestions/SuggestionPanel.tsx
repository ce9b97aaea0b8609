import { Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { isPublic, type Suggestion } from '../../shared/suggestions.ts'
import { useMe } from '../identity/MeContext.tsx'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { SuggestionForm } from './SuggestionForm.tsx'
import { SuggestionItem } from './SuggestionItem.tsx'
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
  const [filter, setFilter] = useState<Filter>('all')
  const mayModerate = can(actor, 'suggestion:moderate', subjectOfMeeting(meeting))
  const { list, failure } = suggestions
  const shown = list?.filter(passes[filter])
  return (
    <div className="tab-body stack">
      <SuggestionForm meetingId={meeting.id} onPosted={suggestions.put} />
      <Segmented
        block
        value={filter}
        onChange={setFilter}
        options={filters.map((value) => ({ value, label: t(`suggestions.filter.${value}`) }))}
      />
      <FailureNote failure={failure} />
      {!list && !failure && <Skeleton active />}
      {shown?.length === 0 && <Empty>{t(list?.length === 0 ? 'suggestions.empty' : 'suggestions.emptyFilter')}</Empty>}
      <ul className="plain-list suggestions">
        {shown?.map((suggestion) => (
          <SuggestionItem
            key={suggestion.id}
            suggestion={suggestion}
            suggestions={suggestions}
            mayModerate={mayModerate}
            mayCite={mayCite}
          />
        ))}
      </ul>
    </div>
  )
}
