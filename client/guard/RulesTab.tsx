import { useTranslation } from 'react-i18next'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useManagedRegion } from '../stations/useManagedRegion.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { RulesForm } from './RulesForm.tsx'
import './guard.css'

/** The words and links of a region that moderators shall look at: of one's own regions and those below them. */
export function RulesTab() {
  const { t } = useTranslation()
  const { regionCode, select } = useManagedRegion('guard:rules')
  return (
    <div className="stack stack-wide page-narrow">
      <p className="soft">{t('guard.rulesIntro')}</p>
      <RegionSelect aria-label={t('guard.rulesRegion')} placeholder={t('guard.rulesRegion')} {...select} />
      {regionCode === undefined ? <Empty>{t('guard.pickRegion')}</Empty> : <OfRegion key={regionCode} regionCode={regionCode} />}
    </div>
  )
}

function OfRegion({ regionCode }: { regionCode: string }) {
  const rules = useQueryOf('guard-rules', { regionCode })
  return <Loaded of={rules}>{(line) => <RulesForm key={line.at(-1)?.version ?? 0} regionCode={regionCode} line={line} />}</Loaded>
}
