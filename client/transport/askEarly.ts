import type { QueryClient } from '@tanstack/react-query'
import type { QueryName } from '../../shared/contract.ts'
import { get, type QueryInput } from './http.ts'
import { keyOf } from './useQueryOf.ts'

/** What the first page will ask is asked before it is drawn: drawing takes longer than the answer. */
export function askEarly(queryClient: QueryClient, path: string) {
  const ask = <K extends QueryName>(name: K, input: QueryInput<K>) =>
    void queryClient.prefetchQuery({ queryKey: keyOf(name, input), queryFn: ({ signal }) => get(name, input, signal) })
  ask('me', {})
  const meetingId = /^\/meetings\/([0-9a-f]{8}-[0-9a-f-]{27})(\/|$)/.exec(path)?.[1]
  if (meetingId) ask('meeting', { meetingId })
}
