import { useInfiniteQuery } from '@tanstack/react-query'
import { type ProposalShelf, proposalCursor } from '../../shared/proposals.ts'
import { get } from '../transport/http.ts'
import { keyOf } from '../transport/useQueryOf.ts'

const pageSize = 50
const everyMs = 10_000

/** A shelf of proposals, page by page. */
export function useProposals(shelf: ProposalShelf, enabled: boolean) {
  const input = { shelf, which: shelf === 'all' ? 'all' : 'open', limit: pageSize } as const
  return useInfiniteQuery({
    queryKey: keyOf('proposals', input),
    queryFn: ({ pageParam, signal }) => get('proposals', { ...input, ...(pageParam && { after: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => (page.length === pageSize ? proposalCursor(page.at(-1)!) : null),
    refetchInterval: everyMs,
    enabled,
  })
}
