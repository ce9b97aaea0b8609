import { useQueries } from '@tanstack/react-query'
import type { Organization } from '../../shared/regions.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { get } from '../transport/http.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

/** The departments of a meeting's co-hosting regions, by region. */
export function useDepartments(meetingId: string): { label: string; hostCode: string; options: Organization[] }[] {
  const { data: meeting } = useQueryOf('meeting', { meetingId })
  const regions = meeting?.regions ?? []
  const lists = useQueries({
    queries: regions.map(({ code }) => ({
      queryKey: keyOf('organizations', { regionCode: code }),
      queryFn: () => get('organizations', { regionCode: code }),
    })),
  })
  return regions.map(({ code, path }, place) => ({
    label: regionName(path),
    hostCode: code,
    options: (lists[place]?.data ?? []).filter(({ kind }) => kind === 'department'),
  }))
}
