import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../identity/MeContext.tsx'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { RulesForm } from './RulesForm.tsx'
import './guard.css'

/** The words and links of a region that moderators shall look at. */
export function RulesTab() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const own = actor.grants.find(({ role, scope }) => role === 'secretary' && scope.kind === 'region' && scope.regionCode !== '')?.scope
  const [chosen, setChosen] = useState<string>()
  const regionCode = chosen ?? (own?.kind === 'region' ? own.regionCode : undefined)
  const names = useRegionNames(regionCode === undefined ? [] : [regionCode], [])
  const path = regionCode === undefined ? undefined : names.get(regionCode)
  return (
    <div className="stack stack-wide page-narrow">
      <p className="soft">{t('guard.rulesIntro')}</p>
      <RegionSelect
        aria-label={t('guard.rulesRegion')}
        placeholder={t('guard.rulesRegion')}
        {...(regionCode === undefined ? {} : { value: regionCode })}
        {...(regionCode === undefined || !path ? {} : { known: [{ code: regionCode, path: [...path] }] })}
        onChange={setChosen}
      />
      {regionCode === undefined ? <Empty>{t('guard.pickRegion')}</Empty> : <OfRegion key={regionCode} regionCode={regionCode} />}
    </div>
  )
}

function OfRegion({ regionCode }: { regionCode: string }) {
  const rules = useQueryOf('guard-rules', { regionCode })
  return <Loaded of={rules}>{(line) => <RulesForm key={line.at(-1)?.version ?? 0} regionCode={regionCode} line={line} />}</Loaded>
}
