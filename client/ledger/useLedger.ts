import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { LedgerFilter, LedgerSort } from '../../shared/ledger.ts'
import { get } from '../transport/http.ts'
import { keyOf } from '../transport/useQueryOf.ts'

export const pageSize = 50
const everyMs = 60_000

/** The ledger page by page. What was shown stays until another filter has answered. */
export function useLedger(filter: LedgerFilter, sort: LedgerSort, limit = pageSize) {
  const input = { ...filter, sort, limit }
  return useInfiniteQuery({
    queryKey: keyOf('ledger', input),
    queryFn: ({ pageParam, signal }) => get('ledger', { ...input, ...(pageParam && { after: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  })
}

export function useLedgerCounts({ state: _, colour: __, ...filter }: LedgerFilter) {
  return useQuery({
    queryKey: keyOf('ledger-counts', filter),
    queryFn: ({ signal }) => get('ledger-counts', filter, signal),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  })
}
