import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Meeting, mainRegionOf } from '../../shared/meetings.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'

type Props = { meeting: Meeting; value: string; onChange(regionCode: string): void }

/** By which co-hosting region's rules it is reviewed and numbered; not asked where there is one. */
export function RegionField({ meeting, value, onChange }: Props) {
  const { t } = useTranslation()
  const codes = [...new Set([mainRegionOf(meeting), value, ...meeting.regions.map(({ code }) => code)])]
  const names = useRegionNames(codes, [])
  if (meeting.regions.length < 2) return null
  return (
    <Form.Item label={t('proposals.region')} htmlFor="proposal-region">
      <Select
        id="proposal-region"
        value={value}
        options={codes.map((code) => ({ value: code, label: regionName(names.get(code) ?? []) }))}
        onChange={onChange}
      />
    </Form.Item>
  )
}
