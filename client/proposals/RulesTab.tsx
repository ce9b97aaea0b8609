import { useTranslation } from 'react-i18next'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useSetting } from '../regions/useSetting.ts'
import { useManagedRegion } from '../stations/useManagedRegion.ts'
import { Empty } from '../ui/Empty.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { ProposalRulesForm } from './ProposalRulesForm.tsx'
import { Reviewers } from './Reviewers.tsx'
import './proposals.css'

/** What a region asks of proposals, how it reviews them and how it numbers recommendations. */
export function ProposalRulesTab() {
  const { t } = useTranslation()
  const { regionCode, select } = useManagedRegion('proposal:rules')
  return (
    <div className="stack stack-wide page-narrow">
      <p className="soft">{t('proposals.settings.intro')}</p>
      <RegionSelect aria-label={t('proposals.settings.region')} placeholder={t('proposals.settings.region')} {...select} />
      {regionCode === undefined ? (
        <Empty>{t('proposals.settings.pickRegion')}</Empty>
      ) : (
        <OfRegion key={regionCode} regionCode={regionCode} />
      )}
    </div>
  )
}

function OfRegion({ regionCode }: { regionCode: string }) {
  const read = useSetting(regionCode, 'proposals')
  return (
    <>
      <Reviewers regionCode={regionCode} />
      <Loaded of={read}>{({ own, inherited }) => <ProposalRulesForm key={own.version} own={own} inherited={inherited} />}</Loaded>
    </>
  )
}
