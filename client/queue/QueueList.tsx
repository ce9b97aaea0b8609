import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { failureOf } from '../transport/failures.ts'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Unreadable } from '../ui/Loaded.tsx'
import { FilterBar } from './FilterBar.tsx'
import { KeyHelp } from './KeyHelp.tsx'
import { QueueDialogs } from './QueueDialogs.tsx'
import { QueueItem } from './QueueItem.tsx'
import { QueueTools, Views } from './QueueTools.tsx'
import { useQueueWork } from './useQueueWork.ts'

/** What moderators work through, by keyboard or by hand. */
export function QueueList({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const work = useQueueWork(meeting)
  const { queue, list, view, places, decisions, asking, current } = work
  if (!list && queue.error) return <Unreadable error={queue.error} retry={() => void queue.read()} />
  return (
    <div className="stack">
      <Views view={view} counts={queue.counts} onChange={work.look} />
      <FilterBar meeting={meeting} list={queue.list ?? []} places={places} filter={work.filter} onChange={work.setFilter} />
      <QueueTools work={work} />
      {queue.error ? <FailureNote failure={failureOf(queue.error)} /> : null}
      {!list && <ListSkeleton />}
      {list?.length === 0 && <Empty>{t(queue.list?.length ? 'queue.emptyFilter' : `queue.empty.${view}`)}</Empty>}
      <ul className="plain-list queue">
        {list?.map((suggestion) => (
          <QueueItem
            key={suggestion.id}
            suggestion={suggestion}
            current={suggestion === current}
            byKeys={work.byKeys}
            chosen={work.chosen.has(suggestion.id)}
            discussed={decisions.shownId === suggestion.id}
            pending={decisions.pending}
            from={suggestion.via && t('suggestions.via', { place: places.nameOf(suggestion.via) ?? suggestion.via })}
            claim={work.othersClaim(suggestion)}
            onPick={() => work.pick(suggestion)}
            onChoose={(on) => work.choose(suggestion, on)}
            onDo={(doing) => work.act(doing, suggestion)}
          />
        ))}
      </ul>
      {asking && <QueueDialogs asking={asking} decisions={decisions} onClose={work.close} />}
      {work.helping && <KeyHelp onClose={work.close} />}
    </div>
  )
}
