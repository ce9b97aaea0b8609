import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { type QueueView, queueViews } from '../../shared/queue.ts'
import { isOpen, type Suggestion } from '../../shared/suggestions.ts'
import { useMe } from '../identity/MeContext.tsx'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { FilterBar } from './FilterBar.tsx'
import { type Filter, passes, usePlaces } from './filters.ts'
import { KeyHelp } from './KeyHelp.tsx'
import { type Asking, QueueDialogs } from './QueueDialogs.tsx'
import { type Doing, QueueItem } from './QueueItem.tsx'
import { useClaim } from './useClaim.ts'
import { useDecisions } from './useDecisions.ts'
import { useKeys } from './useKeys.ts'
import { useQueue } from './useQueue.ts'

/** What moderators work through, by keyboard or by hand. */
export function QueueList({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [view, setView] = useState<QueueView>('pending')
  const [filter, setFilter] = useState<Filter>({})
  const [currentId, setCurrentId] = useState<string>()
  const [place, setPlace] = useState(0)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<Asking | null>(null)
  const [helping, setHelping] = useState(false)
  const places = usePlaces(meeting)
  const queue = useQueue(meeting.id, view)
  const decisions = useDecisions(meeting.id, queue.put)
  const list = queue.list?.filter((suggestion) => passes(filter, suggestion, places.regionOf))

  const othersClaim = ({ id }: Suggestion) => {
    const claim = queue.claims.get(id)
    return claim && claim.accountId !== actor.accountId && claim.until > new Date().toISOString() ? claim : undefined
  }
  // What was decided leaves the view; then the next one that nobody works on stands in its place.
  const index = list?.findIndex(({ id }) => id === currentId) ?? -1
  const current = list && (index >= 0 ? list[index] : (list.slice(place).find((one) => !othersClaim(one)) ?? list.at(-1)))
  useClaim(current?.id, current !== undefined && isOpen(current) && !othersClaim(current))

  function pick(suggestion: Suggestion | undefined) {
    if (!suggestion || !list) return
    setCurrentId(suggestion.id)
    setPlace(list.indexOf(suggestion))
  }
  const step = (by: number) => list && current && pick(list[list.indexOf(current) + by])
  function choose(id: string, on: boolean) {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  function act(doing: Doing, suggestion = current) {
    if (!suggestion) return
    if (doing === 'takeOver') return void decisions.takeOver(suggestion)
    if (othersClaim(suggestion) || !isOpen(suggestion)) return
    pick(suggestion)
    if (doing === 'answer' || doing === 'merge' || doing === 'hide' || doing === 'bar') return setAsking({ doing, suggestion })
    if (doing === 'publish' && suggestion.status !== 'pending') return
    if (doing === 'discuss' && suggestion.status === 'pending') return
    void decisions[doing](suggestion)
  }
  function publishChosen() {
    void decisions.publishMany([...chosen])
    setChosen(new Set())
  }
  useKeys({
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    p: () => act('publish'),
    a: () => act('answer'),
    m: () => act('merge'),
    h: () => act('hide'),
    s: () => act('pin'),
    d: () => act('discuss'),
    b: () => act('bar'),
    t: () => act('takeOver'),
    x: () => current?.status === 'pending' && choose(current.id, !chosen.has(current.id)),
    u: () => void decisions.undo(),
    '?': () => setHelping(true),
  })
  const unflagged = list?.filter((one) => one.status === 'pending' && !one.flags?.length && !othersClaim(one)).slice(0, 200) ?? []
  return (
    <div className="stack">
      <div className="queue-views">
        <Segmented
          value={view}
          onChange={(next) => {
            setView(next)
            setCurrentId(undefined)
            setPlace(0)
            setChosen(new Set())
          }}
          options={queueViews.map((value) => ({ value, label: t(`queue.view.${value}`, { count: queue.counts?.[value] ?? 0 }) }))}
        />
      </div>
      <FilterBar meeting={meeting} list={queue.list ?? []} places={places} filter={filter} onChange={setFilter} />
      <div className="row">
        <Button size="small" type="primary" disabled={chosen.size === 0} onClick={publishChosen}>
          {t('queue.publishChosen', { count: chosen.size })}
        </Button>
        {unflagged.length > 0 && (
          <Button size="small" onClick={() => setChosen(new Set(unflagged.map(({ id }) => id)))}>
            {t('queue.chooseUnflagged', { count: unflagged.length })}
          </Button>
        )}
        <Button size="small" onClick={() => void decisions.undo()}>
          {t('queue.undo')} <kbd>u</kbd>
        </Button>
        <Button size="small" type="text" onClick={() => setHelping(true)}>
          {t('queue.keys')} <kbd>?</kbd>
        </Button>
      </div>
      <FailureNote failure={queue.failure} />
      {!list && !queue.failure && <ListSkeleton />}
      {list?.length === 0 && <Empty>{t(queue.list?.length ? 'queue.emptyFilter' : `queue.empty.${view}`)}</Empty>}
      <ul className="plain-list queue">
        {list?.map((suggestion) => (
          <QueueItem
            key={suggestion.id}
            suggestion={suggestion}
            current={suggestion === current}
            chosen={chosen.has(suggestion.id)}
            discussed={decisions.shownId === suggestion.id}
            from={suggestion.via && t('suggestions.via', { place: places.nameOf(suggestion.via) ?? suggestion.via })}
            claim={othersClaim(suggestion)}
            onPick={() => pick(suggestion)}
            onChoose={(on) => choose(suggestion.id, on)}
            onDo={(doing) => act(doing, suggestion)}
          />
        ))}
      </ul>
      {asking && <QueueDialogs asking={asking} decisions={decisions} onClose={() => setAsking(null)} />}
      {helping && <KeyHelp onClose={() => setHelping(false)} />}
    </div>
  )
}
