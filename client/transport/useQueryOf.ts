import { QueryClient, useQuery } from '@tanstack/react-query'
import type { QueryName } from '../../shared/contract.ts'
import { RequestFailure } from './failures.ts'
import { get, type QueryInput, type QueryOutput } from './http.ts'

/** Only what may pass by itself is tried again; a refusal stays one. */
const mayPass = new Set(['unavailable', 'internal'])

export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => count < 2 && error instanceof RequestFailure && mayPass.has(error.failure.code),
      },
    },
  })

/** The key under which an answer is kept; `[name]` alone means every answer of that name. */
export const keyOf = <K extends QueryName>(name: K, input: QueryInput<K>) => [name, input] as const

/** Reads one list or thing and keeps it. `data` is undefined until the first answer. */
export function useQueryOf<K extends QueryName>(
  name: K,
  input: QueryInput<K>,
  options: { enabled?: boolean; refetchInterval?: number; staleTime?: number } = {},
) {
  return useQuery<QueryOutput<K>>({ queryKey: keyOf(name, input), queryFn: ({ signal }) => get(name, input, signal), ...options })
}
