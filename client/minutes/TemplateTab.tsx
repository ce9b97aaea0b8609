import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../identity/MeContext.tsx'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { managedRegions } from '../stations/managedRegions.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { TemplateForm } from './TemplateForm.tsx'
import './template.css'

/** What the minutes of one's own regions, and those below them, begin with. */
export function TemplateTab() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const within = managedRegions(actor, 'minutes:template')
  const own = within.filter((code) => code !== '')
  const [chosen, setChosen] = useState<string>()
  const regionCode = chosen ?? own[0]
  const names = useRegionNames([...own, ...(regionCode === undefined ? [] : [regionCode])], [])
  const known = [...names].filter(([code]) => own.includes(code) || code === regionCode).map(([code, path]) => ({ code, path: [...path] }))
  return (
    <div className="stack stack-wide">
      <p className="soft">{t('minutes.template.intro')}</p>
      <div className="template-region">
        <RegionSelect
          aria-label={t('minutes.template.region')}
          placeholder={t('minutes.template.region')}
          within={within}
          known={known}
          {...(regionCode === undefined ? {} : { value: regionCode })}
          onChange={setChosen}
        />
      </div>
      {regionCode === undefined ? <Empty>{t('minutes.template.pickRegion')}</Empty> : <OfRegion key={regionCode} regionCode={regionCode} />}
    </div>
  )
}

function OfRegion({ regionCode }: { regionCode: string }) {
  const read = useQueryOf('minutes-template', { regionCode })
  return <Loaded of={read}>{({ own, inherited }) => <TemplateForm key={own.version} own={own} inherited={inherited} />}</Loaded>
}
