import { useTranslation } from 'react-i18next'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useManagedRegion } from '../stations/useManagedRegion.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { TemplateForm } from './TemplateForm.tsx'
import './template.css'

/** What the minutes of one's own regions, and those below them, begin with. */
export function TemplateTab() {
  const { t } = useTranslation()
  const { regionCode, select } = useManagedRegion('minutes:template')
  return (
    <div className="stack stack-wide">
      <p className="soft">{t('minutes.template.intro')}</p>
      <div className="template-region">
        <RegionSelect aria-label={t('minutes.template.region')} placeholder={t('minutes.template.region')} {...select} />
      </div>
      {regionCode === undefined ? <Empty>{t('minutes.template.pickRegion')}</Empty> : <OfRegion key={regionCode} regionCode={regionCode} />}
    </div>
  )
}

function OfRegion({ regionCode }: { regionCode: string }) {
  const read = useQueryOf('minutes-template', { regionCode })
  return <Loaded of={read}>{({ own, inherited }) => <TemplateForm key={own.version} own={own} inherited={inherited} />}</Loaded>
}
