import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../identity/MeContext.tsx'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { LexiconForm } from './LexiconForm.tsx'
import './topics.css'

/** A region's words by category, and when they make a topic. */
export function LexiconTab() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const own = actor.grants.find(({ role, scope }) => role === 'secretary' && scope.kind === 'region' && scope.regionCode !== '')?.scope
  const [chosen, setChosen] = useState<string>()
  const regionCode = chosen ?? (own?.kind === 'region' ? own.regionCode : undefined)
  const names = useRegionNames(regionCode === undefined ? [] : [regionCode], [])
  const path = regionCode === undefined ? undefined : names.get(regionCode)
  return (
    <div className="stack stack-wide">
      <p className="soft topics-hint">{t('topics.lexiconIntro')}</p>
      <div className="lexicon-region">
        <RegionSelect
          aria-label={t('topics.region')}
          placeholder={t('topics.region')}
          {...(regionCode === undefined ? {} : { value: regionCode })}
          {...(regionCode === undefined || !path ? {} : { known: [{ code: regionCode, path: [...path] }] })}
          onChange={setChosen}
        />
      </div>
      {regionCode === undefined ? <Empty>{t('topics.pickRegion')}</Empty> : <OfRegion key={regionCode} regionCode={regionCode} />}
    </div>
  )
}

function OfRegion({ regionCode }: { regionCode: string }) {
  const lexicon = useQueryOf('lexicon', { regionCode })
  return <Loaded of={lexicon}>{(found) => <LexiconForm key={`${found.source} ${found.version}`} lexicon={found} />}</Loaded>
}
