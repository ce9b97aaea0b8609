import { useState } from 'react'
import type { Action } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { managedRegions } from './managedRegions.ts'

/** The region that somebody is choosing among those in which they may do this, their first one to begin with, and the props of its `RegionSelect`. */
export function useManagedRegion(action: Action) {
  const { actor } = useMe()
  const within = managedRegions(actor, action)
  const own = within.filter((code) => code !== '')
  const [chosen, setChosen] = useState<string>()
  const regionCode = chosen ?? own[0]
  const names = useRegionNames([...own, ...(regionCode === undefined ? [] : [regionCode])], [])
  const known = [...names].filter(([code]) => own.includes(code) || code === regionCode).map(([code, path]) => ({ code, path: [...path] }))
  return { regionCode, select: { within, known, ...(regionCode === undefined ? {} : { value: regionCode }), onChange: setChosen } }
}
