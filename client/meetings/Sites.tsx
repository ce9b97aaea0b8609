import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { Sheet } from '../ui/Sheet.tsx'

export function Sites({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const names = useRegionNames(
    meeting.sites.map(({ regionCode }) => regionCode),
    meeting.regions,
  )
  return (
    <Sheet title={t('meetings.sites')} aside={t('meetings.siteCount', { count: meeting.sites.length })}>
      <ul className="plain-list">
        {meeting.sites.map((site) => (
          <li key={site.id} className="site-line">
            <span className="soft">{t(`meetings.siteKind.${site.kind}`)}</span>
            <span>{site.name}</span>
            <span className="soft">{regionName(names.get(site.regionCode) ?? [])}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
