import type { QueryClient } from '@tanstack/react-query'
import type { QueryName } from '../../shared/contract.ts'
import { get, type QueryInput } from './http.ts'
import { keyOf } from './useQueryOf.ts'

/** Asks for what will be shown soon. */
export const prefetch = <K extends QueryName>(queryClient: QueryClient, name: K, input: QueryInput<K>) =>
  void queryClient.prefetchQuery({ queryKey: keyOf(name, input), queryFn: ({ signal }) => get(name, input, signal) })

/** What the first page will ask is asked before it is drawn: drawing takes longer than the answer. */
export function askEarly(queryClient: QueryClient, path: string) {
  prefetch(queryClient, 'me', {})
  const meetingId = /^\/meetings\/([0-9a-f]{8}-[0-9a-f-]{27})(\/|$)/.exec(path)?.[1]
  if (meetingId) prefetch(queryClient, 'meeting', { meetingId })
}
