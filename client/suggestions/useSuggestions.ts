import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Failure } from '../../shared/errors.ts'
import { type Suggestion, wholeSuggestion } from '../../shared/suggestions.ts'
import { useConnection } from '../transport/ConnectionContext.tsx'
import { failureOf } from '../transport/failures.ts'
import { get } from '../transport/http.ts'
import { mergeNewer } from '../transport/mergeNewer.ts'
import { recounted } from './counts.ts'
import type { Order } from './order.ts'

export type Suggestions = {
  /** Newest first; undefined until the first answer. */
  list: Suggestion[] | undefined
  byId: ReadonlyMap<string, Suggestion>
  failure: Failure | null
  put: (suggestion: Suggestion) => void
  /** Reads what stands first in an order, since a list is never read whole. */
  readFirst: (order: Order) => void
  readAgain: () => void
}

/** A meeting's suggestions as the room sees them: every new one at once, and read again after every reconnect. */
export function useSuggestions(meetingId: string): Suggestions {
  const { listen, onConnect } = useConnection()
  const [known, setKnown] = useState<ReadonlyMap<string, Suggestion>>(new Map())
  const [read, setRead] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const put = useCallback((...suggestions: Suggestion[]) => setKnown((before) => mergeNewer(before, ...suggestions)), [])
  const readAgain = useCallback(() => {
    get('suggestions', { meetingId }).then(
      (list) => {
        put(...list)
        setRead(true)
        setFailure(null)
      },
      (error: unknown) => setFailure(failureOf(error)),
    )
  }, [meetingId, put])

  const readFirst = useCallback(
    (order: Order) => {
      const reading = order === 'contested' ? get('contested', { meetingId }) : get('suggestions', { meetingId, sort: order })
      reading.then(
        (list) => put(...list),
        (error: unknown) => setFailure(failureOf(error)),
      )
    },
    [meetingId, put],
  )

  useEffect(() => {
    // Listen first: a change that lands while the list loads must not be lost.
    const stops = [
      listen('suggestion:changed', (suggestion) => {
        if (suggestion.meetingId === meetingId) put(suggestion)
      }),
      listen('suggestion:shown', (shown) => put(wholeSuggestion(meetingId, shown))),
      listen('suggestions:counted', (counts) => setKnown((before) => recounted(before, counts))),
      onConnect(readAgain),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [listen, onConnect, meetingId, put, readAgain])

  const list = useMemo(() => (read || known.size > 0 ? [...known.values()].sort(newestFirst) : undefined), [known, read])
  return { list, byId: known, failure, put, readFirst, readAgain }
}

const newestFirst = (a: Suggestion, b: Suggestion) =>
  a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1
