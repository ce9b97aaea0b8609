import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type Claim, isInView, type QueueView } from '../../shared/queue.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { recounted } from '../suggestions/counts.ts'
import { useConnection } from '../transport/ConnectionContext.tsx'
import { get, type QueryOutput } from '../transport/http.ts'
import { mergeNewer } from '../transport/mergeNewer.ts'
import { useClaims } from './useClaims.ts'

type Counts = QueryOutput<'queue'>['counts']

export type Queue = {
  /** What belongs to the view, in its order; undefined until there is an answer for it. */
  list: Suggestion[] | undefined
  /** Whether the list is more than what other views have brought of it. */
  whole: boolean
  counts: Counts | null
  claims: ReadonlyMap<string, Claim>
  /** Why it could not be read, the last time. */
  error: unknown
  put: (...suggestions: Suggestion[]) => void
  putClaim: (claim: Claim) => void
  read: () => Promise<void>
}

/** While changes come, the numbers are read again so often. */
const readEveryMs = 1_500

/** One view of the queue: read when it is opened and after every reconnect, then kept by its news. */
export function useQueue(meetingId: string, view: QueueView): Queue {
  const { listen, onConnect } = useConnection()
  const [known, setKnown] = useState<ReadonlyMap<string, Suggestion>>(new Map())
  const [counts, setCounts] = useState<Counts | null>(null)
  const [readView, setReadView] = useState<QueueView>()
  const [error, setError] = useState<unknown>(null)
  const { claims, read: readClaims, put: putClaim } = useClaims()
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)

  const put = useCallback((...suggestions: Suggestion[]) => setKnown((before) => mergeNewer(before, ...suggestions)), [])
  const read = useCallback(async () => {
    try {
      const answer = await get('queue', { meetingId, view })
      put(...answer.suggestions)
      readClaims(answer)
      setCounts(answer.counts)
      setReadView(view)
      setError(null)
    } catch (error) {
      setError(error)
    }
  }, [meetingId, view, put, readClaims])

  useEffect(() => {
    const changed = (suggestion: Suggestion) => {
      if (suggestion.meetingId !== meetingId) return
      put(suggestion)
      waiting.current ??= setTimeout(() => {
        waiting.current = undefined
        void read()
      }, readEveryMs)
    }
    const stops = [
      listen('suggestion:changed', changed),
      listen('suggestions:counted', (fresh) => setKnown((before) => recounted(before, fresh))),
      listen('queue:claimed', putClaim),
      onConnect(() => void read()),
    ]
    return () => {
      clearTimeout(waiting.current)
      waiting.current = undefined
      for (const stop of stops) stop()
    }
  }, [listen, onConnect, meetingId, put, putClaim, read])

  const list = useMemo(() => {
    const inView = [...known.values()].filter((one) => isInView(view, one)).sort(orders[view])
    return inView.length > 0 || readView === view ? inView : undefined
  }, [known, readView, view])
  return { list, whole: readView === view, counts, claims, error, put, putClaim, read }
}

const later = (a: Suggestion, b: Suggestion) => (a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1)
const orders: Record<QueueView, (a: Suggestion, b: Suggestion) => number> = {
  pending: later,
  flagged: (a, b) => later(b, a),
  unanswered: (a, b) => b.supportCount - a.supportCount || later(a, b),
  all: (a, b) => later(b, a),
}
