import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Failure } from '../../shared/errors.ts'
import { type Claim, isInView, type QueueView } from '../../shared/queue.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { recounted } from '../suggestions/counts.ts'
import { useConnection } from '../transport/ConnectionContext.tsx'
import { failureOf } from '../transport/failures.ts'
import { get, type QueryOutput } from '../transport/http.ts'
import { mergeNewer } from '../transport/mergeNewer.ts'

type Counts = QueryOutput<'queue'>['counts']

export type Queue = {
  /** What belongs to the view, in its order; undefined until the first answer. */
  list: Suggestion[] | undefined
  counts: Counts | null
  claims: ReadonlyMap<string, Claim>
  failure: Failure | null
  put: (...suggestions: Suggestion[]) => void
}

/** Changes come in bursts; the numbers are read again once they have passed. */
const settleMs = 1_500

/** One view of the queue: read when it is opened and after every reconnect, then kept by its news. */
export function useQueue(meetingId: string, view: QueueView): Queue {
  const { listen, onConnect } = useConnection()
  const [known, setKnown] = useState<ReadonlyMap<string, Suggestion>>(new Map())
  const [claims, setClaims] = useState<ReadonlyMap<string, Claim>>(new Map())
  const [counts, setCounts] = useState<Counts | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined)

  const put = useCallback((...suggestions: Suggestion[]) => setKnown((before) => mergeNewer(before, ...suggestions)), [])
  const read = useCallback(async () => {
    try {
      const answer = await get('queue', { meetingId, view })
      put(...answer.suggestions)
      setClaims(new Map(answer.claims.map((claim) => [claim.suggestionId, claim])))
      setCounts(answer.counts)
      setFailure(null)
    } catch (error) {
      setFailure(failureOf(error))
    }
  }, [meetingId, view, put])

  useEffect(() => {
    const changed = (suggestion: Suggestion) => {
      if (suggestion.meetingId !== meetingId) return
      put(suggestion)
      clearTimeout(settling.current)
      settling.current = setTimeout(() => void read(), settleMs)
    }
    const stops = [
      listen('suggestion:changed', changed),
      listen('suggestions:counted', (fresh) => setKnown((before) => recounted(before, fresh))),
      listen('queue:claimed', (claim) => setClaims((before) => new Map(before).set(claim.suggestionId, claim))),
      onConnect(() => void read()),
    ]
    return () => {
      clearTimeout(settling.current)
      for (const stop of stops) stop()
    }
  }, [listen, onConnect, meetingId, put, read])

  const list = useMemo(
    () => (counts ? [...known.values()].filter((one) => isInView(view, one)).sort(orders[view]) : undefined),
    [counts, known, view],
  )
  return { list, counts, claims, failure, put }
}

const later = (a: Suggestion, b: Suggestion) => (a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? -1 : 1)
const orders: Record<QueueView, (a: Suggestion, b: Suggestion) => number> = {
  pending: later,
  flagged: (a, b) => later(b, a),
  unanswered: (a, b) => b.supportCount - a.supportCount || later(a, b),
  all: (a, b) => later(b, a),
}
