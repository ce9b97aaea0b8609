import { useQueries } from '@tanstack/react-query'
import { parentOf } from '../../shared/regions.ts'
import { get } from '../transport/http.ts'
import { keyOf } from '../transport/useQueryOf.ts'
import type { NamedRegion } from './useRegionChoices.ts'

/** The names of regions by their codes, read through the lists of their parents; those already known are not read. */
export function useRegionNames(codes: readonly string[], known: readonly NamedRegion[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map(known.map(({ code, path }) => [code, path] as const))
  const parents = [...new Set(codes.filter((code) => !names.has(code)).map(parentOf))]
  const lists = useQueries({
    queries: parents.map((parent) => {
      const input = parent === null ? {} : { parentCode: parent }
      return { queryKey: keyOf('regions', input), queryFn: () => get('regions', input), staleTime: Number.POSITIVE_INFINITY }
    }),
  })
  for (const { data } of lists) for (const { code, path } of data ?? []) names.set(code, path)
  return names
}
