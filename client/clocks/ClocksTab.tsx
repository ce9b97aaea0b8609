import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../identity/MeContext.tsx'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { useSetting } from '../regions/useSetting.ts'
import { managedRegions } from '../stations/managedRegions.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { OwnDays } from './OwnDays.tsx'
import { RulesForm } from './RulesForm.tsx'
import { WarningsForm } from './WarningsForm.tsx'
import './clocks.css'

/** Within what time a region's departments sign and reply, and the days on which it works and rests by itself. */
export function ClocksTab() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [chosen, setChosen] = useState<string>()
  const regionCode = chosen ?? managedRegions(actor)[0]
  const names = useRegionNames(regionCode === undefined ? [] : [regionCode], [])
  const path = regionCode === undefined ? undefined : names.get(regionCode)
  return (
    <div className="stack stack-wide">
      <p className="soft">{t('clocks.intro')}</p>
      <div style={{ maxWidth: 360 }}>
        <RegionSelect
          aria-label={t('topics.region')}
          placeholder={t('topics.region')}
          {...(regionCode === undefined ? {} : { value: regionCode })}
          {...(regionCode === undefined || !path ? {} : { known: [{ code: regionCode, path: [...path] }] })}
          onChange={setChosen}
        />
      </div>
      {regionCode === undefined ? <Empty>{t('clocks.pickRegion')}</Empty> : <OfRegion key={regionCode} regionCode={regionCode} />}
    </div>
  )
}

function OfRegion({ regionCode }: { regionCode: string }) {
  const { t } = useTranslation()
  const rules = useQueryOf('clock-rules', { regionCode })
  return (
    <Loaded of={rules}>
      {({ own, holds, days }) => (
        <div className="stack stack-wide">
          <Sheet title={t('clocks.tab')}>
            <RulesForm key={own.version} own={own} holds={holds} />
          </Sheet>
          <Warnings regionCode={regionCode} />
          <Sheet title={t('clocks.days')}>
            <OwnDays regionCode={regionCode} days={days} />
          </Sheet>
        </div>
      )}
    </Loaded>
  )
}

function Warnings({ regionCode }: { regionCode: string }) {
  const { t } = useTranslation()
  return (
    <Loaded of={useSetting(regionCode, 'reminders')}>
      {({ own, inherited }) => (
        <Sheet title={t('clocks.warnings')}>
          <WarningsForm key={own.version} own={own} inherited={inherited} />
        </Sheet>
      )}
    </Loaded>
  )
}
