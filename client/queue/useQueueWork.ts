import { useRef, useState } from 'react'
import type { Meeting } from '../../shared/meetings.ts'
import type { QueueView } from '../../shared/queue.ts'
import { isOpen, type Suggestion } from '../../shared/suggestions.ts'
import { useMe } from '../identity/MeContext.tsx'
import { type Doing, mayDo } from './doings.ts'
import { type Filter, passes, usePlaces } from './filters.ts'
import { alsoKeys, type KeyAction, queueKeys } from './keys.ts'
import type { Asking } from './QueueDialogs.tsx'
import { useClaim } from './useClaim.ts'
import { useCursor } from './useCursor.ts'
import { useDecisions } from './useDecisions.ts'
import { useKeys } from './useKeys.ts'
import { useQueue } from './useQueue.ts'

const mostChosen = 200

/** A moderator's work on the queue: the view and its filter, the one before them, the ones that are chosen, and what each key does. */
export function useQueueWork(meeting: Meeting) {
  const { actor } = useMe()
  const [view, setView] = useState<QueueView>('pending')
  const [filter, setFilter] = useState<Filter>({})
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<Asking | null>(null)
  const [helping, setHelping] = useState(false)
  /** Whoever works by keys has the focus follow. */
  const byKeys = useRef(false)
  const places = usePlaces(meeting)
  const queue = useQueue(meeting.id, view)
  const decisions = useDecisions(meeting.id, queue.put, queue.putClaim)
  const list = queue.list?.filter((suggestion) => passes(filter, suggestion, places.regionOf))

  const othersClaim = ({ id }: Suggestion) => {
    const claim = queue.claims.get(id)
    return claim && claim.accountId !== actor.accountId ? claim : undefined
  }
  const isTaken = (suggestion: Suggestion) => othersClaim(suggestion) !== undefined
  const { current, pick, step, goTo, reset } = useCursor(list, queue.whole, isTaken)
  useClaim(current?.id, current !== undefined && isOpen(current) && !isTaken(current))

  // What was decided meanwhile, or is looked at by somebody else now, is no longer chosen.
  const publishable = list?.filter((one) => one.status === 'pending' && !isTaken(one)) ?? []
  const unflagged = publishable.filter(({ flags }) => !flags?.length).slice(0, mostChosen)
  const chosenNow = publishable.filter(({ id }) => chosen.has(id)).slice(0, mostChosen)

  function choose({ id }: Suggestion, on = !chosen.has(id)) {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  function look(next: QueueView) {
    setView(next)
    setChosen(new Set())
    reset()
  }
  function act(doing: Doing, suggestion = current) {
    if (!suggestion || !mayDo(doing, suggestion, isTaken(suggestion))) return
    pick(suggestion)
    if (doing === 'answer' || doing === 'merge' || doing === 'hide' || doing === 'bar') setAsking({ doing, suggestion })
    else void decisions[doing](suggestion)
  }
  function publishChosen() {
    if (chosenNow.length === 0) return
    void decisions.publishMany(chosenNow.map(({ id }) => id))
    setChosen(new Set())
  }
  const chooseUnflagged = () => setChosen(new Set(unflagged.map(({ id }) => id)))
  const undo = () => void decisions.undo(goTo)
  const help = () => setHelping(true)

  const does: Record<KeyAction, () => void> = {
    next: () => step(1),
    previous: () => step(-1),
    publish: () => act('publish'),
    keep: () => act('keep'),
    answer: () => act('answer'),
    merge: () => act('merge'),
    hide: () => act('hide'),
    pin: () => act('pin'),
    discuss: () => act('discuss'),
    bar: () => act('bar'),
    takeOver: () => act('takeOver'),
    reopen: () => act('reopen'),
    undo,
    choose: () => current?.status === 'pending' && choose(current),
    chooseUnflagged,
    publishChosen,
    pending: () => look('pending'),
    flagged: () => look('flagged'),
    unanswered: () => look('unanswered'),
    all: () => look('all'),
    help,
  }
  const pressed = ([key, action]: [string, KeyAction]) => [
    key,
    () => {
      byKeys.current = true
      does[action]()
    },
  ]
  useKeys(Object.fromEntries(Object.entries({ ...queueKeys, ...alsoKeys }).map(pressed)), ['j', 'k', 'ArrowDown', 'ArrowUp'])

  return {
    queue,
    list,
    view,
    look,
    filter,
    setFilter,
    places,
    decisions,
    undo,
    current,
    pick,
    act,
    othersClaim,
    byKeys,
    chosen,
    choose,
    chosenNow,
    unflagged,
    chooseUnflagged,
    publishChosen,
    asking,
    helping,
    help,
    close() {
      setAsking(null)
      setHelping(false)
    },
  }
}

export type QueueWork = ReturnType<typeof useQueueWork>
