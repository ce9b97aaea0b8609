import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Scope } from '../../shared/policy.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { get } from '../transport/http.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'

/** Scopes in words: a region by its path, an organization or a meeting by its name. */
export function useScopeNames(scopes: readonly Scope[]): (scope: Scope) => string {
  const { t } = useTranslation()
  const codes = scopes.flatMap((scope) => (scope.kind === 'region' && scope.regionCode !== '' ? [scope.regionCode] : []))
  const regions = useRegionNames(codes, [])
  const organizations = useAllOrganizations(scopes.some(({ kind }) => kind === 'organization'))
  const { data: meetings = [] } = useQueryOf('meetings', { limit: 200 }, { enabled: scopes.some(({ kind }) => kind === 'meeting') })

  return (scope) => {
    if (scope.kind === 'meeting') return meetings.find(({ id }) => id === scope.meetingId)?.title ?? t('admin.someMeeting')
    if (scope.kind === 'organization')
      return organizations.find(({ id }) => id === scope.organizationId)?.name ?? t('admin.someOrganization')
    return scope.regionCode === '' ? t('common.wholeCountry') : regionName(regions.get(scope.regionCode) ?? [scope.regionCode])
  }
}

/** Every organization, province by province: there is no list of them all, and there are a few hundred at most. */
export function useAllOrganizations(enabled = true) {
  const { data = [] } = useQuery({
    queryKey: ['organizations', 'everywhere'],
    enabled,
    queryFn: async ({ signal }) => {
      const provinces = await get('regions', {}, signal)
      const lists = await Promise.all(provinces.map(({ code }) => get('organizations', { regionCode: code }, signal)))
      return lists.flat()
    },
  })
  return data
}
